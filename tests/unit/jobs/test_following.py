"""Events of jobs are read on, each once and in order."""

from __future__ import annotations

import pytest

from app.jobs.report import following
from app.jobs.report.following import Followed, New
from app.jobs.store.job import JobKey, JobState
from app.jobs.store.store import Store
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, do_all

KEY = JobKey(TENANT, 7)


def follow(key: JobKey = KEY, generation: int = 1) -> Followed:
    return Followed(key, generation)


def told(news: list[New]) -> list[tuple[str, str | None, int | None]]:
    return [(new.event.state, new.event.stage, new.event.fragment) for new in news]


def test_a_job_that_was_never_submitted_has_no_standing(store: Store) -> None:
    assert store.standing(KEY) is None


def test_a_standing_tells_the_last_event(store: Store) -> None:
    store.submit(a_submission())
    followed = follow()
    [new] = store.read_on([followed])[KEY]
    assert store.standing(KEY) == ("lecture", 1, JobState.QUEUED, new.event.seq)


def test_what_happens_is_told_once_and_in_order_with_how_things_stood(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    followed = follow()
    news = store.read_on([followed])[KEY]
    store.finish(claimed(store, "speech"), {})
    news += store.read_on([followed])[KEY]
    do_all(store)
    news += store.read_on([followed])[KEY]
    assert not store.read_on([followed])
    assert told(news)[:4] == [
        ("queued", None, None),
        ("running", None, None),
        ("running", "speech", 1),
        ("done", "speech", 1),
    ]
    assert told(news)[-1] == ("done", None, None)
    assert [new.event.seq for new in news] == sorted({new.event.seq for new in news})
    assert [new.event.progress for new in news] == sorted(new.event.progress for new in news)
    assert news[-1].event.progress == 1.0


def test_it_says_what_a_report_says(store: Store) -> None:
    store.submit(a_submission("One.", "Two.", "Three."))
    followed = follow()
    news = store.read_on([followed])[KEY]
    for _ in range(3):
        store.finish(claimed(store), {})
        news += store.read_on([followed])[KEY]
    report = store.report(TENANT, 7, after=0)
    assert report is not None
    assert [new.event for new in news] == list(report.events)


def test_jobs_are_read_together_and_not_mixed_up(store: Store) -> None:
    for number in range(1, 61):
        store.submit(a_submission(lecture_id=number))
    every = [follow(JobKey(TENANT, number)) for number in range(1, 62)]
    news = store.read_on(every)
    assert sorted(key.id for key in news) == list(range(1, 61))
    assert {len(some) for some in news.values()} == {1}


def test_of_very_many_events_the_others_come_with_the_next_look(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission("One.", "Two."))
    do_all(store)
    whole = store.read_on([follow()])[KEY]
    monkeypatch.setattr(following, "MOST_EVENTS", 3)
    followed, news = follow(), list[New]()
    while some := store.read_on([followed]):
        assert len(some[KEY]) <= 3
        news += some[KEY]
    assert news == whole


def test_the_next_generation_is_told_as_such(store: Store) -> None:
    store.submit(a_submission())
    do_all(store)
    followed = follow()
    store.read_on([followed])
    store.submit(a_submission(restart=True))
    do_all(store)
    news = store.read_on([followed])[KEY]
    assert {new.generation for new in news} == {2}
    assert (news[0].event.state, news[0].event.progress) == ("queued", 0.0)
    assert news[-1].event.progress == 1.0


def test_former_generations_are_not_told(store: Store) -> None:
    store.submit(a_submission())
    do_all(store)
    store.submit(a_submission(restart=True))
    assert told(store.read_on([follow(generation=2)])[KEY]) == [("queued", None, None)]


def test_a_generation_that_was_replaced_ends_with_what_its_job_went_through(store: Store) -> None:
    store.submit(a_submission())
    followed = follow()
    store.read_on([followed])
    store.finish(claimed(store), {})
    store.cancel(TENANT, 7)
    store.submit(a_submission("Other."))
    news = store.read_on([followed])[KEY]
    assert [(new.generation, new.event.state) for new in news if new.event.stage is None] == [
        (1, "running"),
        (1, "cancelling"),
        (1, "cancelled"),
        (2, "queued"),
    ]
