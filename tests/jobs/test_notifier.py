"""Workers that are notified through real brokers; the engines are simulated."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

import config
from app.intake import LMS
from app.jobs.notifier.broker import TASK, celery_app
from app.jobs.notifier.notifier import QUEUES
from app.jobs.store import endings
from app.jobs.store.database import Database
from app.jobs.store.store import JobState
from tests.jobs.conftest import SOON_SECONDS, Site, eventually, open_site
from tests.jobs.simulated import WORKSHOP, workers_that_worked
from tests.services.brokers import Broker

pytestmark = pytest.mark.slow

ALL = {"speech": 1, "face": 1, "cpu": 1}
START_SECONDS = 20.0
SWEEP_SECONDS = 1.0
FRAGMENTS = [f"{number}." for number in range(12)]

DONE_TWICE = """
    SELECT step FROM event WHERE step IS NOT NULL AND kind = 'done'
    GROUP BY job_id, generation, step HAVING count(*) > 1
"""


@pytest.fixture(params=["redis", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> Broker:
    found: Broker = request.getfixturevalue(request.param)
    found.purge()
    return found


@pytest.fixture
def site(tmp_path: Path, broker: Broker) -> Iterator[Site]:
    """Workers look by themselves every second."""
    opened = open_site(
        tmp_path, dispatch="celery", broker_url=broker.url, sweep_seconds=SWEEP_SECONDS
    )
    yield opened
    opened.close()


@pytest.fixture
def patient_site(tmp_path: Path, broker: Broker) -> Iterator[Site]:
    """Workers that nobody notifies do not look in time."""
    opened = open_site(tmp_path, dispatch="celery", broker_url=broker.url, sweep_seconds=60.0)
    yield opened
    opened.close()


def _is_done(site: Site, lecture_id: int = 7, tenant: str | None = None) -> bool:
    job = site.store.find(tenant, lecture_id) if tenant else site.job(lecture_id)
    assert job is not None
    return job.state is JobState.DONE


def _idle(site: Site) -> None:
    """Give the slots of workers that were just started time to look once and listen."""
    eventually(site.store.workers, START_SECONDS)
    time.sleep(0.5)


@contextmanager
def _storm(broker: Broker) -> Iterator[None]:
    """Notifications of every queue, in any order, whether there is anything or not."""
    over = threading.Event()
    order = random.Random(7)
    app = celery_app(broker.url)

    def send() -> None:
        while not over.wait(0.01):
            for queue in order.choices(QUEUES, k=2):
                app.send_task(TASK, queue=queue)

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        app.close()


def test_a_notification_wakes_an_idle_worker_at_once(patient_site: Site) -> None:
    site = patient_site
    site.start_worker(ALL, workshop=WORKSHOP)
    _idle(site)
    site.submit("One.")
    site.notify()
    eventually(lambda: site.job().state is JobState.RUNNING, SOON_SECONDS)


def test_each_step_wakes_the_worker_that_does_the_next(patient_site: Site) -> None:
    site = patient_site
    for queue in QUEUES:
        site.start_worker({queue: 1}, workshop=WORKSHOP)
    _idle(site)
    site.submit("One.", "Two.")
    site.notify()
    eventually(lambda: _is_done(site), 30)


def test_a_long_lecture_wakes_every_idle_worker(patient_site: Site) -> None:
    site = patient_site
    for _ in range(4):
        site.start_worker({"speech": 1}, workshop=WORKSHOP)
    _idle(site)
    site.submit(*[f"{number}." for number in range(40)])
    site.notify()
    eventually(lambda: len(workers_that_worked(site.root)) == 4, 30)


def test_not_more_notifications_lie_in_a_queue_than_twice_the_slots(
    patient_site: Site, broker: Broker
) -> None:
    site = patient_site
    for lecture_id in range(5):
        site.submit(*FRAGMENTS, lecture_id=lecture_id)
        site.notify()
    assert broker.lying("speech") == 2
    assert broker.lying("face") == 0


def test_notifications_in_any_number_and_order_do_nothing_twice(site: Site, broker: Broker) -> None:
    site.submit(*FRAGMENTS)
    with _storm(broker):
        for _ in range(2):
            site.start_worker(ALL, workshop=WORKSHOP)
        eventually(lambda: _is_done(site), 60)
    database = Database(site.settings.database_url)
    with database.read() as connection:
        assert connection.execute(text(DONE_TWICE)).all() == []
    database.close()
    assert site.job().steps_done == site.job().steps_total == 26


def test_a_lecture_whose_notifications_were_lost_is_done(site: Site, broker: Broker) -> None:
    for queue in QUEUES:
        site.start_worker({queue: 1}, workshop=WORKSHOP)
    _idle(site)
    site.submit("One.")
    stop = threading.Event()

    def lose() -> None:
        while not stop.wait(0.02):
            broker.purge()

    thief = threading.Thread(target=lose)
    thief.start()
    try:
        eventually(lambda: _is_done(site), SWEEP_SECONDS + START_SECONDS)
    finally:
        stop.set()
        thief.join()


def test_a_step_is_tried_again_after_its_pause_though_nobody_rings_then(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "FIRST_PAUSE_SECONDS", 0.3)
    site.start_worker()
    site.submit("STUMBLE.")
    site.notify()
    # Pauses of 0.3 s and 1.2 s, each followed by a look within a second.
    seconds = START_SECONDS + 1.5 + 2 * SWEEP_SECONDS
    eventually(lambda: site.job().state is JobState.FAILED, seconds)
    assert site.job().error_code == "engine_failed"


def test_a_lecture_goes_on_while_the_broker_restarts(site: Site, broker: Broker) -> None:
    for queue in QUEUES:
        site.start_worker({queue: 1}, workshop=WORKSHOP)
    site.submit(*FRAGMENTS)
    site.wait_for_steps(4)
    broker.server.stop()
    try:
        done = site.job().steps_done
        site.wait_for_steps(done + 4)
    finally:
        broker.server.start()
    eventually(lambda: _is_done(site), 30)
    app = celery_app(broker.url)
    with app.connection_for_write() as connection:
        for queue in QUEUES:
            app.send_task(TASK, queue=queue, connection=connection)
    # Somebody listens again.
    eventually(lambda: not any(broker.lying(queue) for queue in QUEUES), SOON_SECONDS)


def test_the_first_notification_after_a_restart_of_the_broker_arrives(
    patient_site: Site, broker: Broker
) -> None:
    site = patient_site
    site.submit("One.", "Two.")
    site.notify()
    broker.server.stop()
    broker.server.start()
    broker.purge()
    site.notify()
    assert broker.lying("speech") == 2


def test_a_busy_worker_leaves_the_notifications_to_others(
    patient_site: Site, broker: Broker
) -> None:
    site = patient_site
    site.start_worker({"speech": 1})
    _idle(site)
    site.submit("PAUSE.")
    site.notify()
    site.wait_for_pause()
    site.submit("Two.", lecture_id=8)
    site.notify()
    time.sleep(0.5)
    assert broker.lying("speech") == 1
    site.start_worker({"speech": 1})
    site.wait_for_steps(1, lecture_id=8)
    site.store.cancel("school")


@pytest.mark.parametrize("pool", ["threads", "solo"])
def test_celerys_own_worker_does_steps(patient_site: Site, broker: Broker, pool: str) -> None:
    site = patient_site
    with _celery(site, "-Q", "speech", "-P", pool) as worker:
        eventually(site.store.workers, 20)
        time.sleep(1.0)
        site.submit("One.", "Two.", tenant=LMS)
        site.notify()
        eventually(lambda: broker.lying("speech") == 0, SOON_SECONDS)
        eventually(lambda: _steps_done(site) == 2, 30)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert site.store.workers() == []


def test_celerys_own_worker_gives_its_step_back_when_told_to_stop(patient_site: Site) -> None:
    site = patient_site
    with _celery(site, "-Q", "speech", application="tests.jobs.celery_pausing") as worker:
        site.submit("PAUSE.", tenant=LMS)
        children = site.wait_for_pause()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert not any(each.is_running() for each in children)
    job = site.store.find(LMS, 7)
    assert job is not None
    assert (job.state, job.stage) == (JobState.RUNNING, None)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("-Q", "speech,face"), "one queue per Celery worker"),
        (("-Q", "speech", "-P", "processes"), "need one of solo, threads"),
        (("-Q", "speach"), "speach"),
    ],
)
def test_a_celery_worker_that_cannot_work_says_why(
    patient_site: Site, arguments: tuple[str, ...], why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with _celery(patient_site, *arguments) as worker:
        assert worker.wait(20) != 0
    assert why in capfd.readouterr().err


def _steps_done(site: Site) -> int:
    job = site.store.find(LMS, 7)
    assert job is not None
    return job.steps_done


@contextmanager
def _celery(
    site: Site, *arguments: str, application: str = "tests.jobs.celery_worker"
) -> Iterator[psutil.Popen]:
    jobs = site.settings.jobs
    environment = os.environ | {
        "VIDEOLECTURE_PATHS__DATA": str(site.settings.paths.data),
        "VIDEOLECTURE_JOBS__DATABASE_URL": site.settings.database_url,
        "VIDEOLECTURE_JOBS__BROKER_URL": jobs.broker_url,
        "VIDEOLECTURE_JOBS__DISPATCH": "celery",
        "VIDEOLECTURE_JOBS__SWEEP_SECONDS": str(jobs.sweep_seconds),
    }
    command = [sys.executable, "-m", "celery", "-A", application, "worker", "-c", "1"]
    process = psutil.Popen(
        [*command, "--without-gossip", "--without-mingle", "-l", "WARNING", *arguments],
        cwd=config.ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
