"""Whose step comes next, on a service of one slot per queue whose time is simulated."""

from __future__ import annotations

import heapq
from itertools import count
from pathlib import Path

from app.jobs.store.store import Claim, JobState, Store, Submission
from app.lecture import Fragment, Slide
from app.steps.utterance import Utterance, content_of, plan_utterance
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


def test_an_utterance_waits_for_one_step_of_a_long_lecture_of_the_same_tenant(
    store: Store,
) -> None:
    store.submit(a_submission(*[f"{n}." for n in range(30)], lecture_id=1))
    for _ in range(5):
        running = claim(store, "speech")
        assert running is not None
        store.finish(running, {})
    running = claim(store, "speech")
    assert running is not None
    store.submit(_an_utterance())
    store.finish(running, {})
    taken = claim(store, "speech")
    assert taken is not None and taken.content.kind == "utterance"


def test_utterances_of_one_tenant_take_no_more_turns_than_the_lecture_of_another(
    store: Store,
) -> None:
    store.submit(a_submission(*[f"{n}." for n in range(30)], lecture_id=1, tenant="another"))
    for number in range(100, 110):
        store.submit(_an_utterance(number))
    served = []
    for _ in range(10):
        taken = claim(store, "speech")
        assert taken is not None
        served.append(taken.tenant)
        store.finish(taken, {})
    assert served.count("another") == 5


def test_four_who_have_things_said_without_end_do_not_starve_their_own_lecture(
    store: Store,
) -> None:
    store.submit(a_submission(*[f"{n}." for n in range(30)], lecture_id=1))
    served, numbers = [], count(100)
    for _ in range(4):
        store.submit(_an_utterance(next(numbers)))
    for _ in range(40):
        taken = claim(store, "speech")
        assert taken is not None
        served.append(taken.content.kind)
        store.finish(taken, {})
        if taken.content.kind == "utterance":
            store.submit(_an_utterance(next(numbers)))
    assert served.count("lecture") >= 40 // 6


def _an_utterance(number: int = 99) -> Submission:
    fragment = Fragment(1, f"Listen to {number}.")
    said = Utterance(
        id=number,
        voice_sample=Path("/nowhere/voice.wav"),
        language="en",
        speech_engine="stand-in",
        speech="s",
        voice_sha256="v",
        slide=Slide((fragment,)),
    )
    steps = plan_utterance(said, [fragment.text])
    return Submission(TENANT, content_of(said), steps, steps[0].input_hash)
