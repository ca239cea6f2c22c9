from __future__ import annotations

import pytest

from app.errors import JobConflict
from app.jobs.store.store import JobState, Store
from app.jobs.store.submitting import may_start
from app.steps import lecture_of
from tests.unit.jobs.lectures import TENANT, a_lecture, a_submission, claimed, do_all, job


def test_a_new_lecture_is_queued(store: Store) -> None:
    assert store.submit(a_submission("One.", "Two."))
    found = job(store)
    assert (found.state, found.generation, found.steps_total) == (JobState.QUEUED, 1, 6)


def test_a_lecture_comes_back_as_it_was_submitted(store: Store) -> None:
    submission = a_submission("Раз.", "Two.")
    store.submit(submission)
    assert lecture_of(job(store).content) == a_lecture("Раз.", "Two.")


def test_a_lecture_nobody_submitted_is_not_found(store: Store) -> None:
    store.submit(a_submission(lecture_id=7))
    assert store.find(TENANT, 8) is None


def test_tenants_do_not_see_each_other(store: Store) -> None:
    store.submit(a_submission(lecture_id=7))
    assert store.find("other school", 7) is None
    assert store.active("other school") == []
    assert store.cancel("other school") == []


def test_two_tenants_may_use_the_same_id(store: Store) -> None:
    assert store.submit(a_submission(tenant="a"))
    assert store.submit(a_submission("Other.", tenant="b"))
    assert job(store, tenant="a").request_hash != job(store, tenant="b").request_hash


def test_the_same_input_is_not_started_twice(store: Store) -> None:
    store.submit(a_submission())
    assert not store.submit(a_submission())
    claimed(store)
    assert not store.submit(a_submission())
    assert job(store).generation == 1


def test_other_input_is_refused_while_a_lecture_runs(store: Store) -> None:
    store.submit(a_submission("One."))
    with pytest.raises(JobConflict, match="lecture 7"):
        store.submit(a_submission("Two."))
    assert lecture_of(job(store).content).fragment(1).text == "One."


def test_whether_a_request_starts_anything_can_be_asked_beforehand() -> None:
    def starts(asked: str, state: JobState, *, restart: bool = False) -> bool:
        return may_start("lecture 7", asked, restart=restart, state=state, former_hash="same")

    for state in (JobState.QUEUED, JobState.RUNNING):
        assert not starts("same", state)
        assert not starts("same", state, restart=True)
        with pytest.raises(JobConflict, match=r"lecture 7 .* from other input"):
            starts("other", state)
    assert not starts("same", JobState.DONE)
    assert starts("same", JobState.DONE, restart=True)
    assert starts("other", JobState.DONE)
    for state in (JobState.FAILED, JobState.CANCELLED, JobState.CANCELLING):
        assert starts("same", state)
        assert starts("other", state)


def test_a_running_lecture_is_not_restarted(store: Store) -> None:
    store.submit(a_submission())
    assert not store.submit(a_submission(restart=True))


def test_nothing_is_submitted_while_a_lecture_is_being_cancelled(store: Store) -> None:
    store.submit(a_submission())
    claimed(store)
    store.cancel(TENANT, 7)
    with pytest.raises(JobConflict, match="being cancelled"):
        store.submit(a_submission())


def test_a_done_lecture_is_not_done_again(store: Store) -> None:
    store.submit(a_submission())
    do_all(store)
    assert not store.submit(a_submission())
    assert job(store).state is JobState.DONE


def test_a_done_lecture_can_be_restarted(store: Store) -> None:
    store.submit(a_submission())
    do_all(store)
    assert store.submit(a_submission(restart=True))
    found = job(store)
    assert (found.state, found.generation, found.steps_done) == (JobState.QUEUED, 2, 0)
    assert found.finished is None


def test_other_input_replaces_a_done_lecture(store: Store) -> None:
    store.submit(a_submission("One."))
    do_all(store)
    assert store.submit(a_submission("One.", "Two."))
    assert lecture_of(job(store).content).mapping() == [[1, 2]]
    assert do_all(store)[-1] == "final"
    assert job(store).state is JobState.DONE


def test_a_cancelled_lecture_is_resumed_by_the_same_input(store: Store) -> None:
    store.submit(a_submission())
    store.cancel(TENANT, 7)
    assert store.submit(a_submission())
    assert job(store).state is JobState.QUEUED


def test_a_failed_lecture_is_resumed_without_its_error(store: Store) -> None:
    store.submit(a_submission())
    store.fail(claimed(store), "bad_voice_sample", "silent", retryable=False)
    assert job(store).state is JobState.FAILED
    assert store.submit(a_submission())
    assert job(store).error_code is None


def test_a_claim_of_an_earlier_generation_is_fenced(store: Store) -> None:
    store.submit(a_submission())
    old = claimed(store)
    store.fail(old, "bad_voice_sample", "silent", retryable=False)
    store.submit(a_submission())
    new = claimed(store)
    assert new.step.name == old.step.name
    assert store.heartbeat(old) == "fenced"
    assert not store.renew(old)


def test_active_lectures_are_listed_oldest_first(store: Store) -> None:
    for lecture_id in (3, 1, 2):
        store.submit(a_submission(lecture_id=lecture_id))
    do_all(store, "speech")
    store.cancel(TENANT, 1)
    assert [found.id for found in store.active(TENANT)] == [3, 2]
