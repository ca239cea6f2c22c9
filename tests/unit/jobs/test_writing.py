"""Long jobs: written, cancelled and cleared away in several transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy import func, select

from app.errors import Busy, JobConflict
from app.jobs.store import cancelling, database, portions, writing
from app.jobs.store.store import JobState, Store
from app.jobs.store.tables import step
from app.jobs.store.tables import writing as writing_table
from tests.unit.jobs.lectures import TENANT, a_submission, claim, claimed, do_all, job

LONG = ("One.", "Two.", "Three.", "Four.")
OTHER = ("Other.", "Two.", "Three.", "Four.")


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def short_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four fragments have ten steps: three portions."""
    monkeypatch.setattr(portions, "PORTION", 4)


Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Have something done once, between the second portion and the third."""

    def arrange(act: Callable[[], object]) -> None:
        rests = count(1)

        def rest(seconds: float) -> None:
            if next(rests) == 2:
                act()

        monkeypatch.setattr(database, "let_others", rest)

    return arrange


def die() -> None:
    raise Killed


def kill_in_the_middle(store: Store, *texts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Submit with a process that dies; the lease that it leaves is over."""
    with monkeypatch.context() as patch:
        rests = count(1)

        def rest(seconds: float) -> None:
            if next(rests) == 2:
                die()

        patch.setattr(database, "let_others", rest)
        patch.setattr(writing, "give_up", lambda *_: None)
        patch.setattr(writing, "LEASE_SECONDS", -1.0)
        with pytest.raises(Killed):
            store.submit(a_submission(*texts))


def rows(store: Store) -> tuple[int, int]:
    """How many steps there are of all generations, and how many are being written or cleared."""
    with store.database.read() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (step, writing_table)
        ]
    return counts[0], counts[1]


def test_a_long_lecture_is_done_like_a_short_one(store: Store) -> None:
    assert store.submit(a_submission(*LONG))
    assert (job(store).state, job(store).steps_total) == (JobState.QUEUED, 10)
    assert rows(store) == (10, 0)
    assert do_all(store)[-2:] == ["slide_1", "final"]
    assert job(store).state is JobState.DONE


def test_the_last_step_needs_all_others_in_order(store: Store) -> None:
    store.submit(a_submission(*LONG))
    do_all(store, "speech")
    do_all(store, "face")
    slide = claimed(store)
    assert list(slide.inputs)[:3] == ["speech_1", "face_1", "speech_2"]
    store.finish(slide, {})
    final = claimed(store)
    assert final.step.needs == tuple(each.name for each in a_submission(*LONG).steps[:-1])
    assert all(final.inputs.values())


def test_a_new_lecture_is_unknown_until_it_is_whole(store: Store, meanwhile: Meanwhile) -> None:
    seen: list[object] = []

    def look() -> None:
        seen.extend([store.find(TENANT, 7), store.report(TENANT, 7), claim(store), rows(store)])

    meanwhile(look)
    store.submit(a_submission(*LONG))
    assert seen == [None, None, None, (8, 1)]
    assert store.ready() == {"speech": 4}


def test_the_former_generation_stands_until_the_new_one_is_whole(
    store: Store, meanwhile: Meanwhile
) -> None:
    store.submit(a_submission(*LONG))
    do_all(store)
    seen: list[object] = []

    def look() -> None:
        found = job(store)
        seen.extend([found.state, found.generation, found.steps_done, claim(store)])

    meanwhile(look)
    store.submit(a_submission(*OTHER))
    assert seen == [JobState.DONE, 1, 10, None]
    assert (job(store).state, job(store).generation) == (JobState.QUEUED, 2)
    assert rows(store) == (10, 0)


def test_a_submission_that_was_killed_has_never_been(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission(*LONG))
    do_all(store)
    kill_in_the_middle(store, *OTHER, monkeypatch=monkeypatch)
    assert (job(store).state, job(store).generation) == (JobState.DONE, 1)
    assert rows(store) == (18, 1)
    store.reap()
    assert rows(store) == (10, 0)
    assert not store.submit(a_submission(*LONG))


@pytest.mark.parametrize("texts", [LONG, OTHER, ("One.",)])
def test_whoever_submits_next_takes_over_from_the_dead(
    store: Store, monkeypatch: pytest.MonkeyPatch, texts: tuple[str, ...]
) -> None:
    kill_in_the_middle(store, *LONG, monkeypatch=monkeypatch)
    assert store.submit(a_submission(*texts))
    assert rows(store) == (2 * len(texts) + 2, 0)
    do_all(store)
    assert job(store).state is JobState.DONE


def test_a_submission_that_fails_leaves_nothing_to_wait_for(
    store: Store, meanwhile: Meanwhile
) -> None:
    meanwhile(die)
    with pytest.raises(Killed):
        store.submit(a_submission(*LONG))
    assert store.submit(a_submission(*OTHER))


def test_the_same_input_waits_for_the_one_that_is_written(
    store: Store, meanwhile: Meanwhile
) -> None:
    started: list[bool] = []
    second = threading.Thread(target=lambda: started.append(store.submit(a_submission(*LONG))))
    meanwhile(second.start)
    assert store.submit(a_submission(*LONG))
    second.join()
    assert started == [False]
    assert job(store).generation == 1


def test_other_input_is_refused_while_one_is_written(store: Store, meanwhile: Meanwhile) -> None:
    refused: list[JobConflict] = []

    def submit_other() -> None:
        with pytest.raises(JobConflict, match="from other input") as error:
            store.submit(a_submission(*OTHER))
        refused.append(error.value)

    meanwhile(submit_other)
    assert store.submit(a_submission(*LONG))
    assert len(refused) == 1


@pytest.mark.parametrize("which", [7, None])
def test_a_lecture_that_is_cancelled_while_it_is_written_never_runs(
    store: Store, meanwhile: Meanwhile, which: int | None
) -> None:
    stopped: list[list[int]] = []
    meanwhile(lambda: stopped.extend([store.cancel(TENANT, which), store.cancel(TENANT, which)]))
    assert store.submit(a_submission(*LONG))
    assert stopped == [[7], []]
    assert job(store).state is JobState.CANCELLED
    assert claim(store) is None
    assert store.submit(a_submission(*LONG))
    assert job(store).state is JobState.QUEUED


def test_who_was_given_up_for_dead_writes_nothing_more(
    store: Store, meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LEASE_SECONDS", -1.0)

    def take_over() -> None:
        monkeypatch.setattr(writing, "LEASE_SECONDS", 10.0)
        assert store.submit(a_submission(*OTHER))

    meanwhile(take_over)
    with pytest.raises(Busy):
        store.submit(a_submission(*LONG))
    assert job(store).content == a_submission(*OTHER).content
    assert rows(store) == (10, 0)


def test_no_step_begins_once_a_cancellation_has(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(a_submission(*LONG))
    with monkeypatch.context() as patch:
        patch.setattr(cancelling, "end", lambda *_: die())
        with pytest.raises(Killed):
            store.cancel(TENANT, 7)
    assert (job(store).state, claim(store), store.ready()) == (JobState.CANCELLING, None, {})
    store.reap()
    assert job(store).state is JobState.CANCELLED


def test_all_lectures_are_cancelled_however_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cancelling, "JOBS_AT_ONCE", 2)
    for lecture_id in range(5):
        store.submit(a_submission(*LONG, lecture_id=lecture_id))
    running = claimed(store)
    assert store.cancel(TENANT) == [0, 1, 2, 3, 4]
    assert [each.id for each in store.active(TENANT)] == [running.job_id]
    store.cancelled(running)
    assert store.active(TENANT) == []
