"""Databases that the service must not start with, and what it says of them."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from app.errors import ConfigError, StoreUnavailable
from app.jobs.store.database import Database
from app.jobs.store.store import Store
from tests.nobody import open_folder, said_without_rights
from tests.services.postgresql import PostgreSQL
from tests.services.programs import free_port
from tests.unit.jobs.conftest import BOTH


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.empty_database()


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def refusal(url: str) -> str:
    """The one sentence, and no secret in it."""
    with closing(Store(url)) as store, pytest.raises(ConfigError) as caught:
        store.migrate()
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_a_database_of_a_newer_version_is_not_opened(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '0999'")
    said = refusal(database_url)
    assert "newer version" in said and "0999" in said and "update" in said


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE pupil (name TEXT)"],
        # Its numbers of versions may be like ours.
        [
            "CREATE TABLE pupil (name TEXT)",
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
            "INSERT INTO alembic_version VALUES ('0001')",
        ],
    ],
)
def test_a_database_of_another_program_is_left_as_it_is(
    empty_url: str, statements: list[str]
) -> None:
    execute(empty_url, *statements)
    said = refusal(empty_url)
    assert "another program" in said and "pupil" in said and "jobs.database_url" in said
    with closing(Database(empty_url)) as opened, opened.read() as connection:
        left = set(inspect(connection).get_table_names())
    assert left <= {"pupil", "alembic_version"}


def test_not_one_byte_of_another_programs_file_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    execute(f"sqlite:///{path}", "CREATE TABLE pupil (name TEXT)")
    before = path.read_bytes()
    refusal(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["school.db"]


@pytest.mark.parametrize(
    "content", [b"Dear Sir or Madam, " * 500, b"SQLite format 3\0" + bytes(8000)]
)
def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "jobs.db"
    path.write_bytes(content)
    said = refusal(f"sqlite:///{path}")
    assert str(path) in said and "damaged" in said and "backup" in said
    assert path.read_bytes() == content


@pytest.mark.parametrize("left", [0.3, 0.9])
def test_a_database_that_was_cut_is_damaged(database: Path, left: float) -> None:
    os.truncate(database, int(database.stat().st_size * left))
    assert "damaged" in refusal(f"sqlite:///{database}")


def test_a_page_that_was_overwritten_is_found(database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)
    assert "damaged" in refusal(f"sqlite:///{database}")


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    path.touch()
    with closing(Store(f"sqlite:///{path}")) as store:
        store.migrate()
        assert store.active("anybody") == []


def test_a_start_that_was_killed_before_its_first_checkpoint_is_no_damage(
    database: Path, tmp_path: Path
) -> None:
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        row = "INSERT INTO worker (id, host, pid, birth, seen) VALUES ('w', 'h', 1, 'b', 0)"
        writer.execute(row)
        writer.commit()
        for file in database.parent.glob("jobs.db*"):
            (killed / file.name).write_bytes(file.read_bytes())
    with closing(Store(f"sqlite:///{killed / 'jobs.db'}")) as store:
        store.migrate()
        assert [record.id for record in store.workers()] == ["w"]


@pytest.fixture
def public_database(database: Path) -> Iterator[Path]:
    """One that everybody may read, in a folder of that kind."""
    with open_folder() as folder:
        path = folder / "jobs.db"
        path.write_bytes(database.read_bytes())
        path.chmod(0o444)
        yield path


def test_a_database_that_may_only_be_read_is_told_of_at_the_start(public_database: Path) -> None:
    public_database.parent.chmod(0o777)
    said = said_without_rights(Store(f"sqlite:///{public_database}").migrate)
    assert said.startswith("ConfigError") and str(public_database) in said
    assert "must be able to write" in said


def test_a_folder_that_may_only_be_read_is_told_of_at_the_start(public_database: Path) -> None:
    public_database.chmod(0o666)
    public_database.parent.chmod(0o555)
    said = said_without_rights(Store(f"sqlite:///{public_database}").migrate)
    assert said.startswith("ConfigError") and "must be able to write" in said


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://h:port/jobs"])
def test_a_url_that_cannot_work_names_its_setting(url: str) -> None:
    with pytest.raises(ConfigError, match=r"jobs\.database_url"):
        Store(url)


def test_a_server_that_is_down_may_come_back() -> None:
    url = f"postgresql://lecturer:secret@127.0.0.1:{free_port()}/jobs"
    with closing(Store(url)) as store, pytest.raises(StoreUnavailable) as caught:
        store.migrate()
    assert "cannot open the job store" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.slow
def test_a_database_that_the_server_does_not_have_is_a_mistake(postgresql: PostgreSQL) -> None:
    said = refusal(postgresql.url("nowhere"))
    assert '"nowhere" does not exist' in said and "jobs.database_url" in said


@pytest.mark.slow
def test_a_user_without_rights_on_the_database_is_a_mistake(postgresql: PostgreSQL) -> None:
    url = postgresql.empty_database()
    execute(
        url,
        "DROP ROLE IF EXISTS guest",
        "CREATE ROLE guest LOGIN",
        "REVOKE CREATE ON SCHEMA public FROM public",
    )
    guest = make_url(url).set(username="guest").render_as_string(hide_password=False)
    assert "permission denied" in refusal(guest)


@pytest.mark.slow
def test_a_server_that_only_reads_is_a_mistake(postgresql: PostgreSQL) -> None:
    url = postgresql.empty_database()
    name = make_url(url).database
    execute(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert "read-only" in refusal(url)


def test_first_starts_at_the_same_time_make_one_store(empty_url: str) -> None:
    faults: list[Exception] = []

    def start() -> None:
        try:
            with closing(Store(empty_url)) as store:
                store.migrate()
        except ConfigError as error:
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
