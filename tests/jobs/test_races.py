"""Several processes on one database at the same moment."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import JobConflict
from app.jobs.store.portions import PORTION
from app.jobs.store.store import JobState, Store, Submission
from tests.services.postgresql import PostgreSQL
from tests.unit.jobs.lectures import TENANT, a_submission, claim

pytestmark = pytest.mark.slow

PROCESSES = 3


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jobs.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.empty_database()


@contextmanager
def _migrated(url: str) -> Iterator[Store]:
    store = Store(url)
    store.migrate()
    yield store
    store.close()


def _migrate(url: str) -> None:
    with _migrated(url) as store:
        assert store.active(TENANT) == []


def _submit_many(url: str) -> list[int]:
    with _migrated(url) as store:
        return [lecture for lecture in range(40) if store.submit(a_submission(lecture_id=lecture))]


def _submit_long_ones(url: str) -> list[int]:
    with _migrated(url) as store:
        return [lecture for lecture in range(8) if store.submit(_long(lecture))]


def _long(lecture_id: int) -> Submission:
    """Of more steps than one transaction writes."""
    return a_submission(*["Words."] * (PORTION // 2 + 10), lecture_id=lecture_id)


def _submit_and_cancel(url: str, seed: int) -> None:
    chosen = random.Random(seed)
    with _migrated(url) as store:
        for _ in range(12):
            with contextlib.suppress(JobConflict):
                store.submit(_long(chosen.randrange(2)))
            store.cancel(TENANT, chosen.choice([0, 1, None]))
            store.reap()


def _do_many(url: str, owner: str) -> list[tuple[int, str]]:
    done = []
    with _migrated(url) as store:
        while (taken := claim(store, owner=owner)) is not None:
            if store.finish(taken, {}) == "go_on":
                done.append((taken.content.id, taken.step.name))
    return done


def test_any_number_of_processes_may_migrate_a_new_database(url: str) -> None:
    with _pool() as pool:
        for _ in pool.map(_migrate, [url] * (2 * PROCESSES)):
            pass


def test_a_lecture_submitted_everywhere_at_once_is_started_once(url: str) -> None:
    _migrate(url)
    with _pool() as pool:
        started = Counter(
            lecture
            for lectures in pool.map(_submit_many, [url] * PROCESSES)
            for lecture in lectures
        )
    assert started == dict.fromkeys(range(40), 1)


def test_a_long_lecture_submitted_everywhere_at_once_is_started_once(url: str) -> None:
    _migrate(url)
    with _pool() as pool:
        started = Counter(
            lecture
            for lectures in pool.map(_submit_long_ones, [url] * PROCESSES)
            for lecture in lectures
        )
    assert started == dict.fromkeys(range(8), 1)


def test_long_lectures_submitted_and_cancelled_everywhere_at_once_are_whole(url: str) -> None:
    _migrate(url)
    with _pool() as pool:
        for _ in pool.map(_submit_and_cancel, [url] * PROCESSES, range(PROCESSES)):
            pass
    with _migrated(url) as store:
        store.cancel(TENANT)
        for lecture in range(2):
            store.submit(_long(lecture))
            found = store.find(TENANT, lecture)
            assert found is not None
            assert (found.state, found.steps_total) == (JobState.QUEUED, len(_long(0).steps))


def test_a_step_wanted_everywhere_at_once_is_done_once(url: str) -> None:
    with _migrated(url) as store:
        for lecture in range(10):
            store.submit(a_submission("One.", "Two.", lecture_id=lecture))
        with _pool() as pool:
            owners = [f"worker {number}" for number in range(PROCESSES)]
            done = Counter(
                step for steps in pool.map(_do_many, [url] * PROCESSES, owners) for step in steps
            )
        _do_many(url, "the last")
        jobs = [store.find(TENANT, lecture) for lecture in range(10)]
    assert set(done.values()) == {1}
    assert all(job is not None and job.state is JobState.DONE for job in jobs)
