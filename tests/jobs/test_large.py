"""The largest lecture that is accepted: what it costs the others who use the database."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs.store.job import Submission
from app.jobs.store.store import JobState, Store
from benchmarks.chaos import lectures
from benchmarks.large import FRAGMENTS, SLIDES, Locks, timed_locks
from tests.services.postgresql import PostgreSQL
from tests.unit.jobs.conftest import BOTH
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, job

pytestmark = pytest.mark.slow

LOCK_CPU_SECONDS = 0.05
"""Of one transaction: five times what it takes, so that it fails when the work grows."""

REPORT_CPU_SECONDS = 0.4
"""Of a report, on SQLite with what its queries take: three times that."""

SOON_SECONDS = 5.0
"""For what takes a tenth of a second where nobody else works."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Submission:
    lecture = lectures.lecture_in(
        tmp_path_factory.mktemp("large"), lecture_id=7, slides=SLIDES, fragments=FRAGMENTS // SLIDES
    )
    return replace(lectures.submission_of(lecture), tenant=TENANT)


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.empty_database()
    opened = Store(url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def locks() -> Iterator[Locks]:
    """Without the times in which Python looks through all objects of the tests before."""
    gc.disable()
    with timed_locks() as timed:
        yield timed
    gc.enable()


def cpu_seconds(act: Callable[[], object]) -> float:
    """The least of three."""
    times = []
    for _ in range(3):
        begun = time.thread_time()
        assert act() is not None
        times.append(time.thread_time() - begun)
    return min(times)


def test_no_transaction_of_it_takes_long(store: Store, large: Submission, locks: Locks) -> None:
    assert store.submit(large)
    for _ in range(3):
        store.finish(claimed(store), {})
    assert store.cancel(TENANT, 7) == [7]
    assert job(store).state is JobState.CANCELLED
    assert store.submit(large)
    assert (job(store).state, job(store).steps_total) == (JobState.QUEUED, len(large.steps))
    assert max(locks.cpu_seconds) < LOCK_CPU_SECONDS


def test_others_are_cancelled_meanwhile(store: Store, large: Submission) -> None:
    submitting = threading.Thread(target=store.submit, args=(large,))
    submitting.start()
    waits = []
    while submitting.is_alive():
        store.submit(a_submission(lecture_id=1))
        begun = time.monotonic()
        assert store.cancel(TENANT, 1) == [1]
        waits.append(time.monotonic() - begun)
    assert len(waits) > 1
    assert max(waits) < SOON_SECONDS
    assert job(store).state is JobState.QUEUED


def test_its_status_is_told_without_a_look_at_each_step(store: Store, large: Submission) -> None:
    store.submit(large)
    for kind in ("speech", "face"):
        store.finish(claimed(store, kind), {})
    for after in (None, 0):
        assert cpu_seconds(lambda: store.report(TENANT, 7, after)) < REPORT_CPU_SECONDS  # noqa: B023
    found = store.report(TENANT, 7, 0)
    assert found is not None
    assert found.eta_seconds is not None
    assert found.pages > 20
    assert sum(len(slide.fragments) for slide in found.slides) < FRAGMENTS / 20
