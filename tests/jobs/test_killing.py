"""Cancelling, killing and stopping, with real processes."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from functools import partial

import psutil
import pytest
from sqlalchemy import func, make_url, select

from app.jobs.store.database import Database
from app.jobs.store.store import JobState
from app.jobs.store.tables import step
from app.steps import lecture_of
from app.worker.worker import Worker
from tests.jobs.conftest import SOON_SECONDS, SPEECH_ONLY, Site, eventually
from tests.process.family import gone, runs
from tests.unit.jobs.lectures import TENANT

pytestmark = pytest.mark.slow


def _stall(worker: psutil.Process, site: Site) -> None:
    """Suspend a worker, but not inside a transaction: SQLite would make everybody wait for it."""
    database = make_url(site.settings.database_url).database
    assert database is not None
    for _ in range(100):
        worker.suspend()
        try:
            with closing(sqlite3.connect(database, timeout=0.1, isolation_level=None)) as probe:
                probe.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            worker.resume()
            time.sleep(0.05)
        else:
            return
    pytest.fail("the worker is always inside a transaction")


def test_a_polite_child_stops_and_is_warm_for_the_next_step(site: Site) -> None:
    site.start_worker()
    site.submit("One.", lecture_id=1)
    site.wait_for_steps(1, lecture_id=1)
    warm = site.children()
    site.submit("WAIT.", lecture_id=2)
    eventually(lambda: site.job(2).state is JobState.RUNNING, SOON_SECONDS)
    site.store.cancel(TENANT, 2)
    eventually(lambda: site.job(2).state is JobState.CANCELLED, SOON_SECONDS)
    site.submit("Three.", lecture_id=3)
    site.wait_for_steps(1, lecture_id=3)
    assert site.children() == warm != []


def test_a_deaf_child_is_gone_within_a_second_of_the_cancellation(site: Site) -> None:
    submission = site.submit("PAUSE.")
    site.start_worker()
    children = site.wait_for_pause()
    assert len(children) == 2
    site.store.cancel(TENANT, 7)
    assert site.job().state is JobState.CANCELLING
    eventually(lambda: gone(children), SOON_SECONDS)
    eventually(lambda: site.job().state is JobState.CANCELLED, SOON_SECONDS)
    eventually(lambda: site.private_directories() == set(), SOON_SECONDS)
    assert not lecture_of(submission.content).audio_path(1).exists()


def test_processes_that_left_the_family_are_gone_too(site: Site) -> None:
    site.submit("BROOD.")
    site.start_worker()
    # Reaper, child, what that started, and the grandchild that forked itself away.
    eventually(lambda: len(site.children()) == 4, 20)
    brood = site.children()
    site.store.cancel(TENANT, 7)
    eventually(lambda: gone(brood), SOON_SECONDS)


def test_a_cancelled_lecture_goes_on_where_it_stopped(site: Site) -> None:
    site.submit("One.", "PAUSE.")
    site.start_worker()
    site.wait_for_pause()
    site.store.cancel(TENANT, 7)
    eventually(lambda: site.job().state is JobState.CANCELLED, SOON_SECONDS)
    site.submit("One.", "PAUSE.")
    site.wait_for_steps(2)
    assert site.job().reused == 1


@pytest.mark.parametrize("which", [0, 1], ids=["reaper", "engine"])
def test_a_step_runs_again_after_its_process_was_killed(site: Site, which: int) -> None:
    site.submit("PAUSE.")
    site.start_worker()
    children = sorted(site.wait_for_pause(), key=lambda process: process.create_time())
    children[which].kill()
    eventually(lambda: gone(children), SOON_SECONDS)
    site.wait_for_steps(1)


def test_nothing_outlives_a_killed_worker_and_the_next_one_goes_on(site: Site) -> None:
    site.submit("PAUSE.")
    worker = site.start_worker_process()
    children = site.wait_for_pause()
    worker.kill()
    eventually(lambda: gone(children), SOON_SECONDS)
    site.start_worker()
    # Long before the lease of 30 s is over.
    eventually(lambda: site.job().steps_done == 1, SOON_SECONDS)


def test_a_child_that_cannot_notice_ends_with_its_worker(site: Site) -> None:
    site.submit("GRIP.")
    worker = site.start_worker_process()
    children = site.wait_for_pause()
    worker.kill()
    eventually(lambda: gone(children), SOON_SECONDS)


def test_a_child_that_cannot_listen_is_cancelled(site: Site) -> None:
    site.submit("GRIP.")
    site.start_worker()
    children = site.wait_for_pause()
    site.store.cancel(TENANT, 7)
    eventually(lambda: gone(children), SOON_SECONDS)


def test_the_brood_of_a_killed_worker_is_gone(site: Site) -> None:
    site.submit("BROOD.")
    worker = site.start_worker_process()
    eventually(lambda: len(site.children()) == 4, 20)
    brood = site.children()
    worker.kill()
    eventually(lambda: gone(brood), SOON_SECONDS)


def test_the_brood_of_a_killed_worker_and_reaper_is_gone_after_the_next_start(site: Site) -> None:
    site.submit("BROOD.")
    worker = site.start_worker_process()
    eventually(lambda: len(site.children()) == 4, 20)
    brood = sorted(site.children(), key=lambda process: process.create_time())
    brood[0].suspend()
    worker.kill()
    brood[0].kill()
    site.store.cancel(TENANT, 7)
    site.work(queues=SPEECH_ONLY)
    assert gone(brood)
    assert site.job().state is JobState.CANCELLED


def test_a_worker_told_to_stop_gives_its_step_back(site: Site) -> None:
    site.submit("PAUSE.")
    worker = site.start_worker_process()
    children = site.wait_for_pause()
    worker.send_signal(signal.SIGTERM)
    worker.wait(timeout=SOON_SECONDS)
    assert gone(children)
    assert (site.job().state, site.job().stage) == (JobState.RUNNING, None)
    assert site.private_directories() == set()
    site.start_worker()
    site.wait_for_steps(1)


def test_a_worker_that_stalls_past_its_lease_is_fenced(site_with_short_leases: Site) -> None:
    site = site_with_short_leases
    submission = site.submit("PAUSE.")
    stalled = site.start_worker_process()
    children = site.wait_for_pause()
    _stall(stalled, site)
    site.start_worker()
    site.wait_for_steps(1)
    made = lecture_of(submission.content).audio_path(1).stat().st_mtime_ns
    stalled.resume()
    eventually(lambda: gone(children), SOON_SECONDS)
    assert stalled.is_running()
    assert lecture_of(submission.content).audio_path(1).stat().st_mtime_ns == made


def test_a_long_step_keeps_its_lease(site_with_short_leases: Site) -> None:
    site = site_with_short_leases
    site.submit("PAUSE.")
    site.start_worker()
    children = site.wait_for_pause()
    for _ in range(4):  # a third of the lease each
        eventually(partial(_renewed, site, _lease_until(site)), 20)
    assert site.store.reap() == 0
    assert all(runs(process) for process in children)


def _renewed(site: Site, before: float) -> bool:
    return _lease_until(site) > before


def _lease_until(site: Site) -> float:
    """When the lease of the running step ends, by the database's clock."""
    database = Database(site.settings.database_url)
    with closing(database), database.read() as connection:
        found: float = connection.execute(select(func.max(step.c.lease_until))).scalar_one()
    return found


def test_a_worker_told_to_stop_before_it_starts_does_nothing(site: Site) -> None:
    site.submit("One.")
    worker = Worker(site.settings, queues=SPEECH_ONLY)
    worker.stop()
    worker.run()
    worker.stop()
    assert site.job().steps_done == 0


def test_a_step_that_gives_no_sign_of_life_is_stopped_and_tried_again(
    impatient_site: Site,
) -> None:
    impatient_site.submit("PAUSE.")
    impatient_site.start_worker()
    children = impatient_site.wait_for_pause()
    impatient_site.wait_for_steps(1)
    assert gone(children)


def test_a_step_that_tells_its_progress_is_not_stopped(impatient_site: Site) -> None:
    (impatient_site.root / "slow").touch()
    impatient_site.submit("One.")
    impatient_site.start_worker(queues={"speech": 1, "face": 1})
    eventually(lambda: impatient_site.job().progress > 0.5, 20)
    children = impatient_site.children()
    time.sleep(impatient_site.settings.jobs.stall_seconds + 1.0)
    assert impatient_site.children() == children
    (impatient_site.root / "slow").unlink()
    impatient_site.wait_for_steps(2)
