from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

import config
from app import bootstrap
from app.intake.output import make_output_dir
from app.jobs.notifier.notifier import Notifier
from app.jobs.store import endings
from app.jobs.store.job import JobKey, Submission
from app.jobs.store.store import Job, Store
from app.process import tree
from app.worker.worker import Worker
from config import Settings
from tests import stores
from tests.jobs.stand_ins import WORKSHOP
from tests.unit.jobs.lectures import TENANT, a_lecture_in, submission_of

SPEECH_ONLY = {"speech": 1}

SOON_SECONDS = 10.0
"""For what takes a second at most, which benchmarks/chaos measures.

Room for a slow and busy machine, and less than anything that would hide a fault: a stand-in
pauses for 60 s, a claim is lost after 30 s, a worker that is not rung looks after 60 s.
"""


def eventually(condition: Callable[[], object], seconds: float) -> float:
    """Wait until something holds; returns how long that took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - started


@dataclass
class Site:
    """A service's data and one output folder, with the workers that run on them."""

    root: Path
    settings: Settings
    store: Store
    _notifier: Notifier
    _threads: list[tuple[Worker, threading.Thread]] = field(default_factory=list)
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def submit(
        self, *texts: str, lecture_id: int = 7, tenant: str = TENANT, restart: bool = False
    ) -> Submission:
        """Submit a lecture, but notify nobody."""
        lecture = a_lecture_in(self.root, *texts, lecture_id=lecture_id)
        return self.accept(submission_of(lecture, tenant=tenant, restart=restart))

    def accept(self, submission: Submission) -> Submission:
        """Submit as the web side does, with a directory for the results."""
        assert submission.output is not None
        made = replace(submission, output_identity=make_output_dir(submission.output))
        assert self.store.submit(made)
        return made

    def notify(self) -> None:
        """Notify as the web process does after it has submitted lectures."""
        self._notifier.notify()

    def job(self, lecture_id: int = 7) -> Job:
        found = self.store.find(TENANT, lecture_id)
        assert found is not None
        return found

    def work(
        self,
        *,
        workshop: str = WORKSHOP,
        queues: dict[str, int] | None = None,
        lecture_id: int | None = None,
    ) -> None:
        """Run a worker here until every lecture, or that one, has ended."""
        Worker(
            self.settings,
            queues=queues,
            only=None if lecture_id is None else JobKey(TENANT, lecture_id),
            until_done=True,
            workshop=workshop,
        ).run()

    def start_worker(
        self, queues: dict[str, int] | None = None, *, workshop: str = WORKSHOP
    ) -> Worker:
        """Run a worker in a thread; with one slot, for speech, unless said otherwise."""
        worker = Worker(
            self.settings,
            queues=queues or SPEECH_ONLY,
            notifier=bootstrap.notifier(self.settings, self.store),
            workshop=workshop,
        )
        thread = threading.Thread(target=worker.run)
        thread.start()
        self._threads.append((worker, thread))
        return worker

    def start_worker_process(self) -> psutil.Process:
        """Run such a worker in a process that can be killed."""
        command = [sys.executable, "-m", "tests.jobs.worker_process"]
        started = subprocess.Popen(
            [*command, self.settings.model_dump_json()],
            cwd=config.ROOT,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(started)
        return psutil.Process(started.pid)

    def wait_for_steps(self, number: int, lecture_id: int = 7) -> None:
        """Wait until so many steps of a lecture are done."""
        eventually(lambda: self.job(lecture_id).steps_done >= number, 60)

    def wait_for_pause(self) -> list[psutil.Process]:
        """Wait until a fragment pauses; returns the processes that do it."""
        eventually((self.root / "paused").exists, 60)
        return self.children()

    def children(self) -> list[psutil.Process]:
        """Every process that belongs to a child of this machine's test workers."""
        owners = [record.id for record in self.store.workers()]
        return [process for owner in owners for process in tree.tagged(f"{owner}/")]

    def private_directories(self) -> set[str]:
        return bootstrap.artifacts(self.settings).owners()

    def stop_workers(self) -> None:
        """Stop those in threads."""
        while self._threads:
            worker, thread = self._threads.pop()
            worker.stop()
            thread.join()

    def close(self) -> None:
        self.stop_workers()
        self._notifier.close()
        for process in self._processes:
            process.kill()
            process.wait()
        self.store.close()


def open_site(root: Path, **jobs: Any) -> Site:
    """A site with some settings of the job store; on SQLite unless they say otherwise."""
    data = root / "data"
    chosen = {"database_url": f"sqlite:///{data / 'jobs.db'}", **jobs}
    settings = config.load(paths=config.Paths(data=data), jobs=chosen)
    store = stores.opened(settings)
    return Site(root, settings, store, bootstrap.notifier(settings, store))


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """For workers of this process."""
    monkeypatch.setattr(endings, "FIRST_PAUSE_SECONDS", 0.01)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    opened = open_site(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def site_with_short_leases(tmp_path: Path) -> Iterator[Site]:
    opened = open_site(tmp_path, lease_seconds=3.0)
    yield opened
    opened.close()


@pytest.fixture
def impatient_site(tmp_path: Path) -> Iterator[Site]:
    """Children need a second or two to start, in which they tell nothing."""
    opened = open_site(tmp_path, stall_seconds=6.0)
    yield opened
    opened.close()
