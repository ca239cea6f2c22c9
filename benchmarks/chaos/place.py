"""One service in a folder of its own, with processes that can be killed."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

import config
from app import bootstrap
from app.intake import LMS
from app.jobs.store.store import Job, JobState, Submission
from benchmarks.chaos import family
from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.workshop import LOG, Behaviour

SAMPLES = config.ROOT / "samples"

ENDS = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

OUTPUT = "processes.log"
LAST_CHARACTERS = 4000

EVERY_QUEUE: Mapping[str, int] = {"speech": 1, "face": 1, "cpu": 1}


class TooSlow(Exception):
    """Something did not happen in time; the message completes "waited N s for ..."."""


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> float:
    """Look again and again until something holds; returns how long that took, in seconds.

    Raises:
        TooSlow: It did not hold in time.
    """
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise TooSlow(f"waited {seconds:g} s for {what}")
        time.sleep(0.01)
    return time.monotonic() - started


class Place:
    """A service's data, and the processes that work on them."""

    def __init__(self, folder: Path, settings: config.Settings) -> None:
        """Creates the tables; starts nothing."""
        self.folder = folder
        self.settings = settings
        self.mark = secrets.token_hex(8)
        self.store = bootstrap.store(settings)
        self.store.migrate()
        self.notifier = bootstrap.notifier(settings, self.store)
        self.ledger = Ledger(settings.database_url)
        self.log = settings.paths.data / LOG
        self._started: list[subprocess.Popen[bytes]] = []
        self._output = (folder / OUTPUT).open("ab")

    def behave(self, behaviour: Behaviour) -> None:
        """Tell the children that start from now on how to work."""
        behaviour.put(self.settings.paths.data)

    def submit(self, submission: Submission) -> None:
        """Have a lecture made, in a directory of its own; it must not be there yet."""
        assert submission.output is not None
        submission.output.mkdir(exist_ok=True)
        assert self.store.submit(submission)
        self.notifier.notify()

    def job(self, lecture_id: int) -> Job:
        """How a lecture stands."""
        found = self.store.find(LMS, lecture_id)
        assert found is not None
        return found

    def ended(self, lecture_id: int) -> bool:
        """Whether nothing of a lecture is left to do."""
        return self.job(lecture_id).state in ENDS

    def start_worker(
        self,
        slots: Mapping[str, int] = EVERY_QUEUE,
        environment: Mapping[str, str] | None = None,
    ) -> psutil.Process:
        """Run a worker with stand-ins.

        Args:
            slots: How many steps of each queue at a time.
            environment: Variables besides the suite's own.
        """
        command = [sys.executable, "-m", "benchmarks.chaos.worker"]
        arguments = [self.settings.model_dump_json(), json.dumps(dict(slots))]
        return self.start(command + arguments, environment)

    def worker_id(self, process: psutil.Process) -> str | None:
        """Id of a worker; ``None`` until it has signed on."""
        found = [record.id for record in self.store.workers() if record.pid == process.pid]
        return found[0] if found else None

    def start(
        self, command: list[str], environment: Mapping[str, str] | None = None
    ) -> psutil.Process:
        """Run a program that carries the place's mark."""
        started = subprocess.Popen(
            command,
            cwd=config.ROOT,
            env={**os.environ, **(environment or {}), family.MARK: self.mark},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
        )
        self._started.append(started)
        return psutil.Process(started.pid)

    def environment(self) -> dict[str, str]:
        """The settings, for a program that reads them from its environment."""
        sections = self.settings.model_dump(mode="json", exclude_unset=True)
        return {
            f"VIDEOLECTURE_{section.upper()}__{key.upper()}": (
                value if isinstance(value, str) else json.dumps(value)
            )
            for section, values in sections.items()
            for key, value in values.items()
        }

    def last_lines(self) -> str:
        """What its processes said last, for whoever has to find out why."""
        return self.output()[-LAST_CHARACTERS:]

    def output(self) -> str:
        """What its processes have said."""
        return (self.folder / OUTPUT).read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End every process that was started here, and all that they started."""
        family.sweep(self.mark)
        for process in self._started:
            process.wait()
        self.ledger.close()
        self.notifier.close()
        self.store.close()
        self._output.close()


@contextmanager
def place_in(folder: Path, *, database_url: str | None = None, **jobs: object) -> Iterator[Place]:
    """A place that is closed at the end, whatever happens.

    Args:
        folder: Empty; the place's own.
        database_url: A SQLite file in the folder when not given.
        jobs: Other settings of the section ``jobs``.
    """
    data = folder / "data"
    settings = config.load(
        paths={"data": data, "logs": folder / "logs", "roots": [str(folder), str(SAMPLES)]},
        jobs={"database_url": database_url or f"sqlite:///{data / 'jobs.db'}", **jobs},
    )
    place = Place(folder, settings)
    try:
        yield place
    except BaseException:
        sys.stderr.write(place.last_lines())
        raise
    finally:
        place.close()
