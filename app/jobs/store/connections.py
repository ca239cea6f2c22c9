"""How the two kinds of database are connected to, and how long they are waited for."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import ConfigError

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

LOOK_SECONDS = 0.001
"""Between two looks at whether SQLite's lock is free."""

_BEGIN_WRITING = "BEGIN IMMEDIATE"


def engine(url: str, patience: float) -> Engine:
    """SQLAlchemy's way to a database; it connects to nothing yet.

    Args:
        url: SQLAlchemy URL of SQLite, a file on a local disk, or of PostgreSQL.
        patience: Seconds that a transaction waits for others.

    Raises:
        ConfigError: It is neither, or the driver is not installed.
    """
    try:
        match make_url(url).get_backend_name():
            case "sqlite":
                if make_url(url).database in (None, "", ":memory:"):
                    raise ConfigError("jobs.database_url: SQLite needs the name of a file")
                return _set_up_sqlite(url, patience)
            case "postgresql":
                return _set_up_postgresql(url, patience)
            case other:
                raise ConfigError(f"jobs.database_url: {other} is neither sqlite nor postgresql")
    except (ArgumentError, ValueError) as error:  # the second: of a port that is no number
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
        connection.execute(_busy_timeout(patience))
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # Of 4 kB: the log stays near 1 MB, so that a disk is not filled by it.
        connection.execute("PRAGMA wal_autocheckpoint=256")
        # The same for every process of the machine, and only SQLite is on one machine.
        connection.create_function("monotonic_seconds", 0, time.monotonic)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            _begin_writing(connection, patience)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: Connection, patience: float) -> None:
    """Take SQLite's lock, and look often until it is free.

    SQLite itself looks again after up to a tenth of a second: processes that write again and again
    would keep out one that seldom does for a second or two.
    """
    driver: Any = connection.connection.driver_connection
    until = time.monotonic() + patience
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < until:
            try:
                driver.execute(_BEGIN_WRITING)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(LOOK_SECONDS)
            else:
                return
        connection.exec_driver_sql(_BEGIN_WRITING)  # whose error is one of SQLAlchemy
    finally:
        driver.execute(_busy_timeout(patience))


def _busy_timeout(patience: float) -> str:
    return f"PRAGMA busy_timeout={round(1000 * patience)}"
