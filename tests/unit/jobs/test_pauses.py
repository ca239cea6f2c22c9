"""Errors that may go away: when a step is tried again."""

from __future__ import annotations

import time
from contextlib import closing

import pytest
from sqlalchemy import select, update

from app.jobs.store import endings
from app.jobs.store.database import Database
from app.jobs.store.store import JobState, Order, Store
from app.jobs.store.tables import Ticks, step
from tests.unit.jobs.lectures import TENANT, a_submission, claim, claimed, job

LONG = 3000.0


def fail(store: Store, retry_after: float | None = None) -> None:
    store.fail(claimed(store), "engine_failed", "no", retryable=True, retry_after=retry_after)


def pause(database_url: str) -> float:
    """Of the step that waits, in seconds."""
    with closing(Database(database_url)) as opened, opened.read() as connection:
        left = select(step.c.pause_seconds, step.c.not_before - Ticks()).where(
            step.c.not_before.is_not(None)
        )
        seconds, until = connection.execute(left).one()
    assert seconds - 5.0 < until <= seconds
    return float(seconds)


def test_a_step_that_failed_waits_before_it_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "FIRST_PAUSE_SECONDS", 0.2)
    store.submit(a_submission())
    fail(store)
    assert claim(store) is None
    assert store.ready() == {}
    time.sleep(0.25)
    assert store.ready() == {"speech": 1}
    assert claimed(store).step.name == "speech_1"


def test_the_pauses_grow(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "FIRST_PAUSE_SECONDS", 10.0)
    store.submit(a_submission())
    fail(store)
    first = pause(database_url)
    let_the_pause_end(database_url)
    fail(store)
    assert (first, pause(database_url)) == (10.0, 40.0)


def test_an_error_says_itself_how_long_to_wait(store: Store, database_url: str) -> None:
    store.submit(a_submission())
    fail(store, retry_after=60.0)
    assert pause(database_url) == 60.0


def test_no_error_can_ask_for_ever(store: Store, database_url: str) -> None:
    store.submit(a_submission())
    fail(store, retry_after=1e12)
    assert pause(database_url) == endings.LONGEST_PAUSE_SECONDS


def test_others_are_served_meanwhile(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    fail(store, retry_after=LONG)
    assert claimed(store).step.name == "speech_2"
    assert job(store).state is JobState.RUNNING


def test_a_lecture_whose_steps_wait_has_not_ended(store: Store) -> None:
    store.submit(a_submission())
    fail(store, retry_after=LONG)
    assert (job(store).state, job(store).error_code) == (JobState.RUNNING, None)
    assert store.is_open()


def test_cancelling_does_not_wait_for_the_pause(store: Store) -> None:
    store.submit(a_submission())
    fail(store, retry_after=LONG)
    assert store.cancel(TENANT, 7) == [7]
    assert job(store).state is JobState.CANCELLED


def test_a_new_generation_does_not_wait_for_the_pause_of_the_last(store: Store) -> None:
    store.submit(a_submission())
    fail(store, retry_after=LONG)
    store.cancel(TENANT, 7)
    store.submit(a_submission())
    assert claimed(store).step.name == "speech_1"


def test_a_step_that_was_given_back_does_not_wait_again(store: Store, database_url: str) -> None:
    store.submit(a_submission())
    fail(store, retry_after=LONG)
    let_the_pause_end(database_url)
    assert store.give_back(claimed(store)) is Order.GO_ON
    assert claimed(store).step.name == "speech_1"


def test_a_pause_from_before_the_machine_restarted_is_over(store: Store, database_url: str) -> None:
    """The clock starts anew then, and the end of the pause is further away than it was long."""
    store.submit(a_submission())
    fail(store, retry_after=60.0)
    with closing(Database(database_url)) as opened, opened.write() as connection:
        connection.execute(update(step).values(not_before=Ticks() + 5000.0))
    assert claimed(store).step.name == "speech_1"


def let_the_pause_end(database_url: str) -> None:
    with closing(Database(database_url)) as opened, opened.write() as connection:
        over = step.c.not_before.is_not(None)
        connection.execute(update(step).where(over).values(not_before=Ticks() - 1.0))
