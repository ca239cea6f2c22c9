"""Snapshots of jobs and their steps for whoever asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, select

from app.jobs.store.job import Job, JobKey, JobState, Stage, StepState
from app.jobs.store.tables import edge, job, step
from app.jobs.store.transitions import ACTIVE, steps_of
from app.steps import JobContent, Queue, Step, kind_named


def jobs(connection: Connection, *conditions: ColumnElement[bool]) -> list[Job]:
    """Every job that fulfils the conditions, oldest first."""
    rows = connection.execute(
        select(job).where(*conditions).order_by(job.c.created, job.c.id)
    ).all()
    return [told(connection, row, _tallies(connection, row)) for row in rows]


def job_of(connection: Connection, tenant: str, job_id: int) -> Job | None:
    """How a job stands; ``None`` when it was never submitted."""
    found = jobs(connection, job.c.tenant == tenant, job.c.id == job_id)
    return found[0] if found else None


def active(connection: Connection, tenant: str) -> list[Job]:
    """A tenant's jobs that have not ended, oldest first."""
    return jobs(connection, job.c.tenant == tenant, job.c.state.in_(ACTIVE))


def is_open(connection: Connection, only: JobKey | None) -> bool:
    """Whether that job, or without one any that is not reserved, has not ended."""
    mine = (
        ~job.c.reserved if only is None else and_(job.c.tenant == only.tenant, job.c.id == only.id)
    )
    return bool(connection.execute(select(exists().where(job.c.state.in_(ACTIVE), mine))).scalar())


def content(row: Row[*tuple[Any, ...]]) -> JobContent:  # of the job table
    """What a job is to make."""
    return JobContent(row.kind, row.id, row.content)


def planned(row: Row[Any], needs: Sequence[str]) -> Step:  # a row of the step table
    """A step as it was submitted."""
    return Step(
        name=row.name,
        kind=row.kind,
        number=row.number,
        queue=Queue(row.queue),
        needs=tuple(needs),
        input_hash=row.input_hash,
        slide=row.slide,
        letters=row.letters,
        places={name: Path(path) for name, path in json.loads(row.places).items()},
    )


def is_needed_by(dependent: Row[Any]) -> ColumnElement[bool]:  # a row of the step table
    """Whether a step is one whose artifact another one reads."""
    if not dependent.needs_all:
        return step.c.id.in_(select(edge.c.src).where(edge.c.dst == dependent.id))
    mine = steps_of(dependent.tenant, dependent.job_id, dependent.generation)
    return and_(*mine, step.c.position < dependent.position)


def row_of(connection: Connection, tenant: str, job_id: int) -> Row[Any] | None:
    """The row of a job."""
    return connection.execute(
        select(job).where(job.c.tenant == tenant, job.c.id == job_id)
    ).one_or_none()


def told(
    connection: Connection,
    row: Row[Any],  # of the job table
    tallies: Sequence[Row[Any]],  # columns as in :func:`_tallies`
) -> Job:
    """A job by its row.

    Args:
        tallies: Of its steps, each counted once.
    """
    return Job(
        tenant=row.tenant,
        generation=row.generation,
        state=JobState(row.state),
        request_hash=row.request_hash,
        content=content(row),
        error_code=row.error_code,
        error_message=row.error_message,
        steps_done=sum(tally.steps for tally in tallies if tally.state == StepState.DONE),
        steps_total=sum(tally.steps for tally in tallies),
        progress=_progress(tallies),
        stage=_stage(connection, row),
        reused=sum(tally.reused for tally in tallies),
        created=row.created,
        finished=row.finished,
    )


def progress_of(connection: Connection, row: Row[Any]) -> float:
    """How far a job is, from 0 to 1, by its tenant, id, generation and state."""
    if row.state == JobState.DONE:
        return 1.0
    return _progress(_tallies(connection, row))


def _tallies(connection: Connection, row: Row[Any]) -> Sequence[Row[Any]]:  # of the job table
    return connection.execute(
        select(
            step.c.kind,
            step.c.state,
            func.count().label("steps"),
            func.sum(step.c.progress).label("share"),
            func.count().filter(step.c.reused).label("reused"),
        )
        .where(*steps_of(row.tenant, row.id, row.generation))
        .group_by(step.c.kind, step.c.state)
    ).all()


def _progress(tallies: Sequence[Row[Any]]) -> float:  # columns as selected
    costs = {tally.kind: kind_named(tally.kind).cost for tally in tallies}
    whole = sum(costs[tally.kind] * tally.steps for tally in tallies)
    done = sum(costs[tally.kind] * tally.share for tally in tallies)
    return min(1.0, done / whole) if whole else 0.0


def _stage(connection: Connection, row: Row[Any]) -> Stage | None:  # columns as selected
    running = connection.execute(
        select(step.c.kind, step.c.number)
        .where(*steps_of(row.tenant, row.id, row.generation), step.c.state == StepState.RUNNING)
        .order_by(step.c.position)
        .limit(1)
    ).one_or_none()
    return Stage(running.kind, running.number) if running else None
