"""Connections to the job store's database, and its migrations.

SQLite runs in WAL mode with full synchronisation: readers never wait, a commit
survives a power cut.  Transactions that write take the write lock at their start;
taking it later could fail with "database is locked" however long the timeout.

PostgreSQL runs transactions that write in READ COMMITTED mode: whoever waited for a
job's lock sees what its former holder wrote.
"""

from __future__ import annotations

import fcntl
import gc
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, OperationalError

from app.errors import Busy, ConfigError
from app.jobs.store.troubles import busy, named
from app.jobs.store.turns import Turns

PATIENCE_SECONDS = 30.0
"""How long a transaction waits for another one, when nobody waits for it."""

LONGEST_TURN_SECONDS = 0.05
"""What others get between two portions of a long job, at most."""

STALL_SECONDS = 10
"""How long PostgreSQL lets a transaction do nothing before it ends it."""

_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""So that a server that vanished is noticed in half a minute; s, and ms for the last."""

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_MIGRATION_LOCK = 0x766C6A6F6273
"""Any number that nobody else locks in the same PostgreSQL database."""
_READING = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""What makes a transaction see one state of the database."""


class Database:
    """Read and write transactions on one database, for any number of threads."""

    def __init__(self, url: str, *, patience: float = PATIENCE_SECONDS) -> None:
        """Connects to nothing yet.

        Args:
            url: SQLAlchemy URL of SQLite, a file on a local disk, or of PostgreSQL.
            patience: Seconds that a transaction waits for others.

        Raises:
            ConfigError: It is neither, or the driver is not installed.
        """
        self._engine = _engine(url, patience)
        self._patience = patience
        self._turns = Turns() if self.dialect == "sqlite" else None

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and locks nothing.

        Raises:
            DiskFull: No space is left for what SQLite needs even to read.
            Busy: There are too many connections.
        """
        with named():
            fresh = self._engine.connect().execution_options(**_READING[self.dialect])
            with fresh as connection, connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or has never been on an exception.

        Raises:
            DiskFull: No space is left for the database.
            Busy: Others had it locked for too long.
        """
        with named(), self._turn():
            fresh = self._engine.connect().execution_options(writes=True)
            with fresh as connection, connection.begin():
                yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite's one lock goes round among the threads; then other processes are waited for."""
        if self._turns is None:
            yield
            return
        try:
            turn = ExitStack()
            turn.enter_context(self._turns.turn(self._patience))
        except TimeoutError as error:
            raise busy() from error
        with turn:
            yield

    def write_in_portions(
        self,
        portion: Callable[[Connection], bool],
        *,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Transactions that write, one after the other, with others' turns between them.

        Args:
            portion: Writes a little; returns whether there is more.
            prepare: Called before each, while nobody waits.

        Raises:
            DiskFull: No space is left for the database; what was committed before stays.
        """
        while True:
            prepare()
            started = time.monotonic()
            with self.write() as connection, _no_collection():
                more = portion(connection)
            if not more:
                return
            let_others(min((time.monotonic() - started) / 2, LONGEST_TURN_SECONDS))

    def migrate(self) -> None:
        """Create the tables, or bring them up to date; any number of processes at once.

        Raises:
            DiskFull: No space is left for the database.
            ConfigError: It cannot be opened: no server, no right, no folder.
        """
        try:
            with named():
                if self.dialect == "sqlite":
                    self._upgrade_file()
                else:
                    self._upgrade()
        except (Busy, OperationalError, sqlite3.OperationalError, PermissionError) as error:
            where = self._engine.url.render_as_string(hide_password=True)
            reason = str(error.orig if isinstance(error, OperationalError) else error)
            raise ConfigError(
                f"cannot open the job store {where}: {reason.partition(chr(10))[0]}"
            ) from error

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._engine.dispose()

    def _upgrade_file(self) -> None:
        path = Path(self._engine.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f"{path.name}.migrating").open("w") as lock:
            # Two processes that change the journal mode of a new file at the same
            # moment get "database is locked" at once, whatever the timeout.
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            finally:
                connection.close()
            self._upgrade()

    def _upgrade(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        with self.write() as connection:
            if self.dialect == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK}
                )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave Python's search for garbage until others can write.

    It looks at the whole of a long lecture: 0.1 s, which the transaction would last longer.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def let_others(seconds: float) -> None:
    """Write nothing for a while.

    Another process that waits for SQLite's lock looks now and then, and would never find it free.
    """
    time.sleep(seconds)


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens when the row is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _engine(url: str, patience: float) -> Engine:
    try:
        match make_url(url).get_backend_name():
            case "sqlite":
                return _set_up_sqlite(url, patience)
            case "postgresql":
                return _set_up_postgresql(url, patience)
            case other:
                raise ConfigError(f"jobs.database_url: {other} is neither sqlite nor postgresql")
    except ArgumentError as error:
        raise ConfigError(f"jobs.database_url: {error}") from error
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"jobs.database_url: no driver ({error.name}); install the extra 'distributed'"
        ) from error


def _set_up_postgresql(url: str, patience: float) -> Engine:
    # A server has 100 connections by default, and all processes share them.
    # The ping is for connections that a restart of the server has cut.
    engine = create_engine(
        url,
        pool_size=4,
        max_overflow=12,
        pool_timeout=patience,
        pool_pre_ping=True,
        connect_args=_PATIENCE,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:  # psycopg's, if it is installed
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{round(1000 * patience)}ms'")
        # A worker that stalls inside a transaction must not keep a job locked.
        connection.execute(f"SET idle_in_transaction_session_timeout = '{STALL_SECONDS}s'")
        connection.autocommit = False

    return engine


def _set_up_sqlite(url: str, patience: float) -> Engine:
    engine = create_engine(url, pool_size=16, max_overflow=64, pool_timeout=patience)

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # Otherwise the driver opens transactions by itself, and never IMMEDIATE ones.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={round(1000 * patience)}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # Of 4 kB: the log stays near 1 MB, so that a disk is not filled by it.
        connection.execute("PRAGMA wal_autocheckpoint=256")
        # The same for every process of the machine, and only SQLite is on one machine.
        connection.create_function("monotonic_seconds", 0, time.monotonic)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
