from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.disk.folder import Identity
from app.jobs.store.job import JobKey
from app.jobs.store.store import JobState, Order, Stage, Store
from tests.unit.jobs.lectures import TENANT, a_submission, claim, claimed, do_all, job


def test_nothing_is_claimed_when_nothing_is_wanted(store: Store) -> None:
    assert claim(store) is None


def test_a_claim_says_all_that_is_needed(store: Store) -> None:
    submission = a_submission("One.")
    store.submit(submission)
    store.finish(claimed(store), {})
    face = claimed(store)
    assert face.step == submission.steps[1]
    assert face.inputs == {"speech_1": submission.steps[0].input_hash}
    assert (face.tenant, face.generation, face.content) == (TENANT, 1, submission.content)


def test_a_claim_tells_where_results_go_and_how_that_folder_is_known(store: Store) -> None:
    submission = a_submission("One.")
    largest = Identity(2**64 - 1, Path("/mnt/lectures"))
    store.submit(replace(submission, output_identity=largest))
    taken = claimed(store)
    assert (taken.output, taken.output_identity) == (submission.output, largest)


def test_a_folder_of_results_that_is_not_known_is_told_as_such(store: Store) -> None:
    submission = a_submission("One.")
    store.submit(submission)
    taken = claimed(store)
    assert (taken.output, taken.output_identity) == (submission.output, None)


def test_the_last_step_needs_all_others_in_the_order_of_the_plan(store: Store) -> None:
    submission = a_submission("One.", "Two.")
    store.submit(submission)
    while (taken := claimed(store)).step.name != "final":
        store.finish(taken, {})
    assert taken.step == submission.steps[-1]


def test_a_step_is_claimed_once(store: Store) -> None:
    store.submit(a_submission("One."))
    claimed(store)
    assert claim(store) is None


def test_only_the_asked_queues_are_served(store: Store) -> None:
    store.submit(a_submission("One."))
    assert claim(store, "face", "cpu") is None
    assert claimed(store, "speech", "cpu").step.name == "speech_1"


def test_only_the_asked_lecture_is_served(store: Store) -> None:
    store.submit(a_submission(lecture_id=1))
    store.submit(a_submission(lecture_id=2))
    only = store.claim(("speech",), owner="w", lease_seconds=9, only=JobKey(TENANT, 2))
    assert only is not None
    assert only.content.id == 2


def test_every_tenant_is_served(store: Store) -> None:
    for tenant in ("one", "other"):
        store.submit(a_submission(tenant=tenant))
    assert {claimed(store).tenant, claimed(store).tenant} == {"one", "other"}


def test_a_reserved_lecture_waits_for_its_own_worker(store: Store) -> None:
    store.submit(replace(a_submission(lecture_id=1), reserved=True))
    store.submit(replace(a_submission(lecture_id=2), reserved=True))
    assert claim(store) is None
    assert store.ready() == {}
    only = store.claim(("speech",), owner="w", lease_seconds=9, only=JobKey(TENANT, 2))
    assert only is not None
    assert only.content.id == 2


def test_the_first_fragment_is_shown_before_the_second_is_spoken(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    assert do_all(store) == ["speech_1", "face_1", "speech_2", "face_2", "slide_1", "final"]


def test_speech_of_the_next_fragment_runs_while_one_is_animated(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    store.finish(claimed(store), {})
    assert claimed(store, "face").step.name == "face_1"
    assert claimed(store, "speech").step.name == "speech_2"


def test_a_short_lecture_does_not_wait_for_a_long_one(store: Store) -> None:
    store.submit(a_submission(*["Long."] * 9, lecture_id=1))
    store.submit(a_submission("Short.", lecture_id=2))
    assert [claimed(store).content.id for _ in range(3)] == [1, 2, 1]


def test_of_two_equal_lectures_the_older_is_served(store: Store) -> None:
    store.submit(a_submission(lecture_id=2))
    store.submit(a_submission(lecture_id=1))
    assert claimed(store).content.id == 2


def test_a_first_claim_starts_the_lecture(store: Store) -> None:
    store.submit(a_submission())
    claimed(store)
    assert job(store).state is JobState.RUNNING
    assert job(store).stage == Stage("speech", 1)


def test_fences_rise(store: Store) -> None:
    store.submit(a_submission())
    first = claimed(store)
    store.give_back(first)
    assert claimed(store).fence > first.fence


def test_a_holder_is_told_to_go_on(store: Store) -> None:
    store.submit(a_submission())
    assert store.heartbeat(claimed(store)) is Order.GO_ON


def test_progress_weighs_a_face_twice_its_speech(store: Store) -> None:
    store.submit(a_submission("One."))
    store.finish(claimed(store), {})
    after_speech = job(store).progress
    store.finish(claimed(store), {})
    assert job(store).progress == pytest.approx(3 * after_speech)


def test_progress_counts_the_share_of_a_running_step(store: Store) -> None:
    store.submit(a_submission("One."))
    store.progress(claimed(store), 0.5)
    assert job(store).progress == pytest.approx(0.5 * 1.0 / 3.2)


def test_a_done_lecture_is_whole(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    do_all(store)
    found = job(store)
    assert (found.progress, found.stage, found.state) == (1.0, None, JobState.DONE)
    assert found.finished is not None
    assert found.finished >= found.created


def test_reused_steps_are_counted(store: Store) -> None:
    store.submit(a_submission("One."))
    store.finish(claimed(store), {}, reused=True)
    store.finish(claimed(store), {}, reused=False)
    assert job(store).reused == 1


def test_a_lecture_is_open_until_it_ends(store: Store) -> None:
    store.submit(a_submission(lecture_id=1))
    store.submit(a_submission(lecture_id=2))
    store.cancel(TENANT, 1)
    assert (store.is_open(JobKey(TENANT, 1)), store.is_open(JobKey(TENANT, 2))) == (False, True)
    assert (store.is_open(JobKey("other", 2)), store.is_open()) == (False, True)


def test_workers_that_serve_all_do_not_wait_for_a_reserved_lecture(store: Store) -> None:
    store.submit(replace(a_submission(), reserved=True))
    assert (store.is_open(), store.is_open(JobKey(TENANT, 7))) == (False, True)
