"""What an operator sees of all jobs together: counts, without a name or a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.jobs.store import signing, tallies
from app.jobs.store.database import Database
from app.jobs.store.job import JobState, StepState, WorkerRecord
from app.jobs.store.tables import Now, artifact, job, step
from app.jobs.store.transitions import ACTIVE, steps_of_job
from app.steps.content import LECTURE

LIVING_SECONDS = 100.0
"""After a worker's last sign of life, which it gives every 30 s."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The job store at a moment."""

    jobs: Mapping[tuple[str, str], int]
    """By kind and state."""
    steps: Mapping[tuple[str, str], int]
    """By queue and state, ready or running, of jobs that have not ended."""
    waiting_seconds: float
    """How long the job waits of which nothing has been done for longest; 0 when none does."""
    artifacts: int
    workers: tuple[WorkerRecord, ...]
    """Those that live."""
    ended: tuple[tallies.Ended, ...]
    """Ever."""


def survey(database: Database) -> Survey:
    """Count everything."""
    ended = tuple(tallies.all_ended(database))
    with database.read() as connection:
        return Survey(
            jobs=_jobs(connection),
            steps=_steps(connection),
            waiting_seconds=_waiting(connection),
            artifacts=connection.execute(select(func.count()).select_from(artifact)).scalar_one(),
            workers=tuple(signing.heard_of(connection, LIVING_SECONDS)),
            ended=ended,
        )


@dataclass(frozen=True, slots=True)
class Business:
    """What is to be done at a moment, without what has been done ever."""

    lectures: Mapping[str, int]
    """By state."""
    steps: Mapping[tuple[str, str], int]
    """As :class:`Survey` has them."""
    waiting_seconds: float
    """The same."""


def business(connection: Connection) -> Business:
    """Count it."""
    jobs = _jobs(connection)
    return Business(
        lectures={state: count for (kind, state), count in jobs.items() if kind == LECTURE},
        steps=_steps(connection),
        waiting_seconds=_waiting(connection),
    )


def living_workers(database: Database) -> list[WorkerRecord]:
    """Workers that live."""
    with database.read() as connection:
        return signing.heard_of(connection, LIVING_SECONDS)


def _jobs(connection: Connection) -> Mapping[tuple[str, str], int]:
    query = select(job.c.kind, job.c.state, func.count()).group_by(job.c.kind, job.c.state)
    return {(kind, state): count for kind, state, count in connection.execute(query)}


def _steps(connection: Connection) -> Mapping[tuple[str, str], int]:
    counts = Counter[tuple[str, str]]()
    for state in (StepState.READY, StepState.RUNNING):
        query = (
            select(step.c.queue, func.count())
            .join(job, steps_of_job())
            .where(job.c.state.in_(ACTIVE), step.c.state == state)
            .group_by(step.c.queue)
        )
        for queue, count in connection.execute(query):
            counts[queue, state.value] = count
    return counts


def _waiting(connection: Connection) -> float:
    oldest = select(func.min(job.c.created)).where(job.c.state == JobState.QUEUED)
    waited = connection.execute(select(Now() - oldest.scalar_subquery())).scalar()
    return max(0.0, waited or 0.0)
