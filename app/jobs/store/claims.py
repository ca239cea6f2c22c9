"""Claims of steps: which one, and how it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    and_,
    case,
    func,
    select,
    update,
)

from app.jobs.store.job import Claim, JobState, StepState
from app.jobs.store.reading import LECTURES
from app.jobs.store.tables import Ticks, edge, lecture, step
from app.jobs.store.transitions import ACTIVE, lock, record
from app.lecture import Step


@dataclass(frozen=True, slots=True)
class Wish:
    """Which steps a worker would do."""

    queues: Collection[str]
    owner: str
    lease_seconds: float
    tenant: str | None = None
    """Of this tenant only."""
    lecture_id: int | None = None
    """Of this lecture only."""


class Candidate(NamedTuple):
    """A step that was ready a moment ago."""

    step_id: int
    tenant: str
    lecture_id: int


def candidate(connection: Connection, wish: Wish, *, free: bool = False) -> Candidate | None:
    """The step to take: of whoever has least, in the order of the plan.

    First comes the tenant with the fewest running steps, of two the one who waited
    longest for a claim; of a tenant's lectures the same; then the oldest.

    Args:
        free: Only of lectures that nobody has locked, and lock the one found.  SQLite
            has one lock for all, so there every lecture is free.
    """
    wanted = [step.c.state == StepState.READY, step.c.queue.in_(wish.queues)]
    if wish.tenant is not None:
        wanted.append(step.c.tenant == wish.tenant)
    if wish.lecture_id is not None:
        wanted.append(step.c.lecture_id == wish.lecture_id)
    share = _shares()
    query = (
        select(step.c.id, step.c.tenant, step.c.lecture_id)
        .join(lecture, and_(lecture.c.tenant == step.c.tenant, lecture.c.id == step.c.lecture_id))
        .join(share, share.c.tenant == lecture.c.tenant)
        .where(*wanted)
        .order_by(
            share.c.running,
            share.c.served,
            lecture.c.running,
            lecture.c.served,
            lecture.c.created,
            lecture.c.tenant,
            lecture.c.id,
            step.c.position,
        )
        .limit(1)
    )
    if free:
        query = query.with_for_update(of=lecture, skip_locked=True)
    row = connection.execute(query).one_or_none()
    return Candidate(*row) if row else None


def _shares() -> FromClause:
    """What each tenant with open lectures has; counted once per claim, and few are open."""
    return (
        select(
            lecture.c.tenant,
            func.sum(lecture.c.running).label("running"),
            func.max(lecture.c.served).label("served"),
        )
        .where(lecture.c.state.in_(ACTIVE))
        .group_by(lecture.c.tenant)
        .subquery("share")
    )


def take(connection: Connection, seen: Candidate, wish: Wish) -> Claim | None:
    """Claim a step; ``None`` when somebody was quicker.

    Args:
        seen: What there was; waited for only when every lecture is locked, so that
            workers that look at the same moment find different steps.
    """
    found = candidate(connection, wish, free=True) or seen
    owned = lock(connection, found.tenant, found.lecture_id)
    row = connection.execute(
        update(step)
        .where(step.c.id == found.step_id, step.c.state == StepState.READY)
        .values(
            state=StepState.RUNNING,
            owner=wish.owner,
            lease_until=Ticks() + wish.lease_seconds,
            lease_seconds=wish.lease_seconds,
            fence=step.c.fence + 1,
            progress=0.0,
        )
        .returning(step)
    ).one_or_none()
    if row is None:
        return None
    if owned.state == JobState.QUEUED:
        record(connection, row.tenant, row.lecture_id, row.generation, JobState.RUNNING)
    running = StepState.RUNNING
    turn = record(
        connection, row.tenant, row.lecture_id, row.generation, running, step_name=row.name
    )
    connection.execute(
        update(lecture)
        .where(lecture.c.tenant == row.tenant, lecture.c.id == row.lecture_id)
        .values(
            running=lecture.c.running + 1,
            served=turn,
            state=case(
                (lecture.c.state == JobState.QUEUED, JobState.RUNNING), else_=lecture.c.state
            ),
        )
    )
    return _claim(connection, row, owned.lecture, wish)


def _claim(
    connection: Connection,
    row: Row[Any],  # columns as selected
    lecture_json: str,
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
        lecture=LECTURES.validate_json(lecture_json),
        step=Step(
            name=row.name,
            kind=row.kind,
            number=row.number,
            needs=tuple(need.name for need in needs),
            input_hash=row.input_hash,
        ),
        inputs={need.name: need.input_hash for need in needs},
    )


def ready(connection: Connection) -> dict[str, int]:
    """How many steps could be claimed, by queue."""
    rows = connection.execute(
        select(step.c.queue, func.count().label("steps"))
        .where(step.c.state == StepState.READY)
        .group_by(step.c.queue)
    ).all()
    return {row.queue: row.steps for row in rows}


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
