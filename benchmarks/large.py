"""The largest lecture in the job store: how long others wait for the database meanwhile.

The store and its database are the real ones, SQLite on this machine's disk and PostgreSQL where
it is installed; no step is done, and of the lecture that is nearly done the rows are written
as if they had been.
"""

from __future__ import annotations

import functools
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from sqlalchemy import Connection, insert, select, update

from app.intake import LMS
from app.jobs.store.database import Database
from app.jobs.store.job import StepState, Submission
from app.jobs.store.store import Store
from app.jobs.store.tables import Now, Ticks, event, step
from benchmarks.chaos.findings import Findings, skipped
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.servers import NotInstalled, Servers

SLIDES = 2000
FRAGMENTS = 10_000
"""The bounds of a lecture, by default; together 22,001 steps."""

STEPS_DONE = 60
"""At the beginning and at the end of the lecture, timed one by one."""

PAUSE_SECONDS = 0.02
"""Of somebody else who submits and cancels all the time."""

OTHER, LARGE = 1, 7


@dataclass
class Locks:
    """How long the transactions that write take, from the lock to the commit."""

    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    """Of the thread: what they would take on a core that nobody else uses, but for the disk."""

    def clear(self) -> None:
        """Forget those that have been."""
        self.seconds, self.cpu_seconds = [], []


@contextmanager
def timed_locks() -> Iterator[Locks]:
    """Time every transaction of this process that writes."""
    locks = Locks()
    original = Database.write

    @contextmanager
    def write(self: Database) -> Iterator[Connection]:
        with original(self) as connection:
            begun, worked = time.perf_counter(), time.thread_time()
            yield connection
        locks.seconds.append(time.perf_counter() - begun)
        locks.cpu_seconds.append(time.thread_time() - worked)

    with mock.patch.object(Database, "write", write):
        yield locks


def measure() -> Iterator[dict[str, object]]:
    """On SQLite, then on PostgreSQL."""
    with tempfile.TemporaryDirectory() as name, Servers() as servers:
        large = submission_of(
            lecture_in(Path(name), lecture_id=LARGE, slides=SLIDES, fragments=FRAGMENTS // SLIDES)
        )
        yield {"store": "sqlite", **_on(f"sqlite:///{name}/jobs.db", large)}
        try:
            url = servers.postgresql().empty_database()
            yield {"store": "postgresql", **_on(url, large)}
        except NotInstalled as reason:
            yield {"store": "postgresql", **skipped(str(reason)).as_dict()}


def _on(url: str, large: Submission) -> dict[str, object]:
    store = Store(url)
    store.migrate()
    findings = Findings()
    with timed_locks() as locks:
        _submissions(store, large, locks, findings)
        _steps(store, locks, findings)
        store.cancel(LMS, LARGE)
    store.close()
    return findings.as_dict()


def _submissions(store: Store, large: Submission, locks: Locks, findings: Findings) -> None:
    for case in ("submit", "cancel", "restart"):
        waits: list[float] = []
        with _others(store, waits):
            begun, worked = time.perf_counter(), time.process_time()
            if case == "cancel":
                store.cancel(LMS, LARGE)
            else:
                store.submit(large)
            seconds = time.perf_counter() - begun
        findings.at_most(f"{case}_seconds", round(seconds, 2), 2.0)
        findings.note(f"{case}_cpu_seconds", round(time.process_time() - worked, 2))
        findings.at_most(f"{case}_longest_lock_ms", _ms(max(locks.seconds)), 100.0)
        findings.note(f"{case}_longest_lock_cpu_ms", _ms(max(locks.cpu_seconds)))
        locks.clear()
        findings.at_most(f"{case}_longest_wait_of_another_ms", _ms(max(waits)), 1000.0)
        if case == "submit":
            _statuses(store, "queued", findings)


@contextmanager
def _others(store: Store, waits: list[float]) -> Iterator[None]:
    """Somebody else submits and cancels a lecture of one fragment, again and again."""
    done = threading.Event()
    with tempfile.TemporaryDirectory() as name:
        lecture = lecture_in(Path(name), lecture_id=OTHER, slides=1, fragments=1)
        small = submission_of(lecture)

        def act() -> None:
            while not done.is_set():
                waits.append(_seconds(lambda: store.submit(small)))
                waits.append(_seconds(lambda: store.cancel(LMS, OTHER)))
                done.wait(PAUSE_SECONDS)

        thread = threading.Thread(target=act)
        thread.start()
        yield
        done.set()
        thread.join()


def _statuses(store: Store, when: str, findings: Findings) -> None:
    for name, after in (("status", None), ("status_with_events", 0)):
        ask = functools.partial(store.report, LMS, LARGE, after)
        times = [_seconds(ask) for _ in range(5)]
        findings.at_most(f"{when}_{name}_seconds", round(statistics.median(times), 3), 0.2)


def _steps(store: Store, locks: Locks, findings: Findings) -> None:
    """The first steps, and the last ones when all others are done."""
    for when in ("first", "last"):
        if when == "last":
            with store.database.write() as connection:
                _do_nearly_all(connection)
        locks.clear()
        claims, finishes = [], []
        for _ in range(STEPS_DONE):
            begun = time.perf_counter()
            claim = store.claim(("speech", "face", "cpu"), owner="benchmark", lease_seconds=60.0)
            claimed = time.perf_counter()
            assert claim is not None
            store.finish(claim, {})
            claims.append(claimed - begun)
            finishes.append(time.perf_counter() - claimed)
        findings.note(f"{when}_claim_ms", _ms(statistics.median(claims)))
        findings.note(f"{when}_finish_ms", _ms(statistics.median(finishes)))
        findings.at_most(f"{when}_lock_ms", _ms(statistics.median(locks.seconds)), 20.0)
        _statuses(store, "running" if when == "first" else "nearly_done", findings)


def _do_nearly_all(connection: Connection) -> None:
    """Write the rows as if all but the last steps had been done."""
    mine = (step.c.tenant == LMS, step.c.job_id == LARGE, step.c.state != StepState.DONE)
    rows = connection.execute(
        select(step.c.id, step.c.name, step.c.generation).where(*mine).order_by(step.c.position)
    ).all()[: -3 * STEPS_DONE]
    for state in (StepState.RUNNING, StepState.DONE):
        written = insert(event).values(
            tenant=LMS, job_id=LARGE, at=Now(), ticks=Ticks(), kind=state
        )
        connection.execute(
            written, [{"step": row.name, "generation": row.generation} for row in rows]
        )
    last = rows[-1].id
    done = {"state": StepState.DONE, "progress": 1.0}
    connection.execute(update(step).where(*mine, step.c.id <= last).values(done))
    ready = step.c.kind == "speech"
    connection.execute(update(step).where(*mine, ready).values(state=StepState.READY))


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
