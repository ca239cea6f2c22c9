"""Removing a job that has ended, with all that the store knows of it.

Portions of it go one after the other.  Whoever dies meanwhile leaves a job that can be removed
again or, once its row is gone, steps that housekeeping clears away.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, Table, and_, delete, or_, select, tuple_

from app.errors import Busy, JobConflict
from app.jobs.store import submitting, writing
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey
from app.jobs.store.tables import event, job, publication, step
from app.jobs.store.transitions import ACTIVE

LOOK_SECONDS = 0.05

WAIT_SECONDS = 5.0
"""How long a job that is just being written or cancelled may take to end."""

_AT_A_TIME = 500


def remove(database: Database, key: JobKey) -> list[str]:
    """See :meth:`app.jobs.store.store.Store.remove`."""
    turn = _turn(database, key)
    if turn is None:
        return []
    try:
        with database.read() as connection:
            alone = _made_for_it_alone(connection, key)
        for table in (event, publication):
            _remove_rows(database, turn, table)
        with database.write() as connection:
            writing.go_on(connection, turn)
            connection.execute(delete(job).where(job.c.tenant == key.tenant, job.c.id == key.id))
    except BaseException:
        writing.give_up(database, turn)
        raise
    submitting.clear(database, turn)
    return alone


def _turn(database: Database, key: JobKey) -> writing.Turn | None:
    """The right to remove a job; ``None`` when there is none.

    Raises:
        JobConflict: It has not ended.
        Busy: Somebody else is writing or clearing it away for long.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with database.write() as connection:
                return _begun(connection, key)
        except writing.Underway:
            if time.monotonic() >= until:
                raise Busy(f"lecture {key.id} is being written", retry_after=1.0) from None
        time.sleep(LOOK_SECONDS)


def _begun(connection: Connection, key: JobKey) -> writing.Turn | None:
    row = connection.execute(
        select(job.c.state, job.c.generation)
        .where(job.c.tenant == key.tenant, job.c.id == key.id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return None
    if row.state in ACTIVE:
        raise JobConflict("it has not ended; cancel it first")
    return writing.begin_clearing(connection, key, row.generation)


def _made_for_it_alone(connection: Connection, key: JobKey) -> list[str]:
    """Input hashes of its steps that no other job has a step for."""
    mine = and_(step.c.tenant == key.tenant, step.c.job_id == key.id)
    own = select(step.c.input_hash).where(mine).distinct().subquery("own")
    others = step.alias("others")
    theirs = or_(others.c.tenant != key.tenant, others.c.job_id != key.id)
    # A join, and no look for each: there is no index by which one could be quick.
    rows = connection.execute(
        select(own.c.input_hash)
        .join(others, and_(others.c.input_hash == own.c.input_hash, theirs), isouter=True)
        .where(others.c.id.is_(None))
    )
    return list(rows.scalars())


def _remove_rows(database: Database, turn: writing.Turn, table: Table) -> None:
    mine = (table.c.tenant == turn.key.tenant, table.c.job_id == turn.key.id)
    identity = list(table.primary_key.columns)

    def next_portion(connection: Connection) -> bool:
        writing.go_on(connection, turn)
        some = select(*identity).where(*mine).limit(_AT_A_TIME)
        found = connection.execute(delete(table).where(tuple_(*identity).in_(some)))
        return found.rowcount == _AT_A_TIME

    database.write_in_portions(next_portion)
