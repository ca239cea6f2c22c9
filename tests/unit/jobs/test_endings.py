from __future__ import annotations

import time
from contextlib import closing

import pytest
from sqlalchemy import update

from app.jobs.store.database import Database
from app.jobs.store.store import Claim, JobState, Order, Store, WorkerRecord
from app.jobs.store.tables import step
from tests.unit.jobs.lectures import TENANT, a_submission, claim, claimed, do_all, job


def _expired(store: Store) -> Claim:
    """A claim whose lease is over."""
    taken = claimed(store, lease_seconds=0.001)
    time.sleep(0.005)
    return taken


def test_files_are_published_before_the_step_is_seen_done(store: Store) -> None:
    store.submit(a_submission("One."))
    seen: list[int] = []
    store.finish(claimed(store), {}, publish=lambda: seen.append(job(store).steps_done))
    assert seen == [0]
    assert job(store).steps_done == 1


def test_a_step_is_not_done_when_its_files_cannot_be_published(store: Store) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store)

    def publish() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        store.finish(taken, {}, publish=publish)
    assert store.heartbeat(taken) is Order.GO_ON


def test_a_step_is_done_once(store: Store) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store)
    assert store.finish(taken, {}) is Order.GO_ON
    assert store.finish(taken, {}) is Order.FENCED


def test_a_fenced_claim_publishes_nothing(store: Store) -> None:
    store.submit(a_submission("One."))
    stale = _expired(store)
    store.reap()
    claimed(store)
    published: list[str] = []
    assert store.finish(stale, {}, publish=lambda: published.append("!")) is Order.FENCED
    assert published == []


def test_a_cancelled_claim_publishes_nothing(store: Store) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store)
    store.cancel(TENANT, 7)
    published: list[str] = []
    assert store.finish(taken, {}, publish=lambda: published.append("!")) is Order.CANCEL
    assert published == []


def test_an_error_that_may_go_away_is_tried_three_times(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(2):
        store.fail(claimed(store), "engine_failed", "out of memory", retryable=True)
        assert job(store).error_code is None
    store.fail(claimed(store), "engine_failed", "out of memory", retryable=True)
    found = job(store)
    assert found.state is JobState.FAILED
    assert (found.error_code, found.error_message) == ("engine_failed", "out of memory")


def test_an_error_for_good_is_not_tried_again(store: Store) -> None:
    store.submit(a_submission("One."))
    store.fail(claimed(store), "bad_voice_sample", "silent", retryable=False)
    assert claim(store) is None


def test_other_fragments_go_on_after_a_failure(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    store.fail(claimed(store), "engine_failed", "no", retryable=False)
    assert job(store).state is JobState.RUNNING
    assert do_all(store) == ["speech_2", "face_2"]
    assert job(store).state is JobState.FAILED


def test_the_first_error_is_the_lectures_error(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    for code in ("engine_failed", "disk_full"):
        store.fail(claimed(store, "speech"), code, code, retryable=False)
    assert job(store).error_code == "engine_failed"


def test_a_step_that_kills_its_process_eight_times_fails(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(8):
        store.crashed(claimed(store), "died of signal 11")
    found = job(store)
    assert (found.state, found.error_code) == (JobState.FAILED, "engine_crashed")
    assert found.error_message is not None
    assert "died of signal 11" in found.error_message


def test_deaths_count_only_in_a_row(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(2):
        for _ in range(7):
            store.crashed(claimed(store))
        store.fail(claimed(store), "engine_failed", "no", retryable=True)
    assert job(store).state is JobState.RUNNING


def test_a_lease_that_ran_out_lets_another_worker_do_the_step(store: Store) -> None:
    store.submit(a_submission("One."))
    stale = _expired(store)
    assert store.reap() == 1
    again = claimed(store, owner="other")
    assert again.step.name == stale.step.name
    assert store.heartbeat(stale) is Order.FENCED


def test_a_renewed_lease_is_not_reaped(store: Store, database_url: str) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store, lease_seconds=3600.0)
    _let_pass(database_url, 3601.0)
    assert store.renew(taken)
    assert store.reap() == 0
    _let_pass(database_url, 3601.0)
    assert store.reap() == 1


def _let_pass(database_url: str, seconds: float) -> None:
    """As if so much time had passed for every lease."""
    with closing(Database(database_url)) as database, database.write() as connection:
        connection.execute(update(step).values(lease_until=step.c.lease_until - seconds))


def test_kills_of_the_worker_do_not_use_up_the_attempts(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(19):
        _expired(store)
        store.reap()
    assert job(store).state is JobState.RUNNING
    do_all(store)
    assert job(store).state is JobState.DONE


def test_a_step_that_never_answers_fails_in_the_end(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(20):
        _expired(store)
        store.reap()
    assert job(store).error_code == "engine_crashed"


def test_a_step_given_back_is_neither_tried_nor_crashed(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(25):
        assert store.give_back(claimed(store)) is Order.GO_ON
    do_all(store)
    assert job(store).state is JobState.DONE


def test_a_lost_artifact_is_made_again_before_the_step_that_needs_it(store: Store) -> None:
    store.submit(a_submission("One."))
    do_all(store, "speech", "face")
    slide = claimed(store)
    store.reopen(slide, ["speech_1", "face_1"])
    assert do_all(store) == ["speech_1", "face_1", "slide_1", "final"]
    assert job(store).state is JobState.DONE


def test_a_step_does_not_wait_for_an_artifact_that_is_back(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    do_all(store, "speech")
    first, second = claimed(store, "face"), claimed(store, "face")
    store.reopen(first, ["speech_1"])
    store.finish(claimed(store, "speech"), {})
    store.reopen(second, [])
    assert {claimed(store, "face").step.name, claimed(store, "face").step.name} == {
        "face_1",
        "face_2",
    }


def test_artifacts_that_are_lost_every_time_end_the_lecture(store: Store) -> None:
    store.submit(a_submission("One."))
    for _ in range(3):
        do_all(store, "speech")
        store.reopen(claimed(store, "face"), ["speech_1"])
    do_all(store, "speech")
    assert job(store).error_code == "internal"


def test_a_cancelled_lecture_ends_when_its_last_step_is_left(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    taken = [claimed(store, "speech"), claimed(store, "speech")]
    assert store.cancel(TENANT, 7) == [7]
    for each in taken:
        assert store.heartbeat(each) is Order.CANCEL
        assert job(store).state is JobState.CANCELLING
        store.cancelled(each)
    assert job(store).state is JobState.CANCELLED


def test_a_queued_lecture_is_cancelled_at_once(store: Store) -> None:
    store.submit(a_submission())
    store.cancel(TENANT, 7)
    assert job(store).state is JobState.CANCELLED
    assert claim(store) is None


def test_cancelling_all_leaves_ended_lectures_alone(store: Store) -> None:
    store.submit(a_submission(lecture_id=1))
    do_all(store)
    store.submit(a_submission(lecture_id=2))
    store.submit(a_submission(lecture_id=3))
    claimed(store)
    assert store.cancel(TENANT) == [2, 3]
    assert store.cancel(TENANT) == []
    assert job(store, 1).state is JobState.DONE


@pytest.mark.parametrize("ending", ["fail", "crashed", "give_back", "reap"])
def test_whatever_ends_a_step_of_a_cancelled_lecture_cancels_it(store: Store, ending: str) -> None:
    store.submit(a_submission("One."))
    taken = _expired(store)
    store.cancel(TENANT, 7)
    match ending:
        case "fail":
            store.fail(taken, "engine_failed", "no", retryable=True)
        case "crashed":
            store.crashed(taken)
        case "give_back":
            store.give_back(taken)
        case "reap":
            store.reap()
    assert job(store).state is JobState.CANCELLED


def test_a_buried_worker_gives_its_steps_back_at_once(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    store.sign_on(WorkerRecord("dead", "here", 1, "long ago"))
    claimed(store, "speech", owner="dead")
    living = claimed(store, "speech", owner="living")
    assert store.sign_off("dead") == 1
    assert store.workers() == []
    assert store.heartbeat(living) is Order.GO_ON
    assert claimed(store, "speech").step.name == "speech_1"


def test_a_worker_just_seen_is_not_silent(store: Store) -> None:
    store.sign_on(WorkerRecord("w", "here", 1, "now"))
    store.sign_on(WorkerRecord("w", "here", 1, "now"))
    assert store.workers(silent_seconds=60) == []
    assert [record.id for record in store.workers()] == ["w"]
