"""How many jobs have ended, and how: counts that never go down, whatever is removed.

Whoever ends a job adds a row, so that nobody waits for a counter that another one holds; a
cancellation of many jobs would hold it while it waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from app.jobs.store.database import Database
from app.jobs.store.job import JobKey, JobState, StepState
from app.jobs.store.tables import ended, step
from app.steps import speak

MOST_ROWS = 1000
"""Beyond it they are summed up."""


class Ended(NamedTuple):
    """Jobs of a kind that ended alike."""

    kind: str
    state: str
    jobs: int
    letters: int
    """That were spoken for them, and not taken from what was there."""


def note(
    connection: Connection, key: JobKey, generation: int, state: JobState, *, kind: str
) -> None:
    """Count a job that ends; needs a transaction that writes."""
    spoken = (
        select(func.coalesce(func.sum(step.c.letters), 0))
        .where(
            step.c.tenant == key.tenant,
            step.c.job_id == key.id,
            step.c.generation == generation,
            step.c.state == StepState.DONE,
            step.c.kind == speak.KIND.name,
            ~step.c.reused,
        )
        .scalar_subquery()
    )
    connection.execute(insert(ended).values(kind=kind, state=state, jobs=1, letters=spoken))


def all_ended(database: Database) -> list[Ended]:
    """Every job that has ever ended, by kind and state."""
    with database.read() as connection:
        rows = connection.execute(select(func.count()).select_from(ended)).scalar_one()
    if rows > MOST_ROWS:
        _sum_up(database)
    query = (
        select(ended.c.kind, ended.c.state, func.sum(ended.c.jobs), func.sum(ended.c.letters))
        .group_by(ended.c.kind, ended.c.state)
        .order_by(ended.c.kind, ended.c.state)
    )
    with database.read() as connection:
        return [
            Ended(kind, state, int(jobs), int(letters))
            for kind, state, jobs, letters in connection.execute(query)
        ]


def _sum_up(database: Database) -> None:
    with database.write() as connection:
        taken = connection.execute(
            delete(ended).returning(ended.c.kind, ended.c.state, ended.c.jobs, ended.c.letters)
        ).all()
        if taken:  # somebody else may have done so meanwhile
            connection.execute(insert(ended), _sums(Ended(*row) for row in taken))


def _sums(rows: Iterable[Ended]) -> list[dict[str, object]]:
    sums: dict[tuple[str, str], Ended] = {}
    for row in rows:
        former = sums.get((row.kind, row.state), Ended(row.kind, row.state, 0, 0))
        sums[row.kind, row.state] = former._replace(
            jobs=former.jobs + row.jobs, letters=former.letters + row.letters
        )
    return [each._asdict() for each in sums.values()]
