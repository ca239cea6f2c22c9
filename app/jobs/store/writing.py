"""Who writes a generation of a job, and who clears away what somebody else has left.

Steps of a long lecture take longer to write than others should wait for the database.
So they are written in several transactions, under the number of the generation to come,
which nobody looks at, while a row of the table ``writing`` keeps the job for whoever does
it.  One small transaction makes them the job's; those of the former generation are cleared
away afterwards, in portions too.

Whoever dies meanwhile leaves a row whose lease runs out.  The next submission of the job, or
a worker's housekeeping, takes it over and clears away what it had written: the job is as it
was before.

But for :func:`give_up` every function needs a transaction that writes.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, or_, select, update

from app.errors import Busy, JobConflict, LectureError
from app.jobs.store.database import Database, upsert
from app.jobs.store.job import JobKey, Submission
from app.jobs.store.tables import Ticks, writing

LEASE_SECONDS = 10.0
"""How long nothing may be heard of whoever writes."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to write a generation of a job, and to clear away others."""

    key: JobKey
    generation: int
    token: str
    taken_over: bool
    """From somebody who may have left steps behind."""


class Underway(Exception):
    """Somebody else is writing the same, or clearing away what is over."""


def begin(connection: Connection, submission: Submission, generation: int) -> Turn:
    """Take the right to write a job's generation.

    Whoever has it locks its row before the job's, and here the job may be locked already: so
    the row is never waited for.

    Raises:
        JobConflict: Other input of the same job is being written.
        Underway: The same input is.
    """
    key = JobKey(submission.tenant, submission.content.id)
    token = secrets.token_hex(16)
    values = {
        "generation": generation,
        "request_hash": submission.request_hash,
        "token": token,
        "lease_until": Ticks() + LEASE_SECONDS,
        "cancelled": False,
    }
    if connection.execute(select(writing.c.token).where(*_of(key))).one_or_none() is None:
        made = connection.execute(
            upsert(connection, writing)
            .values(tenant=key.tenant, job_id=key.id, **values)
            .on_conflict_do_nothing()
            .returning(writing.c.token)
        )
        if made.one_or_none() is None:
            raise Underway
        return Turn(key, generation, token, taken_over=False)
    other = connection.execute(_found(key)).one_or_none()
    if other is None:
        raise Underway  # and it has just ended, or goes on at this very moment
    if not other.over:
        if other.request_hash in (None, submission.request_hash):
            raise Underway
        raise JobConflict(being_made(submission.content.named))
    connection.execute(update(writing).where(*_of(key)).values(**values))
    return Turn(key, generation, token, taken_over=True)


def begin_clearing(connection: Connection, key: JobKey, generation: int) -> Turn:
    """Take the right to clear a job away, whose row is locked.

    Raises:
        Underway: Somebody else writes it or clears it away.
    """
    token = secrets.token_hex(16)
    values = {
        "generation": generation,
        "request_hash": None,
        "token": token,
        "lease_until": Ticks() + LEASE_SECONDS,
        "cancelled": False,
    }
    insert = upsert(connection, writing).values(tenant=key.tenant, job_id=key.id, **values)
    taken = connection.execute(
        insert.on_conflict_do_update(
            index_elements=["tenant", "job_id"], set_=values, where=_is_over()
        ).returning(writing.c.token)
    ).scalar_one_or_none()
    if taken != token:
        raise Underway
    return Turn(key, generation, token, taken_over=False)


def being_made(named: str) -> str:
    """What is said of a request for a job that is made from other input."""
    return f"{named} is being generated from other input; wait for it or cancel it first"


def take_over(connection: Connection, key: JobKey) -> Turn | None:
    """Take the right from somebody who died, to clear away; ``None`` when nobody did."""
    other = connection.execute(_found(key)).one_or_none()
    if other is None or not other.over:
        return None
    token = secrets.token_hex(16)
    connection.execute(
        update(writing)
        .where(*_of(key))
        .values(token=token, request_hash=None, lease_until=Ticks() + LEASE_SECONDS)
    )
    return Turn(key, other.generation, token, taken_over=True)


def abandoned(connection: Connection) -> list[JobKey]:
    """Jobs that somebody wrote, or cleared away for, who died."""
    rows = connection.execute(select(writing.c.tenant, writing.c.job_id).where(_is_over()))
    return [JobKey(*row) for row in rows]


def go_on(connection: Connection, turn: Turn) -> Row[tuple[bool]]:
    """Let the lease start anew; the row tells whether the job was cancelled meanwhile.

    Raises:
        Busy: It had run out, and somebody else has the right now.
    """
    row = connection.execute(
        update(writing)
        .where(*_mine(turn))
        .values(lease_until=Ticks() + LEASE_SECONDS)
        .returning(writing.c.cancelled)
    ).one_or_none()
    if row is None:
        raise Busy(f"the submission of {turn.key.id} took too long", retry_after=1.0)
    return row


def is_written(connection: Connection, turn: Turn) -> None:
    """Nothing is written any more, nor can it be cancelled here; other generations are left."""
    connection.execute(update(writing).where(*_mine(turn)).values(request_hash=None))


def end(connection: Connection, turn: Turn) -> None:
    """Give the right back; nothing is left."""
    connection.execute(delete(writing).where(*_mine(turn)))


def give_up(database: Database, turn: Turn) -> None:
    """Have the next one clear away at once what was written."""
    # Where the database is the trouble, the lease runs out by itself.
    with contextlib.suppress(LectureError), database.write() as connection:
        connection.execute(update(writing).where(*_mine(turn)).values(lease_until=0.0))


def cancel(connection: Connection, tenant: str, job_id: int | None) -> list[int]:
    """Have what is being written end as cancelled; returns the ids of those jobs."""
    wanted = [writing.c.tenant == tenant, writing.c.request_hash.is_not(None)]
    if job_id is not None:
        wanted.append(writing.c.job_id == job_id)
    rows = connection.execute(
        update(writing)
        .where(*wanted, ~writing.c.cancelled, ~_is_over())
        .values(cancelled=True)
        .returning(writing.c.job_id)
    )
    return list(rows.scalars())


def _found(key: JobKey) -> Select[tuple[int, str | None, bool]]:
    """The row, locked unless somebody else has it locked."""
    return (
        select(writing.c.generation, writing.c.request_hash, _is_over().label("over"))
        .where(*_of(key))
        .with_for_update(skip_locked=True)
    )


def _is_over() -> ColumnElement[bool]:
    # An end further away than the lease is long was set before the machine restarted.
    return or_(writing.c.lease_until < Ticks(), writing.c.lease_until > Ticks() + LEASE_SECONDS)


def _of(key: JobKey) -> tuple[ColumnElement[bool], ...]:
    return writing.c.tenant == key.tenant, writing.c.job_id == key.id


def _mine(turn: Turn) -> tuple[ColumnElement[bool], ...]:
    return (*_of(turn.key), writing.c.token == turn.token)
