"""What happens to a lecture is told while it happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.access.keys import DEFAULT_TENANT, Scope
from app.intake import LMS
from app.jobs.store.store import Store, Submission
from app.web.v1.lecture_ref import LectureRef
from tests.unit.jobs.lectures import a_lecture_in, claimed, do_all, submission_of
from tests.web.v1.conftest import Place, problem

NUMBER = 7
NAME = str(LectureRef(NUMBER))
PATH = f"/lectures/{NAME}/events"


class Heard(NamedTuple):
    seq: int | None
    kind: str
    data: dict[str, Any]


def heard(body: bytes) -> list[Heard]:
    """The events of an answer."""
    found = []
    for block in body.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line and line[0] != ":")
        if "event" in fields:
            seq = int(fields["id"]) if "id" in fields else None
            found.append(Heard(seq, fields["event"], json.loads(fields["data"])))
    return found


def a_submission(
    *texts: str, number: int = NUMBER, tenant: str = DEFAULT_TENANT, restart: bool = False
) -> Submission:
    lecture = a_lecture_in(Path("/nowhere"), *texts, lecture_id=number)
    return submission_of(lecture, tenant=tenant, restart=restart)


@pytest.fixture
def store(place: Place) -> Store:
    return place.services.store


@pytest.fixture
def done(store: Store) -> Store:
    """One in which a lecture of two fragments is done."""
    store.submit(a_submission("One.", "Two."))
    do_all(store)
    return store


@pytest.mark.usefixtures("done")
def test_whoever_comes_late_is_told_all_in_order(place: Place) -> None:
    answer = place.anonymous.get(PATH)
    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"
    assert answer.data.startswith(b"retry: ")
    events = heard(answer.data)
    assert [(each.kind, each.data["stage"], each.data["fragment"]) for each in events] == [
        ("progress", None, None),
        ("progress", None, None),
        ("progress", "speech", 1),
        ("fragment", "speech", 1),
        ("progress", "face", 1),
        ("fragment", "face", 1),
        ("progress", "speech", 2),
        ("fragment", "speech", 2),
        ("progress", "face", 2),
        ("fragment", "face", 2),
        ("progress", "slide", None),
        ("slide", "slide", None),
        ("progress", "final", None),
        ("progress", "final", None),
        ("done", None, None),
    ]
    assert [each.seq for each in events] == sorted({each.seq for each in events if each.seq})
    assert events[0].data["state"] == "queued" and events[1].data["state"] == "running"
    assert events[-1].data["progress"] == 100.0 and events[-1].data["eta_seconds"] == 0.0
    assert {each.data["slide"] for each in events} == {None, 1}
    assert all(each.data["at"].endswith("Z") for each in events)


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("way", ["header", "query"])
def test_who_comes_back_is_told_what_it_has_not(place: Place, way: str) -> None:
    events = heard(place.anonymous.get(PATH).data)
    has = events[3].seq
    if way == "header":
        answer = place.anonymous.get(PATH, headers={"Last-Event-ID": str(has)})
    else:
        answer = place.anonymous.get(f"{PATH}?last_event_id={has}")
    assert heard(answer.data) == events[4:]


@pytest.mark.usefixtures("done")
def test_what_a_browser_knows_itself_counts_before_the_address(place: Place) -> None:
    events = heard(place.anonymous.get(PATH).data)
    answer = place.anonymous.get(
        f"{PATH}?last_event_id={events[0].seq}", headers={"Last-Event-ID": str(events[5].seq)}
    )
    assert heard(answer.data) == events[6:]


@pytest.mark.usefixtures("done")
def test_who_knows_the_end_is_sent_away(place: Place) -> None:
    last = heard(place.anonymous.get(PATH).data)[-1].seq
    answer = place.anonymous.get(PATH, headers={"Last-Event-ID": str(last)})
    assert (answer.status_code, answer.data) == (204, b"")


def test_who_knows_the_end_is_told_of_the_next_generation(place: Place, done: Store) -> None:
    last = heard(place.anonymous.get(PATH).data)[-1].seq
    done.submit(a_submission("One.", "Two.", restart=True))
    do_all(done)
    events = heard(place.anonymous.get(PATH, headers={"Last-Event-ID": str(last)}).data)
    assert events[0].data["state"] == "queued" and events[-1].kind == "done"
    assert all(each.seq is not None and last is not None and each.seq > last for each in events)


@pytest.mark.usefixtures("done")
def test_with_a_number_that_is_none_of_the_lecture_all_is_told(place: Place) -> None:
    events = heard(place.anonymous.get(PATH).data)
    assert heard(place.anonymous.get(f"{PATH}?last_event_id=999999999").data) == events
    assert heard(place.anonymous.get(f"{PATH}?last_event_id=0").data) == events


def test_a_failure_and_a_cancellation_end_it(place: Place, store: Store) -> None:
    store.submit(a_submission("One."))
    store.fail(claimed(store), "engine_failed", "no", retryable=False)
    assert heard(place.anonymous.get(PATH).data)[-1].kind == "failed"
    store.submit(a_submission("One."))
    store.cancel(DEFAULT_TENANT, NUMBER)
    events = heard(place.anonymous.get(PATH).data)
    assert [each.kind for each in events] == ["progress", "progress", "cancelled"]


def test_an_end_whose_events_are_not_kept_is_told_without_a_number(
    place: Place, done: Store
) -> None:
    from app.jobs.store import needed

    with done.database.write() as connection:
        needed.forget_old_events(connection, -1.0)
    [event] = heard(place.anonymous.get(PATH).data)
    assert (event.seq, event.kind, event.data["progress"]) == (None, "done", 100.0)


def test_lectures_of_the_lms_are_followed_too(place: Place, store: Store) -> None:
    store.submit(a_submission("One.", tenant=LMS))
    do_all(store)
    assert heard(place.anonymous.get("/lectures/lms-7/events").data)[-1].kind == "done"
    assert problem(place.program("acme").get("/lectures/lms-7/events"))["status"] == 404


@pytest.mark.usefixtures("done")
def test_another_tenants_lecture_is_not_there(place: Place) -> None:
    assert problem(place.program("acme").get(PATH))["code"] == "job_not_found"
    assert place.program("default", Scope.READ).get(PATH).status_code == 200


@pytest.mark.parametrize(
    "name", ["lec_0000000000008", "lms-9", "7", "lec_", "lms-x", "lec_zzzzzzzzzzzzz"]
)
def test_what_is_no_lecture_is_a_problem(place: Place, name: str) -> None:
    assert problem(place.anonymous.get(f"/lectures/{name}/events"))["status"] == 404


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("told", ["x", "-1", "1.0", "1_0", " 1", "0x1", "01", "9" * 19, "٣", "1\n"])
def test_a_number_that_is_none_is_named(place: Place, told: str) -> None:
    answer = place.anonymous.get(PATH, query_string={"last_event_id": told})
    assert problem(answer)["errors"][0]["where"] == "last_event_id"
    if told.isascii() and told.strip() == told:
        answer = place.anonymous.get(PATH, headers={"Last-Event-ID": told})
        assert problem(answer)["errors"][0]["where"] == "Last-Event-ID"


@pytest.mark.usefixtures("done")
def test_an_unknown_or_repeated_parameter_is_named(place: Place) -> None:
    assert problem(place.anonymous.get(f"{PATH}?since=1"))["status"] == 422
    assert problem(place.anonymous.get(f"{PATH}?last_event_id=1&last_event_id=2"))["status"] == 422


def test_a_job_of_another_kind_is_no_lecture(place: Place, store: Store) -> None:
    from sqlalchemy import update

    from app.jobs.store.tables import job

    store.submit(a_submission("One."))
    with store.database.write() as connection:
        connection.execute(update(job).values(kind="preview"))
    assert problem(place.anonymous.get(PATH))["code"] == "job_not_found"
