"""What is to be done just now, which workers there are, and what each does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.jobs.report.surveying import LIVING_SECONDS, Business, business
from app.jobs.store import signing
from app.jobs.store.database import Database
from app.jobs.store.job import StepState
from app.jobs.store.tables import job, step
from app.jobs.store.transitions import ACTIVE, steps_of_job


@dataclass(frozen=True, slots=True)
class AtWork:
    """A worker that has signed on and not off."""

    id: str
    queues: tuple[str, ...]
    """That it serves; empty: it is of an older version, and has not said."""
    silent_seconds: float | None
    """Since it was heard of last; ``None``: that was before its machine started again."""
    running: Mapping[str, int]
    """Steps that it does, by kind."""

    @property
    def lives(self) -> bool:
        """Whether it was heard of lately."""
        return self.silent_seconds is not None and self.silent_seconds <= LIVING_SECONDS


@dataclass(frozen=True, slots=True)
class Work:
    """All that goes on."""

    business: Business
    workers: tuple[AtWork, ...]
    """Also those that died and were not buried yet, in the order of their ids."""


def work(database: Database) -> Work:
    """What goes on at this moment."""
    with database.read() as connection:
        return Work(business(connection), tuple(_workers(connection)))


def _workers(connection: Connection) -> list[AtWork]:
    running = _running(connection)
    silent = signing.silences(connection)
    return [
        AtWork(each.id, each.queues, silent.get(each.id), running.get(each.id, {}))
        for each in signing.workers(connection, None)
    ]


def _running(connection: Connection) -> Mapping[str, Mapping[str, int]]:
    """Steps that run, by owner and kind; only jobs of which something runs are looked at."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    query = (
        select(step.c.owner, step.c.kind, func.count())
        .join(job, steps_of_job())
        .where(
            job.c.state.in_(ACTIVE),
            job.c.running > 0,
            step.c.state == StepState.RUNNING,
        )
        .group_by(step.c.owner, step.c.kind)
        .order_by(step.c.owner, step.c.kind)
    )
    for owner, kind, count in connection.execute(query):
        found[owner][kind] = count
    return found
