"""Connections to the job store's database, and its migrations.

SQLite runs in WAL mode with full synchronisation: readers never wait, a commit
survives a power cut.  Transactions that write take the write lock at their start;
taking it later could fail with "database is locked" however long the timeout.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from app.errors import DiskFull

LOCK_TIMEOUT_SECONDS = 30
"""How long a transaction waits for another one."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x766C6A6F6273
"""Any number that nobody else locks in the same PostgreSQL database."""
_POSTGRESQL_DISK_FULL = "53100"


class Database:
    """Read and write transactions on one database, for any number of threads."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet.

        Args:
            url: SQLAlchemy URL; a SQLite one names a file on a local disk.
        """
        self._engine = create_engine(url, pool_size=16, max_overflow=64)
        if self._engine.dialect.name == "sqlite":
            _set_up_sqlite(self._engine)

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and locks nothing."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or has never been on an exception.

        Raises:
            DiskFull: No space is left for the database.
        """
        try:
            fresh = self._engine.connect().execution_options(writes=True)
            with fresh as connection, connection.begin():
                yield connection
        except OperationalError as error:
            if _is_disk_full(error.orig):
                raise DiskFull("no space left for the job database") from error
            raise

    def migrate(self) -> None:
        """Create the tables, or bring them up to date; any number of processes at once."""
        if self.dialect != "sqlite":
            self._upgrade()
            return
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

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._engine.dispose()

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


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens when the row is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # Otherwise the driver opens transactions by itself, and never IMMEDIATE ones.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={LOCK_TIMEOUT_SECONDS * 1000}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_disk_full(error: Any) -> bool:  # any driver's exception
    return (
        getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(error, "sqlstate", None) == _POSTGRESQL_DISK_FULL
    )
