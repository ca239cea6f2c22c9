"""What lectures and steps go through; every function needs a transaction that writes.

The rules that keep this sound:

* Whoever changes a step locks its lecture first; nothing locks a second lecture
  while it holds one, except a cancellation of all, which takes them in order.
* ``lecture.running`` is the number of its steps in state ``running``.
* A lecture has ended exactly when none of its steps is blocked, ready or running.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    insert,
    not_,
    select,
    update,
)

from app.jobs.store.job import Claim, JobState, Order, StepState
from app.jobs.store.tables import Now, edge, event, lecture, step

log = logging.getLogger(__name__)

ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING)
UNFINISHED = (StepState.BLOCKED, StepState.READY, StepState.RUNNING)


def steps_of(tenant: str, lecture_id: int) -> tuple[ColumnElement[bool], ...]:
    """Condition for the steps of a lecture."""
    return step.c.tenant == tenant, step.c.lecture_id == lecture_id


def lock(connection: Connection, tenant: str, lecture_id: int) -> Row[Any]:  # columns as selected
    """The lecture's row, held until the transaction ends."""
    return connection.execute(
        select(lecture)
        .where(lecture.c.tenant == tenant, lecture.c.id == lecture_id)
        .with_for_update()
    ).one()


def record(
    connection: Connection,
    tenant: str,
    lecture_id: int,
    generation: int,
    kind: JobState | StepState,
    *,
    step_name: str | None = None,
) -> int:
    """Write an event row, and a line to the log for a lecture; returns the row's number."""
    written = insert(event).values(
        tenant=tenant,
        lecture_id=lecture_id,
        generation=generation,
        at=Now(),
        kind=kind,
        step=step_name,
    )
    if step_name is None:
        log.info("job %s lecture=%d generation=%d", kind, lecture_id, generation)
    return int(connection.execute(written.returning(event.c.seq)).scalar_one())


def order(connection: Connection, claim: Claim) -> Order:
    """Whether a claim still holds, and whether its lecture is still wanted."""
    row = connection.execute(
        select(step.c.state, step.c.fence, lecture.c.state.label("lecture_state"))
        .join(lecture, and_(lecture.c.tenant == step.c.tenant, lecture.c.id == step.c.lecture_id))
        .where(step.c.id == claim.step_id)
    ).one_or_none()
    if row is None or row.state != StepState.RUNNING or row.fence != claim.fence:
        return Order.FENCED
    return Order.CANCEL if row.lecture_state == JobState.CANCELLING else Order.GO_ON


def lock_and_order(connection: Connection, claim: Claim) -> Order:
    """The same, true until the transaction ends."""
    lock(connection, claim.tenant, claim.lecture.id)
    return order(connection, claim)


def leave_running(
    connection: Connection,
    step_id: int,
    state: StepState,
    **values: Any,  # columns of the step table
) -> None:
    """Take a running step to another state, and settle its lecture."""
    row = connection.execute(
        update(step)
        .where(step.c.id == step_id, step.c.state == StepState.RUNNING)
        .values(state=state, owner=None, lease_until=None, **values)
        .returning(step.c.tenant, step.c.lecture_id, step.c.generation, step.c.name)
    ).one()
    connection.execute(
        update(lecture)
        .where(lecture.c.tenant == row.tenant, lecture.c.id == row.lecture_id)
        .values(running=lecture.c.running - 1)
    )
    record(connection, row.tenant, row.lecture_id, row.generation, state, step_name=row.name)
    if state is StepState.DONE:
        release_dependents(connection, step_id)
    settle(connection, row.tenant, row.lecture_id)


def fail_running(connection: Connection, step_id: int, code: str, message: str) -> None:
    """Fail a running step and all that need it; the other fragments go on."""
    row = connection.execute(select(step).where(step.c.id == step_id)).one()
    connection.execute(
        update(lecture)
        .where(
            lecture.c.tenant == row.tenant,
            lecture.c.id == row.lecture_id,
            lecture.c.error_code.is_(None),
        )
        .values(error_code=code, error_message=message)
    )
    connection.execute(
        update(step)
        .where(
            step.c.id.in_(_all_dependents(step_id)),
            step.c.state.in_((StepState.BLOCKED, StepState.READY)),
        )
        .values(state=StepState.FAILED, blocked_by=row.name)
    )
    leave_running(connection, step_id, StepState.FAILED, error_code=code)


def release_dependents(connection: Connection, step_id: int) -> None:
    """Make ready what waited for this step alone."""
    dependents = select(edge.c.dst).where(edge.c.src == step_id)
    connection.execute(
        update(step)
        .where(step.c.id.in_(dependents), step.c.state == StepState.BLOCKED, not_(waits()))
        .values(state=StepState.READY)
    )


def waits() -> ColumnElement[bool]:
    """Whether a step needs another one that is not done."""
    need = step.alias("need")
    return exists().where(
        edge.c.dst == step.c.id, edge.c.src == need.c.id, need.c.state != StepState.DONE
    )


def settle(connection: Connection, tenant: str, lecture_id: int) -> None:
    """End a lecture that has nothing left to run."""
    mine = steps_of(tenant, lecture_id)
    if _any(connection, *mine, step.c.state.in_(UNFINISHED)):
        return
    row = lock(connection, tenant, lecture_id)
    if row.state == JobState.CANCELLING:
        end = JobState.CANCELLED
    elif _any(connection, *mine, step.c.state == StepState.FAILED):
        end = JobState.FAILED
    else:
        end = JobState.DONE
    connection.execute(
        update(lecture)
        .where(lecture.c.tenant == tenant, lecture.c.id == lecture_id)
        .values(state=end, finished=Now())
    )
    record(connection, tenant, lecture_id, row.generation, end)


def _any(connection: Connection, *conditions: ColumnElement[bool]) -> bool:
    return bool(connection.execute(select(exists().where(*conditions))).scalar())


def _all_dependents(step_id: int) -> Select[int]:
    """Ids of the steps that need this one, directly or not."""
    found = select(edge.c.dst).where(edge.c.src == step_id).cte("found", recursive=True)
    found = found.union(select(edge.c.dst).join(found, edge.c.src == found.c.dst))
    return select(found.c.dst)
