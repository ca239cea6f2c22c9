"""Cancelling jobs: none of their steps is claimed any more, at once; the rest takes its time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from sqlalchemy import Connection, exists, select, update

from app.jobs.store import portions, writing
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey, JobState, StepState
from app.jobs.store.tables import job, step
from app.jobs.store.transitions import STARTING, lock, record_job, settle, steps_of, steps_of_job

JOBS_AT_ONCE = 100
"""Jobs that one transaction begins or ends to cancel."""

_WAITING = (StepState.BLOCKED, StepState.READY)


def cancel(database: Database, tenant: str, job_id: int | None) -> list[int]:
    """See :meth:`app.jobs.store.store.Store.cancel`."""
    # In a transaction of its own: whoever writes locks this row before the job's.
    with database.write() as connection:
        written = writing.cancel(connection, tenant, job_id)
    stopped: list[JobKey] = []
    left: list[JobKey] = []

    def begin_some(connection: Connection) -> bool:
        found = begin(connection, tenant, job_id)
        stopped.extend(found)
        # Short ones need no further transaction.
        _end_portion(connection, waiting := deque(found))
        left.extend(waiting)
        return len(found) == JOBS_AT_ONCE

    database.write_in_portions(begin_some)
    end(database, left)
    return sorted({*(key.id for key in stopped), *written})


def begin(connection: Connection, tenant: str, job_id: int | None) -> list[JobKey]:
    """Start nothing more of a job, or of some of all; returns which."""
    wanted = [job.c.tenant == tenant, job.c.state.in_(STARTING)]
    if job_id is not None:
        wanted.append(job.c.id == job_id)
    rows = connection.execute(
        select(job.c.id, job.c.kind, job.c.generation)
        .where(*wanted)
        .order_by(job.c.id)
        .limit(JOBS_AT_ONCE)
        .with_for_update()
    ).all()
    if not rows:
        return []
    state = JobState.CANCELLING
    connection.execute(
        update(job)
        .where(job.c.tenant == tenant, job.c.id.in_([row.id for row in rows]))
        .values(state=state)
    )
    for row in rows:
        record_job(connection, tenant, row.id, row.generation, state, kind=row.kind)
    return [JobKey(tenant, row.id) for row in rows]


def unfinished(connection: Connection) -> list[JobKey]:
    """Jobs of which steps still wait although they are being cancelled: somebody died."""
    waiting = exists().where(steps_of_job(), step.c.state.in_(_WAITING))
    rows = connection.execute(
        select(job.c.tenant, job.c.id)
        .where(job.c.state == JobState.CANCELLING, waiting)
        .order_by(job.c.tenant, job.c.id)
    )
    return [JobKey(*row) for row in rows]


def end_unfinished(database: Database) -> None:
    """Cancel what somebody began to cancel who died."""
    with database.read() as connection:
        found = unfinished(connection)
    end(database, found)


def end(database: Database, keys: Iterable[JobKey]) -> None:
    """Cancel the steps of jobs that are being cancelled, as far as they wait."""
    left = deque(keys)
    if left:
        database.write_in_portions(lambda connection: _end_portion(connection, left))


def _end_portion(connection: Connection, left: deque[JobKey]) -> bool:
    """Cancel some steps of the first jobs, in order; takes off those that have none left."""
    steps, jobs = portions.PORTION, JOBS_AT_ONCE
    while left and steps and jobs:
        cancelled = _cancel_steps(connection, left[0], steps)
        if cancelled < steps:
            left.popleft()
        steps, jobs = steps - cancelled, jobs - 1
    return bool(left)


def _cancel_steps(connection: Connection, key: JobKey, most: int) -> int:
    """Cancel so many steps of a job; one with fewer ends, unless something still runs."""
    row = lock(connection, *key)
    if row is None or row.state != JobState.CANCELLING:
        return 0
    mine = steps_of(*key, row.generation)
    some = select(step.c.id).where(*mine, step.c.state.in_(_WAITING)).limit(most)
    cancelled = connection.execute(
        update(step).where(step.c.id.in_(some)).values(state=StepState.CANCELLED)
    ).rowcount
    if cancelled < most:
        settle(connection, key, row.generation)
    return cancelled
