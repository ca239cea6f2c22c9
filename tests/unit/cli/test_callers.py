"""Where a service that others reach has keys, and where it does not start."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from app import bootstrap
from app.access.keys import Keys, Scope
from app.cli import callers, doctor
from app.errors import ConfigError
from app.jobs.store.store import Store

ELSEWHERE = ["0.0.0.0", "::", "192.0.2.7", "lectures.example"]


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    return config.load(paths={"data": str(tmp_path / "data")})


@pytest.fixture
def store(settings: config.Settings) -> Iterator[Store]:
    opened = bootstrap.opened_store(settings)
    yield opened
    opened.close()


@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_service_that_others_reach_does_not_start_without_a_key(
    settings: config.Settings, store: Store, host: str
) -> None:
    with pytest.raises(ConfigError, match=r"keys create.*server\.allow_anonymous"):
        callers.check(settings, store, host)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_with_a_key_it_starts(settings: config.Settings, store: Store, host: str) -> None:
    Keys(store.database).create("acme", "LMS", [Scope.READ])
    assert "who has a key" in callers.check(settings, store, host)


def test_keys_that_count_no_longer_are_none(settings: config.Settings, store: Store) -> None:
    keys = Keys(store.database)
    revoked, _ = keys.create("acme", "revoked", [Scope.READ])
    keys.revoke(revoked.id)
    keys.create("acme", "expired", [Scope.READ], expires=time.time() + 0.02)
    time.sleep(0.03)
    with pytest.raises(ConfigError, match="no key that counts"):
        callers.check(settings, store, "0.0.0.0")


def test_an_administrator_may_let_everybody_in(settings: config.Settings, store: Store) -> None:
    server = settings.server.model_copy(update={"allow_anonymous": True})
    opened = settings.model_copy(update={"server": server})
    assert "everybody" in callers.check(opened, store, "0.0.0.0")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_the_loopback_no_key_is_needed(
    settings: config.Settings, store: Store, host: str
) -> None:
    assert "this machine" in callers.check(settings, store, host)


def test_the_doctor_tells_it_too(settings: config.Settings) -> None:
    server = settings.server.model_copy(update={"host": "192.0.2.7"})
    told = {
        finding.what: finding
        for finding in doctor.findings(settings.model_copy(update={"server": server}), ["no"])
    }
    assert not told["callers"].ok and "keys create" in told["callers"].says
