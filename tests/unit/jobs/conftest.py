from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.jobs.store import endings
from app.jobs.store.store import Store
from tests.services.postgresql import PostgreSQL
from tests.stores import an_empty_one

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that failed can be claimed again at once; tests of the pauses set their own."""
    monkeypatch.setattr(endings, "FIRST_PAUSE_SECONDS", 0.0)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return an_empty_one(tmp_path / "jobs.db")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Of a migrated database without lectures, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('database')}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.database()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()
