"""How claims end; most functions need a transaction that writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, case, func, or_, select, update

from app.errors import EngineCrashed
from app.jobs.store.claims import Candidate
from app.jobs.store.database import Database, upsert
from app.jobs.store.job import Claim, JobState, Order, StepState
from app.jobs.store.tables import Now, Ticks, artifact, job, step
from app.jobs.store.transitions import (
    ACTIVE,
    fail_running,
    leave_running,
    lock,
    lock_and_order,
    locked,
    steps_of,
    steps_of_job,
    waits,
)

MAX_ATTEMPTS = 3
"""How often a step is tried whose engine gives an error that may go away."""

FIRST_PAUSE_SECONDS = 1.0
PAUSE_GROWTH = 4.0
"""After an error that may go away: 1 s before the second attempt, 4 s before the third."""

LONGEST_PAUSE_SECONDS = 3600.0
"""However long the error itself asks for."""

MAX_DEATHS_IN_A_ROW = 8
"""How often the process may die that does a step before the job hears of it.

A step cannot be told from whatever else kills processes: with 3, both lectures failed that
were made while 50 of 100 random kills met a child; with 8, neither (benchmarks.chaos).
"""

MAX_CRASHES = 20
"""How often anything may happen to a step without an answer, power cuts included.

Apart from the attempts: 21 kills of the worker made a lecture fail that had one counter.
"""


def finish(
    connection: Connection,
    claim: Claim,
    files: Mapping[str, str],
    *,
    reused: bool,
    publish: Callable[[], object],
) -> Order:
    """Note a step as done and release those that waited for it.

    ``publish`` puts the files in the caller's place.  It is called inside the
    transaction, after the claim was found to hold and before it is committed:
    nobody can cancel or take over the step between the check and the files, and
    whoever sees the step done finds them.  A crash between files and commit
    leaves the step running; it is taken over, its artifact found, and the same
    files are published once more.
    """
    order = lock_and_order(connection, claim)
    if order is not Order.GO_ON:
        return order
    publish()
    _note_artifact(connection, claim.step.input_hash, files)
    leave_running(connection, claim.step_id, StepState.DONE, progress=1.0, reused=reused)
    return order


def fail(
    connection: Connection,
    claim: Claim,
    code: str,
    message: str,
    *,
    retryable: bool,
    retry_after: float | None,
) -> Order:
    """The engine gave an error: try again later, or give up the step and all that need it."""
    order = lock_and_order(connection, claim)
    if order is Order.GO_ON:
        attempts = _count(connection, claim, "attempt")
        connection.execute(update(step).where(step.c.id == claim.step_id).values(deaths=0))
        if retryable and attempts < MAX_ATTEMPTS:
            pause = _pause(attempts, retry_after)
            leave_running(
                connection,
                claim.step_id,
                StepState.READY,
                not_before=Ticks() + pause,
                pause_seconds=pause,
            )
        else:
            fail_running(connection, claim.step_id, code, message)
    elif order is Order.CANCEL:
        leave_running(connection, claim.step_id, StepState.CANCELLED)
    return order


def _pause(attempts: int, asked: float | None) -> float:
    """Seconds until a step is tried again after so many attempts."""
    if asked is not None:
        return min(max(0.0, asked), LONGEST_PAUSE_SECONDS)
    return FIRST_PAUSE_SECONDS * PAUSE_GROWTH ** (attempts - 1)


def crashed(connection: Connection, claim: Claim, how: str) -> Order:
    """The process that did the step died: try again, or give up when it always does."""
    order = lock_and_order(connection, claim)
    if order is not Order.FENCED:
        poison = _count(connection, claim, "deaths") >= MAX_DEATHS_IN_A_ROW
        lose(connection, claim.step_id, f"its process {how}", poison=poison)
    return order


def cancelled(connection: Connection, claim: Claim) -> Order:
    """The step was stopped as :attr:`Order.CANCEL` said."""
    order = lock_and_order(connection, claim)
    if order is not Order.FENCED:
        leave_running(connection, claim.step_id, StepState.CANCELLED)
    return order


def give_back(connection: Connection, claim: Claim) -> Order:
    """The worker stops; somebody else may do the step."""
    order = lock_and_order(connection, claim)
    if order is Order.GO_ON:
        leave_running(connection, claim.step_id, StepState.READY, progress=0.0)
    elif order is Order.CANCEL:
        leave_running(connection, claim.step_id, StepState.CANCELLED)
    return order


def reopen(connection: Connection, claim: Claim, missing: Iterable[str]) -> Order:
    """Artifacts that the step needs are gone: have them made again before it."""
    order = lock_and_order(connection, claim)
    if order is not Order.GO_ON:
        return cancelled(connection, claim)
    lost = sorted(missing)
    mine = steps_of(claim.tenant, claim.job_id, claim.generation)
    connection.execute(
        update(step)
        .where(*mine, step.c.name.in_(lost), step.c.state == StepState.DONE)
        .values(state=StepState.BLOCKED, progress=0.0, reused=False)
    )
    if _count(connection, claim, "attempt") < MAX_ATTEMPTS:
        leave_running(connection, claim.step_id, StepState.BLOCKED)
    else:
        trouble = f"{claim.step.name} lost what it is made from again and again: {lost[0]}"
        fail_running(connection, claim.step_id, "internal", trouble)
    connection.execute(
        update(step)
        .where(*mine, step.c.state.in_((StepState.BLOCKED, StepState.READY)))
        .values(state=case((waits(), StepState.BLOCKED), else_=StepState.READY))
    )
    return order


def lose(connection: Connection, step_id: int, how: str, *, poison: bool = False) -> None:
    """Nothing is heard of a running step any more; its job must be locked."""
    row = connection.execute(
        update(step)
        .where(step.c.id == step_id)
        .values(crash=step.c.crash + 1)
        .returning(step.c.crash, step.c.tenant, step.c.job_id, step.c.name)
    ).one()
    owned = locked(connection, row.tenant, row.job_id)
    if owned.state == JobState.CANCELLING:
        leave_running(connection, step_id, StepState.CANCELLED)
    elif poison or row.crash >= MAX_CRASHES:
        message = f"{row.name} failed {row.crash} times: {how}"
        fail_running(connection, step_id, EngineCrashed.code, message)
    else:
        leave_running(connection, step_id, StepState.READY, progress=0.0)


def stale(connection: Connection, owner: str | None = None) -> list[Candidate]:
    """Running steps whose lease is over; those of an owner whatever their lease."""
    late = _is_over(connection) if owner is None else step.c.owner == owner
    rows = connection.execute(
        select(step.c.id, step.c.tenant, step.c.job_id)
        .join(job, steps_of_job())
        .where(job.c.state.in_(ACTIVE), step.c.state == StepState.RUNNING, late)
        .order_by(step.c.id)
    ).all()
    return [Candidate(*row) for row in rows]


def recover(connection: Connection, found: Candidate, owner: str | None = None) -> bool:
    """Take a stale step from its owner, unless the owner was heard of meanwhile."""
    if lock(connection, found.tenant, found.job_id) is None:
        return False
    if found not in stale(connection, owner):
        return False
    how = "its lease ran out" if owner is None else "its worker died"
    lose(connection, found.step_id, how)
    return True


def recover_all(database: Database, owner: str | None = None) -> int:
    """Take back steps whose lease is over, or all of an owner; one transaction each.

    Returns:
        How many.
    """
    with database.read() as connection:
        found = stale(connection, owner)
    recovered = 0
    for each in found:
        with database.write() as connection:
            recovered += recover(connection, each, owner)
    return recovered


def _is_over(connection: Connection) -> ColumnElement[bool]:
    over = step.c.lease_until < Ticks()
    if connection.dialect.name != "sqlite":
        return over
    # An end further away than the lease is long was set before the machine restarted.
    before = step.c.lease_until > Ticks() + func.coalesce(step.c.lease_seconds, 0.0)
    return or_(over, before)


def _count(connection: Connection, claim: Claim, column: str) -> int:
    """Raise one of the step's counters; returns the new count."""
    counter = step.c[column]
    raised = update(step).where(step.c.id == claim.step_id).values({column: counter + 1})
    return int(connection.execute(raised.returning(counter)).scalar_one())


def _note_artifact(connection: Connection, input_hash: str, files: Mapping[str, str]) -> None:
    values = {"files": json.dumps(dict(files)), "made": Now()}
    connection.execute(
        upsert(connection, artifact)
        .values(input_hash=input_hash, **values)
        .on_conflict_do_update(index_elements=["input_hash"], set_=values)
    )
