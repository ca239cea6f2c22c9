"""Claims of steps: which one, and how it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, case, select, update

from app.jobs.job import Claim, JobState, StepState
from app.jobs.reading import LECTURES
from app.jobs.tables import Now, edge, lecture, step
from app.jobs.transitions import lock, record
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


def candidate(connection: Connection, wish: Wish) -> Candidate | None:
    """The step to take: of the lecture with the fewest running ones, the oldest, in plan order."""
    wanted = [step.c.state == StepState.READY, step.c.queue.in_(wish.queues)]
    if wish.tenant is not None:
        wanted.append(step.c.tenant == wish.tenant)
    if wish.lecture_id is not None:
        wanted.append(step.c.lecture_id == wish.lecture_id)
    row = connection.execute(
        select(step.c.id, step.c.tenant, step.c.lecture_id)
        .join(lecture, and_(lecture.c.tenant == step.c.tenant, lecture.c.id == step.c.lecture_id))
        .where(*wanted)
        .order_by(
            lecture.c.running,
            lecture.c.created,
            lecture.c.tenant,
            lecture.c.id,
            step.c.position,
        )
        .limit(1)
    ).one_or_none()
    return Candidate(*row) if row else None


def take(connection: Connection, found: Candidate, wish: Wish) -> Claim | None:
    """Claim a candidate; ``None`` when somebody was quicker."""
    owned = lock(connection, found.tenant, found.lecture_id)
    row = connection.execute(
        update(step)
        .where(step.c.id == found.step_id, step.c.state == StepState.READY)
        .values(
            state=StepState.RUNNING,
            owner=wish.owner,
            lease_until=Now() + wish.lease_seconds,
            fence=step.c.fence + 1,
            progress=0.0,
        )
        .returning(step)
    ).one_or_none()
    if row is None:
        return None
    if owned.state == JobState.QUEUED:
        record(connection, row.tenant, row.lecture_id, row.generation, JobState.RUNNING)
    connection.execute(
        update(lecture)
        .where(lecture.c.tenant == row.tenant, lecture.c.id == row.lecture_id)
        .values(
            running=lecture.c.running + 1,
            state=case(
                (lecture.c.state == JobState.QUEUED, JobState.RUNNING), else_=lecture.c.state
            ),
        )
    )
    running = StepState.RUNNING
    record(connection, row.tenant, row.lecture_id, row.generation, running, step_name=row.name)
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


def renew(connection: Connection, claim: Claim) -> bool:
    """Let the lease start anew; ``False`` when the claim does not hold any more."""
    renewed = connection.execute(
        update(step).where(*_held(claim)).values(lease_until=Now() + claim.lease_seconds)
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
