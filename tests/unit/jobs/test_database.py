from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, select

from app.access import tables as access_tables
from app.errors import Busy, DiskFull
from app.jobs import migrations
from app.jobs.store import connections
from app.jobs.store.database import Database
from app.jobs.store.store import Store
from app.jobs.store.tables import metadata, worker
from app.jobs.store.transitions import lock
from app.library import tables as library_tables
from app.notify import tables as notify_tables
from app.requests import tables as request_tables
from tests.services.postgresql import PostgreSQL
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, job

OTHER_TABLES = (access_tables, library_tables, notify_tables, request_tables)
"""Rooms whose tables belong to the same database."""


def test_the_migrations_make_the_tables_that_the_code_expects(database_url: str) -> None:
    with closing(Database(database_url)) as opened, opened.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_every_migration_can_be_taken_back(database_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with closing(Database(database_url)) as opened:
        with opened.write() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "base")
            left = set(inspect(connection).get_table_names())
        opened.migrate()
        with opened.read() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert (left, differences) == ({"alembic_version"}, [])


def test_migrating_again_changes_nothing(store: Store) -> None:
    store.submit(a_submission())
    store.migrate()
    assert job(store).generation == 1


def test_migrating_makes_the_folder(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a' / 'b' / 'jobs.db'}")
    store.migrate()
    assert store.active("anybody") == []


def test_a_commit_survives_a_power_cut(database: Path) -> None:
    with Database(f"sqlite:///{database}").read() as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    assert (journal, synchronous) == ("wal", 2)


def test_reading_does_not_wait_for_a_writer(database: Path) -> None:
    store = Store(f"sqlite:///{database}")
    store.submit(a_submission())
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert job(store).generation == 1


def test_a_transaction_that_breaks_has_never_been(database_url: str) -> None:
    row = {"id": "w", "host": "h", "pid": 1, "birth": "b", "seen": 0.0}
    with closing(Database(database_url)) as store:
        with pytest.raises(KeyError), store.write() as connection:
            connection.execute(insert(worker).values(row))
            raise KeyError
        with store.read() as connection:
            assert connection.execute(select(worker)).all() == []


def test_a_full_database_says_so_and_keeps_what_it_has(database: Path) -> None:
    store = Database(f"sqlite:///{database}")
    row = {"id": "w", "host": "h", "pid": 1, "birth": "b", "seen": 0.0}
    with store.write() as connection:
        connection.execute(insert(worker).values(row))
        # As many as there are: not one more fits.
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(DiskFull, match="job database"), store.write() as connection:
        connection.execute(insert(worker).values({**row, "id": "x", "host": "h" * 100_000}))
    with store.read() as connection:
        assert connection.execute(select(worker.c.id)).scalars().all() == ["w"]


def test_a_locked_database_says_so_after_a_while(database: Path) -> None:
    store = Store(f"sqlite:///{database}", patience=0.05)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy) as error:
            store.submit(a_submission())
    assert error.value.retry_after
    assert store.submit(a_submission())


def test_whoever_waits_for_the_lock_looks_until_it_is_free(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(f"sqlite:///{database}", patience=60.0)
    looks: list[float] = []
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def look(seconds: float) -> None:
            looks.append(seconds)
            if len(looks) == 3:
                other.execute("COMMIT")

        monkeypatch.setattr(f"{connections.__name__}.time.sleep", look)
        assert store.submit(a_submission())
    assert looks == [connections.LOOK_SECONDS] * 3


def test_what_is_no_beginning_waits_as_sqlite_does(database: Path) -> None:
    with Database(f"sqlite:///{database}", patience=7.0).write() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 7000


def test_a_thread_that_has_no_turn_says_so_after_a_while(database: Path) -> None:
    store = Database(f"sqlite:///{database}", patience=0.05)
    with store.write(), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: store.write_in_portions(lambda _connection: False))
        assert isinstance(waiting.exception(), Busy)


@pytest.mark.slow
def test_a_locked_row_says_so_on_postgresql_too(postgresql: PostgreSQL) -> None:
    url = postgresql.database()
    with closing(Store(url)) as patient, closing(Store(url, patience=0.05)) as store:
        patient.submit(a_submission())
        with patient.database.write() as connection, pytest.raises(Busy):
            lock(connection, TENANT, 7)
            store.cancel(TENANT, 7)


@pytest.mark.slow
def test_too_many_connections_say_so_on_postgresql(postgresql: PostgreSQL) -> None:
    with closing(Database(postgresql.database(), patience=0.05)) as store, ExitStack() as taken:
        for _ in range(16):
            taken.enter_context(store.read())
        with pytest.raises(Busy), store.read():
            pass


def test_no_number_of_a_step_is_given_again_by_the_migration(tmp_path: Path) -> None:
    """Not even when the last steps are gone."""
    path = tmp_path / "jobs.db"
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with closing(Database(f"sqlite:///{path}")) as opened, opened.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('step', 41)")
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.submit(a_submission())
    assert claimed(store).step_id == 42
