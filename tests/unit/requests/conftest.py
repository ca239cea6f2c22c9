"""A job database, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.jobs.store.database import Database
from tests.services.postgresql import PostgreSQL
from tests.stores import an_empty_one
from tests.unit.jobs.conftest import BOTH


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated one without lectures."""
    if request.param == "sqlite":
        url = f"sqlite:///{an_empty_one(tmp_path / 'jobs.db')}"
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.database()
    opened = Database(url)
    yield opened
    opened.close()
