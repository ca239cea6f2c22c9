"""Workers on PostgreSQL, which look for work by themselves."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.errors import ConfigError, StoreUnavailable
from app.jobs.store.database import Database
from app.jobs.store.store import JobState, Store
from app.jobs.store.transitions import lock
from app.steps import lecture_of
from tests.jobs.conftest import SOON_SECONDS, SPEECH_ONLY, Site, eventually, open_site
from tests.jobs.simulated import WORKSHOP, workers_that_worked
from tests.services.postgresql import PostgreSQL
from tests.unit.jobs.lectures import TENANT, claimed

pytestmark = pytest.mark.slow

ALL = {"speech": 1, "face": 1, "cpu": 1}
FRAGMENTS = [f"{number}." for number in range(12)]


@pytest.fixture
def site(tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Site]:
    opened = open_site(tmp_path, database_url=postgresql.database(), lease_seconds=3.0)
    yield opened
    opened.close()


def test_two_workers_share_a_lecture(site: Site) -> None:
    for _ in range(2):
        site.start_worker(ALL, workshop=WORKSHOP)
    site.submit(*FRAGMENTS)
    eventually(lambda: site.job().state is JobState.DONE, 60)
    assert len(workers_that_worked(site.root)) == 2
    assert site.job().steps_done == 26


def test_a_lecture_goes_on_when_the_database_restarts(site: Site, postgresql: PostgreSQL) -> None:
    site.start_worker(ALL, workshop=WORKSHOP)
    site.submit(*FRAGMENTS)
    site.wait_for_steps(4)
    postgresql.restart()
    eventually(lambda: site.job().state is JobState.DONE, 60)


def test_another_worker_goes_on_where_a_killed_one_stopped(site: Site) -> None:
    site.submit("One.", "PAUSE.")
    killed = site.start_worker_process()
    site.wait_for_pause()
    killed.kill()
    site.start_worker(SPEECH_ONLY)
    eventually(lambda: site.job().steps_done == 2, 20)


def test_a_worker_that_stalls_past_its_lease_is_fenced(site: Site) -> None:
    submission = site.submit("PAUSE.")
    stalled = site.start_worker_process()
    children = site.wait_for_pause()
    stalled.suspend()
    site.start_worker(SPEECH_ONLY)
    site.wait_for_steps(1)
    made = lecture_of(submission.content).audio_path(1).stat().st_mtime_ns
    stalled.resume()
    eventually(lambda: not any(each.is_running() for each in children), SOON_SECONDS)
    assert lecture_of(submission.content).audio_path(1).stat().st_mtime_ns == made


def test_a_running_step_is_cancelled_within_a_second(site: Site) -> None:
    site.submit("PAUSE.")
    site.start_worker()
    children = site.wait_for_pause()
    site.store.cancel(TENANT, 7)
    eventually(lambda: not any(each.is_running() for each in children), SOON_SECONDS)
    eventually(lambda: site.job().state is JobState.CANCELLED, SOON_SECONDS)


def test_a_worker_told_to_stop_gives_its_step_back(site: Site) -> None:
    site.submit("PAUSE.")
    worker = site.start_worker_process()
    site.wait_for_pause()
    worker.send_signal(signal.SIGTERM)
    worker.wait(timeout=SOON_SECONDS)
    assert (site.job().state, site.job().stage) == (JobState.RUNNING, None)


def test_a_claim_takes_another_lecture_rather_than_wait_for_a_locked_one(site: Site) -> None:
    site.submit("One.", lecture_id=1)
    site.submit("Two.", lecture_id=2)
    with closing(Database(site.settings.database_url)) as other, other.write() as connection:
        lock(connection, TENANT, 1)
        assert claimed(site.store).content.id == 2


def test_a_claim_waits_when_every_lecture_is_locked(site: Site) -> None:
    site.submit("One.")
    database = Database(site.settings.database_url)
    with closing(database) as other, ThreadPoolExecutor(1) as pool:
        with other.write() as connection:
            lock(connection, TENANT, 7)
            waiting = pool.submit(claimed, site.store)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
        assert waiting.result(SOON_SECONDS).step.name == "speech_1"


def test_a_worker_that_stalls_in_a_transaction_does_not_keep_its_lecture_locked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.store.connections.STALL_SECONDS", 1)
    stalled = Store(site.settings.database_url)
    site.submit("One.")
    taken = claimed(stalled)
    inside, over = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        assert over.wait(20)

    def stall() -> None:
        with pytest.raises(StoreUnavailable):
            stalled.finish(taken, {}, publish=wait)

    thread = threading.Thread(target=stall)
    thread.start()
    assert inside.wait(20)
    assert site.store.cancel(TENANT, 7) == [7]
    over.set()
    thread.join()
    stalled.close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://nobody@127.0.0.1/jobs", "neither sqlite nor postgresql"),
        ("postgresql+pg8000://nobody@127.0.0.1/jobs", "pg8000"),
        ("jobs.db", "jobs.database_url"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(url: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        Database(url)


def test_the_password_of_the_database_is_not_in_the_error() -> None:
    url = make_url("mysql://nobody:secret@127.0.0.1/jobs").render_as_string(hide_password=False)
    with pytest.raises(ConfigError) as error:
        Database(url)
    assert "secret" not in str(error.value)
