"""One thread looks at the store, whoever follows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.errors import StoreUnavailable
from app.jobs.report.following import Followed, New
from app.jobs.store.job import JobKey
from app.jobs.store.store import Store
from app.web.v1.hub import Hub
from tests.process.family import wait_until
from tests.stores import an_empty_one
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, do_all
from tests.unit.web.test_topics import StandInReceiver


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{an_empty_one(tmp_path / 'jobs.db')}")


def follow(hub: Hub, store: Store, number: int = 7) -> StandInReceiver:
    receiver = StandInReceiver()
    key = JobKey(TENANT, number)
    standing = store.standing(key)
    assert standing is not None
    hub.follow(key, standing, receiver, None)
    return receiver


def test_many_are_told_by_one_look(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, look = itertools.count(), store.read_on

    def counted(followed: Iterable[Followed]) -> dict[JobKey, list[New]]:
        next(looks)
        return look(followed)

    monkeypatch.setattr(store, "read_on", counted)
    for number in (1, 2):
        store.submit(a_submission(lecture_id=number))
    hub = Hub(store)
    receivers = [follow(hub, store, number) for number in (1, 2) for _ in range(50)]
    wait_until(lambda: all(b'"queued"' in each.got for each in receivers))
    store.finish(claimed(store), {})
    do_all(store)
    wait_until(lambda: all(each.closed for each in receivers))
    assert next(looks) < 30
    assert len({each.got.partition(b"id: ")[2] for each in receivers}) == 2


def test_a_store_that_fails_for_a_while_costs_nobody_an_event(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission())
    hub, look, failures = Hub(store), store.read_on, [1, 2, 3]

    def fails(followed: Iterable[Followed]) -> dict[JobKey, list[New]]:
        if failures:
            failures.pop()
            raise StoreUnavailable("not now")
        return look(followed)

    monkeypatch.setattr(store, "read_on", fails)
    receiver = follow(hub, store)
    do_all(store)
    wait_until(lambda: receiver.closed)
    assert not failures
    assert receiver.got.count(b"event: done") == 1


def test_a_lecture_that_is_removed_lets_its_listeners_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission())
    monkeypatch.setattr("app.web.v1.hub._STANDING_SECONDS", 0.0)
    receiver = follow(Hub(store), store)
    monkeypatch.setattr(store, "standing", lambda key: None)
    wait_until(lambda: receiver.closed)
