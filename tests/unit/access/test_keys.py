"""Keys: made once, verified often, revoked at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import select

from app.access.keys import Keys, Scope
from app.access.tables import api_key
from app.errors import InputError, NotFound, Unauthenticated
from app.jobs.store.database import Database
from tests.stores import an_empty_one


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{an_empty_one(tmp_path / 'jobs.db')}")


@pytest.fixture
def keys(database: Database) -> Keys:
    return Keys(database)


def test_a_key_is_verified_by_what_was_told_once(keys: Keys) -> None:
    made, secret = keys.create("acme", "LMS", [Scope.RENDER])
    found = keys.verified(secret)
    assert (found.id, found.tenant, found.name) == (made.id, "acme", "LMS")
    assert secret.startswith("vl_") and len(secret) == 46


def test_nothing_by_which_to_call_is_kept(keys: Keys, database: Database) -> None:
    _, secret = keys.create("acme", "LMS", [Scope.READ])
    with database.read() as connection:
        row = connection.execute(select(api_key)).one()
    assert not [value for value in row if secret in str(value)]


def test_render_allows_to_read_and_not_to_administer(keys: Keys) -> None:
    made, _ = keys.create("acme", "LMS", [Scope.RENDER])
    assert [made.allows(scope) for scope in Scope] == [True, True, False]


def test_an_expired_key_is_none(keys: Keys) -> None:
    _, secret = keys.create("acme", "LMS", [Scope.READ], expires=time.time() + 0.02)
    time.sleep(0.03)
    with pytest.raises(Unauthenticated, match="expired"):
        keys.verified(secret)
    assert not keys.any_valid()


def test_its_last_use_is_noted(keys: Keys) -> None:
    made, secret = keys.create("acme", "LMS", [Scope.READ])
    assert made.used is None
    keys.verified(secret)
    assert keys.find("acme", made.id).used is not None


def test_a_tenant_revokes_its_own_keys_only(keys: Keys) -> None:
    made, secret = keys.create("acme", "LMS", [Scope.READ])
    with pytest.raises(NotFound):
        keys.revoke(made.id, "other")
    keys.verified(secret)
    keys.revoke(made.id, "acme")
    with pytest.raises(Unauthenticated, match="revoked"):
        keys.verified(secret)


@pytest.mark.parametrize("tenant", ["", "lms", "shell", "A", "a_b", "-a", "a" * 41, "a/b", "ä"])
def test_a_tenant_has_a_plain_name(keys: Keys, tenant: str) -> None:
    with pytest.raises(InputError):
        keys.create(tenant, "LMS", [Scope.READ])


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\0b", "a" * 201])
def test_a_key_has_a_name_that_fits_into_a_line(keys: Keys, name: str) -> None:
    with pytest.raises(InputError, match="name"):
        keys.create("acme", name, [Scope.READ])


@pytest.mark.parametrize("expires", [1.0, float("inf"), float("nan"), 1e13])
def test_a_key_expires_at_a_time_to_come(keys: Keys, expires: float) -> None:
    with pytest.raises(InputError, match="a time to come"):
        keys.create("acme", "LMS", [Scope.READ], expires=expires)
