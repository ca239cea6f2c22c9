"""What a tenant may have, counted from the job store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

import config
from app.access import usage
from app.access.limits import Limits
from app.access.tables import accepted_speech
from app.errors import QuotaExceeded, TooMany
from app.jobs.store.store import Store
from tests.stores import an_empty_one
from tests.unit.jobs.lectures import a_submission, do_all

HOUR = 3600.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{an_empty_one(tmp_path / 'jobs.db')}")
    yield opened
    opened.close()


def limits(store: Store, *, stored: int = 0, processes: int = 1, **bounds: Any) -> Limits:
    return Limits(
        config.Limits(**bounds),
        store.database,
        stored=(lambda _tenant: stored,),
        processes=processes,
    )


def submit(store: Store, *ids: int, tenant: str = "acme") -> None:
    for lecture_id in ids:
        store.submit(a_submission(lecture_id=lecture_id, tenant=tenant))


def let_pass(store: Store, seconds: float) -> None:
    with store.database.write() as connection:
        connection.execute(update(accepted_speech).values(at=accepted_speech.c.at - seconds))


def test_a_tenant_without_bounds_may_have_anything(store: Store) -> None:
    free = limits(store, requests_per_minute=None, lectures_at_once=None)
    submit(store, 1, 2, 3)
    free.check_lecture("acme", 1e9, 10**15)
    assert free.take_request("acme") is None


def test_so_many_lectures_are_made_at_once(store: Store) -> None:
    bounded = limits(store, lectures_at_once=2)
    submit(store, 1)
    bounded.check_lecture("acme", 1, 1)
    submit(store, 2)
    with pytest.raises(TooMany, match="lectures_at_once") as error:
        bounded.check_lecture("acme", 1, 1)
    assert error.value.retry_after
    do_all(store)
    bounded.check_lecture("acme", 1, 1)


def test_lectures_of_others_do_not_count(store: Store) -> None:
    submit(store, 1, 2, tenant="other")
    limits(store, lectures_at_once=1, lectures=1).check_lecture("acme", 1, 1)


def test_so_many_lectures_are_kept(store: Store) -> None:
    bounded = limits(store, lectures=1)
    submit(store, 1)
    do_all(store)
    with pytest.raises(QuotaExceeded, match=r"limits\.lectures"):
        bounded.check_lecture("acme", 1, 1)


def test_a_lecture_that_is_there_may_be_made_again(store: Store) -> None:
    submit(store, 1)
    do_all(store)
    limits(store, lectures=1).check_lecture("acme", 1, 1, is_new=False)


def test_so_much_speech_is_accepted_in_a_day(store: Store) -> None:
    bounded = limits(store, minutes_per_day=10)
    bounded.note_lecture("acme", 400)
    bounded.check_lecture("acme", 200, 1)
    with pytest.raises(QuotaExceeded, match="minutes_per_day") as error:
        bounded.check_lecture("acme", 201, 1)
    assert 86_000 < (error.value.retry_after or 0) <= 86_400


def test_it_is_told_when_enough_is_a_day_ago(store: Store) -> None:
    bounded = limits(store, minutes_per_day=10)
    bounded.note_lecture("acme", 300)
    let_pass(store, HOUR)
    bounded.note_lecture("acme", 200)
    with pytest.raises(QuotaExceeded) as error:
        bounded.check_lecture("acme", 400, 1)
    assert 22.9 * HOUR < (error.value.retry_after or 0) <= 23 * HOUR
    let_pass(store, 23.01 * HOUR)
    bounded.check_lecture("acme", 400, 1)


def test_what_never_fits_into_a_day_has_no_time_to_come_back(store: Store) -> None:
    with pytest.raises(QuotaExceeded) as error:
        limits(store, minutes_per_day=10).check_lecture("acme", 601, 1)
    assert error.value.retry_after is None


def test_what_is_older_than_a_day_is_forgotten(store: Store) -> None:
    bounded = limits(store, minutes_per_day=10)
    bounded.note_lecture("acme", 300)
    let_pass(store, 25 * HOUR)
    bounded.note_lecture("acme", 1)
    with store.database.read() as connection:
        assert len(connection.execute(accepted_speech.select()).all()) == 1
    assert usage.seconds_until(store.database, "acme", 1) == 0


def test_so_many_bytes_are_kept(store: Store) -> None:
    bounded = limits(store, stored=999_000_000, storage_gigabytes=1)
    bounded.check_storage("acme", 1_000_000)
    with pytest.raises(QuotaExceeded, match=r"0\.999 of 1 GB"):
        bounded.check_storage("acme", 1_000_001)
    with pytest.raises(QuotaExceeded):
        bounded.check_lecture("acme", 1, 2_000_000)


def test_a_tenant_may_have_bounds_of_its_own(store: Store) -> None:
    own = {"acme": {"lectures": 2, "requests_per_minute": None}}
    bounded = limits(store, lectures=1, requests_per_minute=1, storage_gigabytes=5, tenants=own)
    assert bounded.of("acme").lectures == 2
    assert bounded.of("acme").requests_per_minute is None
    assert bounded.of("acme").storage_gigabytes == 5
    assert bounded.of("other").lectures == 1


def test_each_process_grants_its_share_of_the_requests(store: Store) -> None:
    left = limits(store, requests_per_minute=600, processes=4).take_request("acme")
    assert left is not None and left.quota == 150
    few = limits(store, requests_per_minute=1, processes=4).take_request("acme")
    assert few is not None and few.granted
