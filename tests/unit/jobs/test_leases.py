"""Leases when clocks are changed, and when the machine restarts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, update

from app.jobs.store.database import Database
from app.jobs.store.store import JobState, Store, WorkerRecord
from app.jobs.store.tables import step, worker
from tests.unit.jobs.lectures import a_submission, claimed, job

HOUR = 3600.0


class WallClock:
    """SQLite's wall clock, for every connection that is made from now on."""

    def __init__(self) -> None:
        self.ahead_seconds = 0.0

    def listen(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.create_function("julianday", 1, self._julianday)

    def _julianday(self, _now: str) -> float:
        return (time.time() + self.ahead_seconds) / 86400.0 + 2440587.5


@pytest.fixture
def wall_clock() -> Iterator[WallClock]:
    clock = WallClock()
    event.listen(Engine, "connect", clock.listen)
    yield clock
    event.remove(Engine, "connect", clock.listen)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_lease_holds_when_the_wall_clock_jumps(
    wall_clock: WallClock, database: Path, jump: float
) -> None:
    store = Store(f"sqlite:///{database}")
    store.submit(a_submission("One."))
    taken = claimed(store, lease_seconds=30.0)
    before = job(store).created
    wall_clock.ahead_seconds = jump
    assert store.reap() == 0
    assert store.renew(taken)
    assert store.reap() == 0
    store.finish(taken, {})
    store.submit(a_submission("Two.", lecture_id=8))
    assert job(store, 8).created - before == pytest.approx(jump, abs=5.0)


def test_a_lease_ends_in_time_when_the_wall_clock_was_set_back(
    wall_clock: WallClock, database: Path
) -> None:
    store = Store(f"sqlite:///{database}")
    store.submit(a_submission("One."))
    claimed(store, lease_seconds=0.01)
    wall_clock.ahead_seconds = -HOUR
    time.sleep(0.02)
    assert store.reap() == 1


def test_a_lease_from_before_the_machine_restarted_is_over(database: Path) -> None:
    store = Store(f"sqlite:///{database}")
    store.submit(a_submission("One."))
    claimed(store, lease_seconds=30.0)
    with Database(f"sqlite:///{database}").write() as connection:
        # The machine's clock starts from zero: what was soon is far away.
        connection.execute(update(step).values(lease_until=step.c.lease_until + 31.0))
    assert store.reap() == 1
    assert job(store).state is JobState.RUNNING


def test_a_worker_seen_before_the_machine_restarted_is_silent(database: Path) -> None:
    store = Store(f"sqlite:///{database}")
    store.sign_on(WorkerRecord("w", "elsewhere", 1, "then"))
    with Database(f"sqlite:///{database}").write() as connection:
        connection.execute(update(worker).values(seen=worker.c.seen + HOUR))
    assert [record.id for record in store.workers(silent_seconds=HOUR)] == ["w"]


def test_leases_end_by_the_databases_clock(store: Store) -> None:
    store.submit(a_submission("One."))
    claimed(store, lease_seconds=30.0)
    assert store.reap() == 0
    store.submit(a_submission("Two.", lecture_id=8))
    claimed(store, lease_seconds=0.001)
    time.sleep(0.01)
    assert store.reap() == 1
