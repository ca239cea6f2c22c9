"""Job stores for tests: migrating each test's own would take most of the time."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

import config
from app import bootstrap
from app.jobs.store.store import Store


def an_empty_one(path: Path) -> Path:
    """A migrated job store of SQLite, in a file where nothing is yet."""
    path.write_bytes(_migrated())
    return path


def opened(settings: config.Settings, *, patience: float | None = None) -> Store:
    """The job store of the settings, migrated; an empty one where there is none yet."""
    store = bootstrap.store(settings, patience=patience)
    url = make_url(settings.database_url)
    is_new = url.database is not None and not Path(url.database).exists()
    if url.get_backend_name() == "sqlite" and is_new:
        an_empty_one(Path(url.database or ""))
    else:
        store.migrate()
    return store


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(prefix="stores-") as folder:
        path = Path(folder) / "jobs.db"
        store = Store(f"sqlite:///{path}")
        store.migrate()
        store.close()
        return path.read_bytes()
