"""What jobs still need of the files that are kept, and what the store forgets with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    func,
    or_,
    select,
)

from app.jobs.store.database import Database
from app.jobs.store.job import JobKey
from app.jobs.store.tables import Now, artifact, event, job, publication, step
from app.jobs.store.transitions import ACTIVE, steps_of_job

_AT_A_TIME = 500
"""Fewer than what any database takes in one statement."""


def artifacts(connection: Connection) -> set[str]:
    """Input hashes of every step of the jobs that have not ended, also of done steps."""
    rows = connection.execute(
        select(step.c.input_hash)
        .distinct()
        .join(job, steps_of_job())
        .where(job.c.state.in_(ACTIVE))
    )
    return set(rows.scalars())


def inputs(connection: Connection, ended_seconds: float) -> set[Path]:
    """Input folders of jobs that have not ended, or not longer ago than that."""
    rows = connection.execute(
        select(job.c.inputs).where(
            job.c.inputs.is_not(None),
            or_(job.c.state.in_(ACTIVE), job.c.finished >= Now() - ended_seconds),
        )
    )
    return {Path(found) for found in rows.scalars()}


def places(connection: Connection) -> list[Path]:
    """Where jobs that have ended have published files, or were about to."""
    open_job = exists().where(
        job.c.tenant == publication.c.tenant,
        job.c.id == publication.c.job_id,
        job.c.state.in_(ACTIVE),
    )
    rows = connection.execute(select(publication.c.path).distinct().where(~open_job))
    return [Path(path) for path in rows.scalars()]


def forget_artifacts(database: Database, input_hashes: Collection[str]) -> None:
    portions = _portions(sorted(input_hashes))

    def next_portion(connection: Connection) -> bool:
        some = next(portions, None)
        if some is not None:
            connection.execute(delete(artifact).where(artifact.c.input_hash.in_(some)))
        return some is not None

    database.write_in_portions(next_portion)


def count_old_events(connection: Connection, seconds: float) -> int:
    """Events older than that, of jobs that have ended or of earlier generations."""
    count = select(func.count()).select_from(event).where(*_old(seconds))
    return int(connection.execute(count).scalar_one())


def forget_old_events(connection: Connection, seconds: float) -> bool:
    """Remove some of them; returns whether there may be more."""
    some = select(event.c.seq).where(*_old(seconds)).limit(_AT_A_TIME)
    return connection.execute(delete(event).where(event.c.seq.in_(some))).rowcount == _AT_A_TIME


def ended_jobs(connection: Connection, kind: str, ended_seconds: float, most: int) -> list[JobKey]:
    """Some jobs of a kind that ended longer ago than that."""
    rows = connection.execute(
        select(job.c.tenant, job.c.id)
        .where(
            job.c.kind == kind,
            job.c.state.not_in(ACTIVE),
            job.c.finished < Now() - ended_seconds,
        )
        .order_by(job.c.finished)
        .limit(most)
    )
    return [JobKey(*row) for row in rows]


def _old(seconds: float) -> tuple[ColumnElement[bool], ...]:
    needed = exists().where(
        job.c.tenant == event.c.tenant,
        job.c.id == event.c.job_id,
        job.c.generation == event.c.generation,
        job.c.state.in_(ACTIVE),
    )
    return event.c.at < Now() - seconds, ~needed


def _portions(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _AT_A_TIME):
        yield values[start : start + _AT_A_TIME]
