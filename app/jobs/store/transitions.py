"""What jobs and steps go through; every function needs a transaction that writes.

The rules that keep this sound:

* Whoever changes a step locks its job first; nothing locks a second job
  while it holds one, except a cancellation of all, which takes them in order.
* ``job.running`` is the number of its steps in state ``running``.
* A job has ended exactly when none of its steps is blocked, ready or running.
* Of a job with more than one generation of steps, its own are those with its number;
  nothing but :mod:`app.jobs.store.writing` looks at the others.
* However many steps a job has, no transaction changes more than a portion of them.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Row,
    Select,
    and_,
    exists,
    insert,
    or_,
    select,
    union_all,
    update,
)

from app.jobs.store import tallies
from app.jobs.store.announcing import announce
from app.jobs.store.job import Claim, JobKey, JobState, Order, StepState
from app.jobs.store.tables import Now, Ticks, edge, event, job, step

log = logging.getLogger(__name__)

ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING)
STARTING = (JobState.QUEUED, JobState.RUNNING)
"""In which steps of a job are claimed."""

_SHORT = [column for column in job.columns if column is not job.c.content]

UNFINISHED = (StepState.BLOCKED, StepState.READY, StepState.RUNNING)
_NOT_DONE = tuple(state for state in StepState if state is not StepState.DONE)


def steps_of(tenant: str, job_id: int, generation: int) -> tuple[ColumnElement[bool], ...]:
    """Condition for the steps of a generation of a job."""
    return step.c.tenant == tenant, step.c.job_id == job_id, step.c.generation == generation


def steps_of_job() -> ColumnElement[bool]:
    """The same for the job of a row, in a query of both tables."""
    return and_(
        step.c.tenant == job.c.tenant,
        step.c.job_id == job.c.id,
        step.c.generation == job.c.generation,
    )


def lock(connection: Connection, tenant: str, job_id: int) -> Row[Any] | None:  # as selected
    """The job's row, held until the transaction ends; without its content, which may be long.

    ``None`` when the job is not there: whoever looked without a lock may come after its removal.
    """
    return connection.execute(
        select(*_SHORT).where(job.c.tenant == tenant, job.c.id == job_id).with_for_update()
    ).one_or_none()


def locked(connection: Connection, tenant: str, job_id: int) -> Row[Any]:  # columns as selected
    """The same of a job that the transaction holds already."""
    row = lock(connection, tenant, job_id)
    assert row is not None, "a job that is held is not removed"
    return row


def record_job(
    connection: Connection,
    tenant: str,
    job_id: int,
    generation: int,
    state: JobState,
    *,
    kind: str,
) -> None:
    """Note in what state a job is now, in its events and in the log, and announce it."""
    _record(connection, tenant, job_id, generation, state)
    announce(connection, tenant, job_id, generation, state, kind=kind)
    log.info("job %s %s=%d generation=%d", state, kind, job_id, generation)


def record_step(
    connection: Connection,
    tenant: str,
    job_id: int,
    generation: int,
    state: StepState,
    *,
    name: str,
) -> int:
    """Note in what state a step is now; returns the event's number."""
    return _record(connection, tenant, job_id, generation, state, name=name)


def _record(
    connection: Connection,
    tenant: str,
    job_id: int,
    generation: int,
    state: JobState | StepState,
    *,
    name: str | None = None,
) -> int:
    written = insert(event).values(
        tenant=tenant,
        job_id=job_id,
        generation=generation,
        at=Now(),
        ticks=Ticks(),
        kind=state,
        step=name,
    )
    return int(connection.execute(written.returning(event.c.seq)).scalar_one())


def order(connection: Connection, claim: Claim) -> Order:
    """Whether a claim still holds, and whether its job is still wanted."""
    row = connection.execute(
        select(step.c.state, step.c.fence, job.c.state.label("job_state"))
        .join(job, and_(job.c.tenant == step.c.tenant, job.c.id == step.c.job_id))
        .where(step.c.id == claim.step_id)
    ).one_or_none()
    if row is None or row.state != StepState.RUNNING or row.fence != claim.fence:
        return Order.FENCED
    return Order.CANCEL if row.job_state == JobState.CANCELLING else Order.GO_ON


def lock_and_order(connection: Connection, claim: Claim) -> Order:
    """The same, true until the transaction ends."""
    if lock(connection, claim.tenant, claim.job_id) is None:
        return Order.FENCED
    return order(connection, claim)


def leave_running(
    connection: Connection,
    step_id: int,
    state: StepState,
    **values: Any,  # columns of the step table
) -> None:
    """Take a running step to another state, and settle its job."""
    row = connection.execute(
        update(step)
        .where(step.c.id == step_id, step.c.state == StepState.RUNNING)
        .values(state=state, owner=None, lease_until=None, **values)
        .returning(
            step.c.id,
            step.c.tenant,
            step.c.job_id,
            step.c.generation,
            step.c.position,
            step.c.name,
        )
    ).one()
    connection.execute(
        update(job)
        .where(job.c.tenant == row.tenant, job.c.id == row.job_id)
        .values(running=job.c.running - 1)
    )
    record_step(connection, row.tenant, row.job_id, row.generation, state, name=row.name)
    if state is StepState.DONE:
        release_dependents(connection, row)
    settle(connection, JobKey(row.tenant, row.job_id), row.generation)


def fail_running(connection: Connection, step_id: int, code: str, message: str) -> None:
    """Fail a running step and all that need it; the others go on."""
    row = connection.execute(select(step).where(step.c.id == step_id)).one()
    connection.execute(
        update(job)
        .where(
            job.c.tenant == row.tenant,
            job.c.id == row.job_id,
            job.c.error_code.is_(None),
        )
        .values(error_code=code, error_message=message)
    )
    connection.execute(
        update(step)
        .where(
            step.c.id.in_(_all_dependents(row)),
            step.c.state.in_((StepState.BLOCKED, StepState.READY)),
        )
        .values(state=StepState.FAILED, blocked_by=row.name)
    )
    leave_running(connection, step_id, StepState.FAILED, error_code=code)


def release_dependents(connection: Connection, done: Row[Any]) -> None:  # of the step table
    """Make ready what waited for this step alone."""
    named = step.c.id.in_(select(edge.c.dst).where(edge.c.src == done.id))
    for dependent, waits_still in (
        (named, _waits_for_named()),
        (_needs_all_until(done), _waits_for_any_before()),
    ):
        connection.execute(
            update(step)
            .where(dependent, step.c.state == StepState.BLOCKED, ~waits_still)
            .values(state=StepState.READY)
        )


def is_due() -> ColumnElement[bool]:
    """Whether a step's pause after an error is over."""
    return or_(
        step.c.not_before.is_(None),
        step.c.not_before <= Ticks(),
        # An end further away than the pause is long was set before the machine restarted.
        step.c.not_before > Ticks() + step.c.pause_seconds,
    )


def waits() -> ColumnElement[bool]:
    """Whether a step needs another one that is not done."""
    return or_(_waits_for_named(), and_(step.c.needs_all, _waits_for_any_before()))


def _waits_for_named() -> Exists:
    need = step.alias("need")
    return exists().where(
        edge.c.dst == step.c.id, edge.c.src == need.c.id, need.c.state != StepState.DONE
    )


def _waits_for_any_before() -> Exists:
    former = step.alias("former")
    return exists().where(
        former.c.tenant == step.c.tenant,
        former.c.job_id == step.c.job_id,
        former.c.generation == step.c.generation,
        former.c.state.in_(_NOT_DONE),
        former.c.position < step.c.position,
    )


def settle(connection: Connection, key: JobKey, generation: int) -> None:
    """End a job that has nothing left to run."""
    mine = steps_of(*key, generation)
    if _any(connection, *mine, step.c.state.in_(UNFINISHED)):
        return
    row = locked(connection, *key)
    if row.state == JobState.CANCELLING:
        end = JobState.CANCELLED
    elif _any(connection, *mine, step.c.state == StepState.FAILED):
        end = JobState.FAILED
    else:
        end = JobState.DONE
    connection.execute(
        update(job)
        .where(job.c.tenant == key.tenant, job.c.id == key.id)
        .values(state=end, finished=Now())
    )
    record_job(connection, *key, generation, end, kind=row.kind)
    tallies.note(connection, key, generation, end, kind=row.kind)


def _any(connection: Connection, *conditions: ColumnElement[bool]) -> bool:
    return bool(connection.execute(select(exists().where(*conditions))).scalar())


def _all_dependents(failed: Row[Any]) -> Select[int]:  # of the step table
    """Ids of the steps that need this one, directly or not."""
    by_edge = select(edge.c.dst).where(edge.c.src == failed.id)
    of_all = select(step.c.id).where(_needs_all_until(failed))
    first = union_all(by_edge, of_all).subquery("first")
    found = select(first.c.dst).cte("found", recursive=True)
    found = found.union(select(edge.c.dst).join(found, edge.c.src == found.c.dst))
    return select(found.c.dst)


def _needs_all_until(one: Row[Any]) -> ColumnElement[bool]:  # of the step table
    """Whether a step needs all before it, that one among them."""
    mine = steps_of(one.tenant, one.job_id, one.generation)
    return and_(*mine, step.c.needs_all, step.c.position > one.position)
