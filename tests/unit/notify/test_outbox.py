"""Announcements become messages, which tell what happened and to whose lecture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.bootstrap import seen
from app.jobs.store.announcing import announcement
from app.jobs.store.job import JobKey
from app.jobs.store.store import Store
from app.notify import outbox
from app.notify.addresses import Allowed
from app.notify.callbacks import Callbacks, sweep
from app.notify.clock import Clock
from app.notify.outbox import Outbox
from app.notify.payload import Describe, nothing_more
from app.requests.asked import Asked, AskedSlide
from app.requests.lectures import LectureRequest, LectureRequests
from tests.unit.jobs.lectures import a_submission, claimed, do_all
from tests.unit.notify.conftest import ACME, Place, resolve

LMS = "https://lms.example/hook"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{database}")
    yield opened
    opened.close()


def _make(place: Place, describe: Describe = nothing_more) -> list[dict[str, Any]]:
    """Make messages of all that was announced, by the database's clock; what they say."""
    with place.database.write() as connection:
        while outbox.make_deliveries(connection, Outbox(Clock(), seen, describe)):
            pass
        assert connection.execute(select(func.count()).select_from(announcement)).scalar() == 0
    place.now = 4e9
    bodies = [json.loads(due.body) for due in place.claim(places=1000)]
    return sorted(bodies, key=lambda body: str(body["timestamp"]))


def test_what_the_lms_asked_for_is_told_to_this_machines_tenant(place: Place, store: Store) -> None:
    place.webhooks.create("default", LMS)
    store.submit(a_submission(tenant="lms"))
    do_all(store)
    told = _make(place)
    assert [body["type"] for body in told] == ["lecture.started", "lecture.done"]
    assert {body["data"]["lecture"]["id"] for body in told} == {"lms-7"}


def test_whoever_knows_more_of_a_lecture_tells_it(place: Place, store: Store) -> None:
    place.webhooks.create(ACME, LMS)
    store.submit(a_submission(tenant=ACME))
    store.cancel(ACME, 7)
    asked = []

    def describe(_connection: object, key: JobKey) -> dict[str, Any]:
        asked.append(key)
        return {"title": "Прогулка", "metadata": {"course": 5}}

    (body,) = _make(place, describe)
    assert body["data"]["lecture"]["title"] == "Прогулка"
    assert body["data"]["lecture"]["metadata"] == {"course": 5}
    assert asked == [JobKey(ACME, 7)]


def test_a_lecture_of_the_api_is_told_with_its_title_and_metadata(
    place: Place, store: Store
) -> None:
    place.webhooks.create(ACME, LMS)
    asked = Asked(slides=(AskedSlide("One."),), avatar=1, voice=2)
    request = LectureRequest(ACME, 7, "Прогулка", asked, {"course": "5"}, None, 1.0)
    with place.database.write() as connection:
        LectureRequests.note(connection, request)
    store.submit(a_submission(tenant=ACME))
    store.cancel(ACME, 7)
    (body,) = _make(place, LectureRequests.described)
    assert body["data"]["lecture"]["title"] == "Прогулка"
    assert body["data"]["lecture"]["metadata"] == {"course": "5"}


def test_nothing_is_asked_for_when_nobody_is_told(place: Place, store: Store) -> None:
    store.submit(a_submission(tenant=ACME))
    do_all(store)

    def describe(_connection: object, _key: JobKey) -> dict[str, Any]:
        raise AssertionError

    assert _make(place, describe) == []


def test_a_lecture_that_began_anew_meanwhile_is_told_without_what_it_is_now(
    place: Place, store: Store
) -> None:
    place.webhooks.create(ACME, LMS)
    store.submit(a_submission("One.", tenant=ACME))
    store.fail(claimed(store), "engine_failed", "it stumbles", retryable=False)
    store.submit(a_submission("Two.", tenant=ACME))
    failed = next(body for body in _make(place) if body["type"] == "lecture.failed")
    assert failed["data"]["lecture"] == {"id": "lec_0000000000007", "state": "failed"}


def test_each_generation_is_told(place: Place, store: Store) -> None:
    place.webhooks.create(ACME, LMS)
    for text in ("One.", "Two."):
        store.submit(a_submission(text, tenant=ACME))
        store.cancel(ACME, 7)
    assert [body["type"] for body in _make(place)] == ["lecture.cancelled"] * 2


def test_of_many_announcements_each_makes_one_message(place: Place, store: Store) -> None:
    webhooks = [place.webhooks.create(ACME, LMS)[0].id for _ in range(2)]
    for number in range(1, outbox.PORTION + 21):
        store.submit(a_submission(tenant=ACME, lecture_id=number))
        store.cancel(ACME, number)
    with place.database.write() as connection:
        assert outbox.make_deliveries(connection, Outbox(Clock())) == outbox.PORTION
    _make(place)
    for webhook in webhooks:
        sent = place.webhooks.deliveries.of(ACME, webhook, limit=1000)
        assert len({each.body for each in sent}) == len(sent) == outbox.PORTION + 20


def test_a_submission_that_breaks_announces_nothing(place: Place, store: Store) -> None:
    store.submit(a_submission(tenant=ACME))
    taken = claimed(store)
    before = _announced(place)

    def publish() -> None:
        raise OSError

    with pytest.raises(OSError):
        store.finish(taken, {}, publish=publish)
    assert _announced(place) == before


def test_a_callback_of_a_lecture_that_is_gone_is_forgotten_after_a_day(
    place: Place, store: Store
) -> None:
    callbacks = Callbacks(place.database, Allowed(), clock=place.clock, resolve=resolve)
    callbacks.check(LMS)
    for number in (7, 8):
        callbacks.note(JobKey(ACME, number), LMS)
    store.submit(a_submission(tenant=ACME, lecture_id=7))
    forgotten = []
    for later in (3600, 86_400):
        place.now += later
        with place.database.write() as connection:
            forgotten.append(sweep(connection, place.clock))
    assert forgotten == [0, 1]


def _announced(place: Place) -> int:
    with place.database.read() as connection:
        query = select(func.count()).select_from(announcement)
        return int(connection.execute(query).scalar_one())
