"""Whoever looks without a lock may find afterwards that the lecture was removed."""

from __future__ import annotations

from typing import Any

import pytest

from app.jobs.store import cancelling, claims, endings
from app.jobs.store.job import Claim, JobKey
from app.jobs.store.store import Order, Store
from tests.unit.jobs.lectures import TENANT, a_submission, claim, claimed

KEY = JobKey(TENANT, 7)


def _removed(store: Store, owner: str | None = None) -> None:
    """Cancel and remove it; first the owner of what runs gives that back, if there is one."""
    store.cancel(*KEY)
    if owner is not None:
        store.sign_off(owner)
    store.remove(KEY)


def test_it_is_not_claimed_by_a_worker_that_saw_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission())
    look = claims.candidate

    def look_and_lose(*asked: Any, **how: Any) -> claims.Candidate | None:
        found = look(*asked, **how)
        if found is not None and not how:
            _removed(store)
        return found

    monkeypatch.setattr(claims, "candidate", look_and_lose)
    assert claim(store) is None


def test_it_is_not_claimed_when_it_goes_right_afterwards(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission())
    read = claims.claim_of

    def read_too_late(*asked: Any) -> Claim | None:
        _removed(store, "worker")
        return read(*asked)

    monkeypatch.setattr(claims, "claim_of", read_too_late)
    assert claim(store) is None


def test_whoever_still_works_on_it_is_told_so(store: Store) -> None:
    store.submit(a_submission())
    taken = claimed(store)
    _removed(store, taken.owner)
    assert store.heartbeat(taken) is Order.FENCED
    assert store.finish(taken, {}) is Order.FENCED
    assert store.crashed(taken) is Order.FENCED


def test_nothing_is_taken_back_of_it(store: Store) -> None:
    store.submit(a_submission())
    taken = claimed(store)
    _removed(store, taken.owner)
    found = claims.Candidate(taken.step_id, *KEY)
    with store.database.write() as connection:
        assert not endings.recover(connection, found)


def test_a_cancellation_that_comes_late_ends_nothing(store: Store) -> None:
    store.submit(a_submission())
    _removed(store)
    cancelling.end(store.database, [KEY])
    assert store.find(*KEY) is None
