"""A job database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.jobs.store.database import Database
from tests.services.postgresql import PostgreSQL
from tests.unit.jobs.conftest import BOTH, empty_database

__all__ = ["empty_database"]


@pytest.fixture(params=BOTH)
def database(
    request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path
) -> Iterator[Database]:
    """A migrated one without lectures."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(empty_database, tmp_path / 'jobs.db')}"
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.database()
    opened = Database(url)
    yield opened
    opened.close()
