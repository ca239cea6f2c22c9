"""Connections to the job store's database, and its migrations.

SQLite runs in WAL mode with full synchronisation: readers never wait, a commit
survives a power cut.  Transactions that write take the write lock at their start;
taking it later could fail with "database is locked" however long the timeout.

PostgreSQL runs transactions that write in READ COMMITTED mode: whoever waited for a
job's lock sees what its former holder wrote.
"""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError

from app.errors import ConfigError, StoreUnavailable
from app.jobs.store import opening
from app.jobs.store.faults import DRIVER_ERRORS, Watch, at_start

LOCK_TIMEOUT_SECONDS = 30
"""How long a transaction waits for another one."""

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

_MIGRATION_LOCK = 0x766C6A6F6273
"""Any number that nobody else locks in the same PostgreSQL database."""

_READING = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""What makes a transaction see one state of the database."""


class Database:
    """Read and write transactions on one database, for any number of threads."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet.

        Args:
            url: SQLAlchemy URL of SQLite, a file on a local disk, or of PostgreSQL.

        Raises:
            ConfigError: It is neither, or the driver is not installed.
        """
        self._engine = _engine(url)
        self.where = self._engine.url.render_as_string(hide_password=True)
        """The database, for messages: without its password."""
        self._watch = Watch(self.where)

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and locks nothing.

        Raises:
            StoreFull: No space is left for what SQLite needs even to read.
            StoreUnavailable: It is damaged, locked, or does not answer; the log has the reason.
        """
        with self._named():
            fresh = self._engine.connect().execution_options(**_READING[self.dialect])
            with fresh as connection, connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or has never been on an exception.

        Raises:
            StoreFull: No space is left for the database.
            StoreUnavailable: It is damaged, locked, or does not answer; the log has the reason.
        """
        with self._named():
            fresh = self._engine.connect().execution_options(writes=True)
            with fresh as connection, connection.begin():
                yield connection

    def migrate(self) -> None:
        """Create the tables, or bring them up to date; any number of processes at once.

        Raises:
            StoreFull: No space is left for the database.
            StoreUnavailable: Its server does not answer, or it is locked.
            ConfigError: It cannot be opened, or is not this program's: see
                :mod:`app.jobs.store.opening`.
        """
        try:
            if self.dialect == "sqlite":
                self._upgrade_file()
            else:
                self._upgrade()
        except (*DRIVER_ERRORS, OSError) as error:
            told = at_start(error, self.where)
            if told is None:
                raise
            raise told from error

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._engine.dispose()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            with self._watch.named():
                yield
        except StoreUnavailable:
            # Idle connections keep pages that they have read, and would not see what is mended.
            self._engine.dispose()
            raise

    def _upgrade_file(self) -> None:
        path = Path(self._engine.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        opening.check_file(path, self.where)
        with path.with_name(f"{path.name}.migrating").open("w") as lock:
            # Two processes that change the journal mode of a new file at the same
            # moment get "database is locked" at once, whatever the timeout.
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            finally:
                connection.close()
            opening.check_rights(path)
            self._upgrade()

    def _upgrade(self) -> None:
        from alembic import command

        config = opening.migrations()
        fresh = self._engine.connect().execution_options(writes=True)
        with fresh as connection, connection.begin():
            if self.dialect == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK}
                )
            opening.check(connection, self.where)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens when the row is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _engine(url: str) -> Engine:
    try:
        match make_url(url).get_backend_name():
            case "sqlite":
                if make_url(url).database in (None, "", ":memory:"):
                    raise ConfigError("jobs.database_url: SQLite needs the name of a file")
                engine = create_engine(url, pool_size=16, max_overflow=64)
                _set_up_sqlite(engine)
                return engine
            case "postgresql":
                return _set_up_postgresql(url)
            case other:
                raise ConfigError(f"jobs.database_url: {other} is neither sqlite nor postgresql")
    except (ArgumentError, ValueError) as error:  # the second: of a port that is no number
        raise ConfigError(f"jobs.database_url: {error}") from error
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"jobs.database_url: no driver ({error.name}); install the extra 'distributed'"
        ) from error


def _set_up_postgresql(url: str) -> Engine:
    # A server has 100 connections by default, and all processes share them.
    # The ping is for connections that a restart of the server has cut.
    engine = create_engine(
        url, pool_size=4, max_overflow=12, pool_pre_ping=True, connect_args=_PATIENCE
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:  # psycopg's, if it is installed
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'")
        # A worker that stalls inside a transaction must not keep a job locked.
        connection.execute(f"SET idle_in_transaction_session_timeout = '{STALL_SECONDS}s'")
        connection.autocommit = False

    return engine


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # Otherwise the driver opens transactions by itself, and never IMMEDIATE ones.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={LOCK_TIMEOUT_SECONDS * 1000}")
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
