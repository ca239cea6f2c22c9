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
    func,
    select,
    update,
)

from app.disk.folder import Identity
from app.jobs.store.database import Database
from app.jobs.store.job import Claim, JobKey, JobState, StepState
from app.jobs.store.reading import content, is_needed_by, planned
from app.jobs.store.served import last_turns
from app.jobs.store.tables import Ticks, job, step
from app.jobs.store.transitions import (
    ACTIVE,
    STARTING,
    is_due,
    lock,
    record_job,
    record_step,
    steps_of_job,
)
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


def claim(database: Database, wish: Wish) -> Claim | None:
    """See :meth:`app.jobs.store.store.Store.claim`."""
    while True:
        # Looking takes no lock, so that idle workers do not keep others waiting.
        with database.read() as connection:
            found = candidate(connection, wish)
        if found is None:
            return None
        with database.write() as connection:
            taken = take(connection, found, wish)
        if taken is not None:
            with database.read() as connection:
                whole = claim_of(connection, taken, wish)
            if whole is not None:
                return whole


def candidate(connection: Connection, wish: Wish, *, free: bool = False) -> Candidate | None:
    """The step to take: of whoever has least, in the order of the plan.

    First comes the tenant with the fewest running steps, of two the one who waited
    longest for a claim; of a tenant's jobs the same; then the oldest.

    However many steps of a job are ready, only the first one of it is looked at.

    Args:
        free: Only of jobs that nobody has locked, and lock the one found.  SQLite
            has one lock for all, so there every job is free.
    """
    first = _first_ready(wish.queues)
    share = _shares()
    query = (
        select(first.label("step_id"), job.c.tenant, job.c.id)
        .join(share, share.c.tenant == job.c.tenant)
        .where(job.c.state.in_(STARTING), _wanted(wish), first.is_not(None))
        .order_by(
            share.c.running,
            share.c.served,
            job.c.running,
            job.c.served,
            job.c.created,
            job.c.tenant,
            job.c.id,
        )
        .limit(1)
    )
    if free:
        query = query.with_for_update(of=job, skip_locked=True)
    row = connection.execute(query).one_or_none()
    return Candidate(*row) if row else None


def _wanted(wish: Wish) -> ColumnElement[bool]:
    """Whether a job is one that the worker works for."""
    if wish.only is None:
        return ~job.c.reserved
    return and_(job.c.tenant == wish.only.tenant, job.c.id == wish.only.id)


def _first_ready(queues: Collection[str]) -> ScalarSelect[int]:
    """The first step of a job, in the order of the plan, that could run now."""
    return (
        select(step.c.id)
        .where(steps_of_job(), step.c.state == StepState.READY, step.c.queue.in_(queues), is_due())
        .order_by(step.c.position)
        .limit(1)
        .correlate(job)
        .scalar_subquery()
    )


def _shares() -> FromClause:
    """What each tenant with open jobs has; counted once per claim, and few are open."""
    lately = last_turns()
    return (
        select(
            job.c.tenant,
            func.sum(job.c.running).label("running"),
            func.max(case((lately.c.turn > job.c.served, lately.c.turn), else_=job.c.served)).label(
                "served"
            ),
        )
        .join(lately, lately.c.tenant == job.c.tenant, isouter=True)
        .where(job.c.state.in_(ACTIVE))
        .group_by(job.c.tenant)
        .subquery("share")
    )


def take(
    connection: Connection, seen: Candidate, wish: Wish
) -> Row[Any] | None:  # of the step table
    """Claim a step; ``None`` when somebody was quicker, or its job is not wanted any more.

    Args:
        seen: What there was; waited for only when every job is locked, so that
            workers that look at the same moment find different steps.
    """
    found = candidate(connection, wish, free=True) or seen
    owned = lock(connection, found.tenant, found.job_id)
    if owned is None or owned.state not in STARTING:
        return None
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
    return row


def claim_of(
    connection: Connection,
    row: Row[Any],  # of the step table
    wish: Wish,
) -> Claim | None:
    """What was taken, with what it needs; only reads, for the last step needs very much.

    ``None`` when its job is not there any more: it was cancelled and removed meanwhile.
    """
    owned = connection.execute(
        select(
            job.c.kind,
            job.c.id,
            job.c.content,
            job.c.output,
            job.c.output_inode,
            job.c.output_mount,
        ).where(job.c.tenant == row.tenant, job.c.id == row.job_id)
    ).one_or_none()
    if owned is None:
        return None
    needs = connection.execute(
        select(step.c.name, step.c.input_hash).where(is_needed_by(row)).order_by(step.c.position)
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
        output_identity=_identity(owned.output_inode, owned.output_mount),
    )


def _identity(inode: str | None, mount: str | None) -> Identity | None:
    """Both are there, or neither."""
    return None if inode is None or mount is None else Identity(int(inode), Path(mount))


def _ready_in(queue: Queue) -> ScalarSelect[int]:
    first = (
        select(step.c.id)
        .join(job, steps_of_job())
        .where(
            job.c.state.in_(STARTING),
            ~job.c.reserved,
            step.c.state == StepState.READY,
            step.c.queue == queue,
            is_due(),
        )
        .limit(MOST_READY)
        .subquery()
    )
    return select(func.count()).select_from(first).scalar_subquery()


_READY = select(*map(_ready_in, Queue))


def ready(connection: Connection) -> dict[str, int]:
    """How many steps could be claimed by any worker, by queue; at most so many as matter.

    Queues without any are left out.
    """
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
