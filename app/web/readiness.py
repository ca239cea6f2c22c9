"""Whether the service can work: what it needs, and whether that is there."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.bootstrap import Services
from app.engines import configured
from app.engines.card import Kind
from app.errors import LectureError
from app.jobs.report.surveying import living_workers
from app.jobs.store.job import WorkerRecord
from app.steps import Queue
from app.web.probe import Probe
from config import Settings

PATIENCE_SECONDS = 2.0
"""What all checks together get."""

GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the service needs."""

    name: str
    ok: bool
    says: str


class Readiness:
    """Looks into what the service needs, for any number of threads."""

    def __init__(self, services: Services) -> None:
        """Looks at nothing yet."""
        settings, database = services.settings, services.store.database
        self._settings = settings
        self._workers = Probe(lambda: living_workers(database))
        self._free = Probe(lambda: shutil.disk_usage(settings.paths.data).free)
        self._engines = Probe(lambda: list(_engines(settings)), fresh_seconds=10.0)

    def checks(self, seconds: float = PATIENCE_SECONDS) -> list[Check]:
        """Everything, within that time: what has not answered is not well."""
        until = time.monotonic() + seconds
        return [
            *_within(until, "database", lambda left: _database(self._workers.answer(left))),
            *_within(until, "disk", lambda left: [self._disk(self._free.answer(left))]),
            *_within(until, "engines", self._engines.answer),
        ]

    def _disk(self, free: int) -> Check:
        bound = self._settings.storage.min_free_gigabytes
        told = f"{free / GIGABYTE:.1f} GB are free in the data folder"
        if free < bound * GIGABYTE:
            told += f", less than storage.min_free_gigabytes, {bound:g}"
            return Check("disk", False, told)
        return Check("disk", True, told)


def _within(until: float, name: str, look: Callable[[float], Iterable[Check]]) -> Iterator[Check]:
    try:
        yield from look(max(0.0, until - time.monotonic()))
    except TimeoutError:
        yield Check(name, False, "has not answered in time")
    except LectureError as error:
        yield Check(name, False, error.code)  # the message names the database
    except OSError as error:
        yield Check(name, False, error.strerror or "cannot be looked at")


def _database(workers: Iterable[WorkerRecord]) -> Iterator[Check]:
    """That it answers, and what it knows of the workers."""
    yield Check("database", True, "answers")
    living = list(workers)
    told = f"{len(living)} have given a sign of life lately"
    yield Check("workers", bool(living), told if living else "none has given a sign of life lately")
    if not all(worker.queues for worker in living):
        return  # one of an older version does not say what it serves
    for queue in Queue:
        served = sum(queue in worker.queues for worker in living)
        says = f"{served} workers serve it" if served else "no worker serves it"
        yield Check(f"queue {queue}", bool(served), says)


def _engines(settings: Settings) -> Iterator[Check]:
    if not settings.server.check_engines:
        yield Check("engines", True, "are the workers' business (server.check_engines)")
        return
    lacks = _lacking(settings, "face", settings.face.engine)
    yield Check("face engine", not lacks, lacks or f"{settings.face.engine} can run")
    dumb = {}
    for language, names in sorted(settings.speech.order.items()):
        reasons = [_lacking(settings, "speech", name) for name in names]
        if all(reasons):
            dumb[language] = reasons[0] if reasons else "none is named"
    told = "; ".join(f"{language}: {reason}" for language, reason in dumb.items())
    yield Check("speech engines", not dumb, told or "one of each order of preference can run")


def _lacking(settings: Settings, kind: Kind, name: str) -> str:
    try:
        return configured.lacking(settings, kind, name)
    except LectureError as error:
        return str(error)
