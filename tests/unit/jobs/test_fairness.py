"""Whose step comes next, on a service of one slot per queue whose time is simulated."""

from __future__ import annotations

import heapq
from itertools import count

from app.jobs.store.store import Claim, JobState, Store
from tests.unit.jobs.lectures import QUEUES, TENANT, a_submission, claim, job

SECONDS = {"speech": 1.0, "face": 2.0, "slide": 0.1, "final": 0.1}


def _simulate(store: Store, *lecture_ids: int, tenant: str = TENANT) -> float:
    """Work until these lectures are done; returns the simulated seconds that it took."""
    now = 0.0
    running: list[tuple[float, int, Claim]] = []
    free, numbers = set(QUEUES), count()
    while any(job(store, each, tenant).state is not JobState.DONE for each in lecture_ids):
        for queue in sorted(free):
            if (taken := claim(store, queue)) is not None:
                free.remove(queue)
                end = now + SECONDS[taken.step.kind]
                heapq.heappush(running, (end, next(numbers), taken))
        now, _, ended = heapq.heappop(running)
        store.finish(ended, {})
        free.add(ended.step.queue)
    return now


def test_a_short_lecture_behind_a_long_one_takes_at_most_three_times_as_long(
    store: Store,
) -> None:
    store.submit(a_submission("One.", "Two.", "Three.", lecture_id=1))
    alone = _simulate(store, 1)
    store.submit(a_submission(*[f"{n}." for n in range(30)], lecture_id=2))
    store.submit(a_submission("Four.", "Five.", "Six.", lecture_id=3))
    assert _simulate(store, 3) <= 3 * alone
    assert job(store, 2).state is JobState.RUNNING


def test_a_short_lecture_is_not_starved_when_a_long_one_has_all_its_speech(store: Store) -> None:
    store.submit(a_submission(*[f"{n}." for n in range(30)], lecture_id=1))
    while (taken := claim(store, "speech")) is not None:
        store.finish(taken, {})
    store.submit(a_submission("One.", "Two.", "Three.", lecture_id=2))
    alone = 1.0 + 3 * 2.0 + 0.2
    assert _simulate(store, 2) <= 3 * alone


def test_a_tenant_with_one_lecture_is_served_as_often_as_one_with_many(store: Store) -> None:
    for lecture_id in range(10):
        store.submit(a_submission(*["Long."] * 5, lecture_id=lecture_id, tenant="many"))
    store.submit(a_submission(*["Long."] * 5, lecture_id=1, tenant="one"))
    served = []
    for _ in range(10):
        taken = claim(store, "speech")
        assert taken is not None
        served.append(taken.tenant)
        store.finish(taken, {})
    assert served.count("one") == 5


def test_lectures_take_turns_when_nothing_runs(store: Store) -> None:
    for lecture_id in (1, 2, 3):
        store.submit(a_submission("One.", "Two.", lecture_id=lecture_id))
    order = []
    for _ in range(6):
        taken = claim(store, "speech")
        assert taken is not None
        order.append(taken.content.id)
        store.finish(taken, {})
    assert order == [1, 2, 3, 1, 2, 3]
