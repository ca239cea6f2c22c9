"""Claims of steps: which one, and how it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    and_,
    case,
    exists,
    func,
    select,
    update,
)

from app.disk.folder import Identity
from app.jobs.store.job import Claim, JobKey, JobState, StepState
from app.jobs.store.reading import content, planned
from app.jobs.store.tables import Ticks, edge, job, step
from app.jobs.store.transitions import ACTIVE, is_due, lock, record_job, record_step
from app.steps import Queue

MOST_READY = 100
"""Ready steps of a queue that are counted: nobody wakes more workers at once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which steps a worker would do."""

    queues: Collection[str]
    owner: str
    lease_seconds: float
    only: JobKey | None = None
    """Of this job only; else of every one that is not reserved."""


class Candidate(NamedTuple):
    """A step that was ready a moment ago."""

    step_id: int
    tenant: str
    job_id: int


def candidate(connection: Connection, wish: Wish, *, free: bool = False) -> Candidate | None:
    """The step to take: of whoever has least, in the order of the plan.

    First comes the tenant with the fewest running steps, of two the one who waited
    longest for a claim; of a tenant's jobs the same; then the oldest.

    Args:
        free: Only of jobs that nobody has locked, and lock the one found.  SQLite
            has one lock for all, so there every job is free.
    """
    wanted = [step.c.state == StepState.READY, step.c.queue.in_(wish.queues), is_due()]
    if wish.only is None:
        wanted.append(~job.c.reserved)
    else:
        wanted += [step.c.tenant == wish.only.tenant, step.c.job_id == wish.only.id]
    share = _shares()
    query = (
        select(step.c.id, step.c.tenant, step.c.job_id)
        .join(job, and_(job.c.tenant == step.c.tenant, job.c.id == step.c.job_id))
        .join(share, share.c.tenant == job.c.tenant)
        .where(*wanted)
        .order_by(
            share.c.running,
            share.c.served,
            job.c.running,
            job.c.served,
            job.c.created,
            job.c.tenant,
            job.c.id,
            step.c.position,
        )
        .limit(1)
    )
    if free:
        query = query.with_for_update(of=job, skip_locked=True)
    row = connection.execute(query).one_or_none()
    return Candidate(*row) if row else None


def _shares() -> FromClause:
    """What each tenant with open jobs has; counted once per claim, and few are open."""
    return (
        select(
            job.c.tenant,
            func.sum(job.c.running).label("running"),
            func.max(job.c.served).label("served"),
        )
        .where(job.c.state.in_(ACTIVE))
        .group_by(job.c.tenant)
        .subquery("share")
    )


def take(connection: Connection, seen: Candidate, wish: Wish) -> Claim | None:
    """Claim a step; ``None`` when somebody was quicker.

    Args:
        seen: What there was; waited for only when every job is locked, so that
            workers that look at the same moment find different steps.
    """
    found = candidate(connection, wish, free=True) or seen
    owned = lock(connection, found.tenant, found.job_id)
    row = connection.execute(
        update(step)
        .where(step.c.id == found.step_id, step.c.state == StepState.READY, is_due())
        .values(
            state=StepState.RUNNING,
            owner=wish.owner,
            lease_until=Ticks() + wish.lease_seconds,
            lease_seconds=wish.lease_seconds,
            not_before=None,
            pause_seconds=None,
            fence=step.c.fence + 1,
            progress=0.0,
        )
        .returning(step)
    ).one_or_none()
    if row is None:
        return None
    if owned.state == JobState.QUEUED:
        record_job(
            connection,
            row.tenant,
            row.job_id,
            row.generation,
            JobState.RUNNING,
            kind=owned.kind,
        )
    running = StepState.RUNNING
    turn = record_step(connection, row.tenant, row.job_id, row.generation, running, name=row.name)
    connection.execute(
        update(job)
        .where(job.c.tenant == row.tenant, job.c.id == row.job_id)
        .values(
            running=job.c.running + 1,
            served=turn,
            state=case((job.c.state == JobState.QUEUED, JobState.RUNNING), else_=job.c.state),
        )
    )
    return _claim(connection, row, owned, wish)


def _claim(
    connection: Connection,
    row: Row[Any],  # columns as selected
    owned: Row[Any],  # of the job table
    wish: Wish,
) -> Claim:
    needs = connection.execute(
        select(step.c.name, step.c.input_hash)
        .join(edge, edge.c.src == step.c.id)
        .where(edge.c.dst == row.id)
        .order_by(step.c.position)
    ).all()
    return Claim(
        step_id=row.id,
        fence=row.fence,
        owner=wish.owner,
        lease_seconds=wish.lease_seconds,
        tenant=row.tenant,
        generation=row.generation,
        content=content(owned),
        step=planned(row, [need.name for need in needs]),
        inputs={need.name: need.input_hash for need in needs},
        output=None if owned.output is None else Path(owned.output),
        output_identity=_identity(owned),
    )


def _identity(owned: Row[Any]) -> Identity | None:  # of the job table
    if owned.output_inode is None:
        return None
    return Identity(int(owned.output_inode), Path(owned.output_mount))


def _ready_in(queue: Queue) -> ScalarSelect[int]:
    reserved = exists().where(
        job.c.tenant == step.c.tenant, job.c.id == step.c.job_id, job.c.reserved
    )
    first = (
        select(step.c.id)
        .where(step.c.state == StepState.READY, step.c.queue == queue, is_due(), ~reserved)
        .limit(MOST_READY)
        .subquery()
    )
    return select(func.count()).select_from(first).scalar_subquery()


_READY = select(*map(_ready_in, Queue))


def ready(connection: Connection) -> dict[str, int]:
    """How many steps could be claimed by any worker, by queue; at most so many as matter."""
    counts = connection.execute(_READY).one()
    return {queue.value: steps for queue, steps in zip(Queue, counts, strict=True) if steps}


def renew(connection: Connection, claim: Claim) -> bool:
    """Let the lease start anew; ``False`` when the claim does not hold any more."""
    renewed = connection.execute(
        update(step).where(*_held(claim)).values(lease_until=Ticks() + claim.lease_seconds)
    )
    return renewed.rowcount == 1


def progress(connection: Connection, claim: Claim, share: float) -> None:
    """Note how much of the step is done."""
    connection.execute(update(step).where(*_held(claim)).values(progress=share))


def _held(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return (
        step.c.id == claim.step_id,
        step.c.fence == claim.fence,
        step.c.state == StepState.RUNNING,
    )
