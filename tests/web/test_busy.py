"""A database that somebody else keeps locked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import make_url

from app import bootstrap
from tests.web.conftest import Lms, envelope


@pytest.fixture
def locked(lms: Lms) -> Iterator[None]:
    path = make_url(lms.services.settings.database_url).database
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "CALLERS_PATIENCE_SECONDS", 0.05)


@pytest.mark.usefixtures("locked")
def test_who_would_write_is_told_to_come_back(lms: Lms) -> None:
    for response in (lms.client.get("/generate/cancel"), lms.post()):
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "2"
        assert envelope(response)["code"] == "busy"


@pytest.mark.usefixtures("locked")
def test_who_only_asks_is_answered(lms: Lms) -> None:
    assert lms.client.get("/generate/status?id=7").status_code == 404
