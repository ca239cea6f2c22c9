"""A database that stops working while the service runs: told once, and once that it is over."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import StoreUnavailable
from app.jobs.store import faults
from app.jobs.store.database import Database
from app.jobs.store.store import Store
from tests.services.programs import free_port


def damage(database: Path) -> bytes:
    """Overwrite what everybody reads; returns what stood there."""
    whole = database.read_bytes()
    database.write_bytes(b"\xff" * len(whole))
    return whole


def ask(store: Store, times: int) -> int:
    failed = 0
    for _ in range(times):
        try:
            store.ready()
        except StoreUnavailable as error:
            assert "malformed" not in str(error) and "/" not in str(error)
            failed += 1
    return failed


def test_a_database_that_is_damaged_meanwhile_is_told_of_once(
    database: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store(f"sqlite:///{database}")) as store:
        store.migrate()
        store.close()
        whole = damage(database)
        assert ask(store, 5) == 5
        store.close()
        database.write_bytes(whole)
        monkeypatch.setattr(faults, "QUIET_SECONDS", 0.0)
        assert ask(store, 5) == 0
    troubles = [line for line in caplog.messages if "in trouble" in line]
    assert len(troubles) == 1 and str(database) in troubles[0] and "reason=" in troubles[0]
    assert len([line for line in caplog.messages if "works again" in line]) == 1
    assert all(record.exc_info is None for record in caplog.records)


def test_one_that_fails_now_and_then_does_not_work_again_each_time(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = faults.Watch("the store")
    with closing(Database(f"sqlite:///{database}")) as opened:
        for _ in range(3):
            with pytest.raises(StoreUnavailable), watch.named(), opened.read() as connection:
                connection.exec_driver_sql("PRAGMA query_only = 1")
                connection.execute(text("CREATE TABLE x (y INTEGER)"))
            with watch.named():
                pass
    assert not [line for line in caplog.messages if "works again" in line]


def test_an_error_of_the_code_keeps_its_name(database_url: str) -> None:
    row = "INSERT INTO worker (id, host, pid, birth, seen) VALUES ('w', 'h', 1, 'b', 0)"
    with closing(Database(database_url)) as opened:
        with opened.write() as connection:
            connection.execute(text(row))
        with pytest.raises(IntegrityError), opened.write() as connection:
            connection.execute(text(row))


def test_a_server_that_is_gone_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    with closing(Store(f"postgresql://nobody@127.0.0.1:{free_port()}/jobs")) as store:
        assert ask(store, 3) == 3
    assert len([line for line in caplog.messages if "in trouble" in line]) == 1
