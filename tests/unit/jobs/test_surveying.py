"""All jobs together, as an operator counts them."""

from __future__ import annotations

from sqlalchemy import update

from app.jobs.report.surveying import living_workers, survey
from app.jobs.store.job import WorkerRecord
from app.jobs.store.store import Store
from app.jobs.store.tables import worker
from tests.unit.jobs.lectures import a_submission, claimed, do_all


def test_an_empty_store_has_nothing(store: Store) -> None:
    seen = survey(store.database)
    assert (seen.jobs, dict(seen.steps), seen.waiting_seconds) == ({}, {}, 0.0)
    assert (seen.artifacts, seen.workers, seen.ended) == (0, (), ())


def test_jobs_and_their_steps_are_counted(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    claimed(store, "speech")
    store.submit(a_submission("One.", lecture_id=8))
    seen = survey(store.database)
    assert seen.jobs == {("lecture", "running"): 1, ("lecture", "queued"): 1}
    assert seen.steps == {("speech", "ready"): 2, ("speech", "running"): 1}
    assert 0 < seen.waiting_seconds < 60


def test_what_has_ended_waits_no_longer(store: Store) -> None:
    store.submit(a_submission())
    do_all(store)
    seen = survey(store.database)
    assert (dict(seen.steps), seen.waiting_seconds) == ({}, 0.0)
    assert [(each.state, each.jobs) for each in seen.ended] == [("done", 1)]
    assert seen.artifacts > 0


def test_a_worker_tells_what_it_serves_and_is_missed_when_it_is_silent(store: Store) -> None:
    store.sign_on(WorkerRecord("w", "here", 1, "now", ("cpu", "face")))
    (found,) = living_workers(store.database)
    assert found.queues == ("cpu", "face")
    with store.database.write() as connection:
        connection.execute(update(worker).values(seen=worker.c.seen - 101))
    assert living_workers(store.database) == []
