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
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects import sqlite

from app.errors import StoreUnavailable
from app.jobs.store import opening
from app.jobs.store.connections import engine
from app.jobs.store.faults import DRIVER_ERRORS, Watch, at_start
from app.jobs.store.turns import Turns

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

PATIENCE_SECONDS = 30.0
"""How long a transaction waits for another one, when nobody waits for it."""

LONGEST_TURN_SECONDS = 0.05
"""What others get between two portions of a long job, at most."""

_MIGRATION_LOCK = 0x766C6A6F6273
"""Any number that nobody else locks in the same PostgreSQL database."""

_NO_WAIT_FOR_THE_DISK = text("SET LOCAL synchronous_commit = off")

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
        self._engine = engine(url, patience)
        self.where = self._engine.url.render_as_string(hide_password=True)
        """The database, for messages: without its password."""
        self._watch = Watch(self.where)
        self._patience = patience
        self._turns = Turns() if self.dialect == "sqlite" else None

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and locks nothing.

        Raises:
            StoreFull: No space is left for what SQLite needs even to read.
            StoreBusy: There are too many connections.
            StoreUnavailable: It is damaged, or does not answer; the log has the reason.
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
            StoreBusy: Others had it locked for too long.
            StoreUnavailable: It is damaged, or does not answer; the log has the reason.
        """
        with self._named(), self._turn():
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
            raise self._watch.busy() from error
        with turn:
            yield

    def write_in_portions(
        self,
        portion: Callable[[Connection], bool],
        *,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Transactions that write, one after the other, with others' turns between them.

        Where a server of PostgreSQL dies, it may lose the last portions, but never one before
        another that it keeps: the last one of all waits for the disk, which has all of them then.

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
                if more and self.dialect == "postgresql":
                    connection.execute(_NO_WAIT_FOR_THE_DISK)
            if not more:
                return
            took = time.monotonic() - started
            # PostgreSQL has no lock that others wait for.
            let_others(0.0 if self._turns is None else min(took / 2, LONGEST_TURN_SECONDS))

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
    from sqlalchemy.dialects import postgresql  # large, and of no use to SQLite

    return postgresql.insert(table)
