"""Snapshots of lectures for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, func, select

from app.jobs.report.history import COSTS
from app.jobs.store.job import Job, JobState, Stage, StepState
from app.jobs.store.tables import lecture, step
from app.jobs.store.transitions import steps_of
from app.lecture import Lecture

LECTURES = TypeAdapter(Lecture)
"""Lectures to JSON and back."""


def jobs(connection: Connection, *conditions: ColumnElement[bool]) -> list[Job]:
    """Every lecture that fulfils the conditions, oldest first."""
    rows = connection.execute(
        select(lecture).where(*conditions).order_by(lecture.c.created, lecture.c.id)
    ).all()
    return [_job(connection, row) for row in rows]


def _job(connection: Connection, row: Row[Any]) -> Job:  # columns as selected
    tallies = connection.execute(
        select(
            step.c.kind,
            step.c.state,
            func.count().label("steps"),
            func.sum(step.c.progress).label("share"),
            func.count().filter(step.c.reused).label("reused"),
        )
        .where(*steps_of(row.tenant, row.id))
        .group_by(step.c.kind, step.c.state)
    ).all()
    return Job(
        tenant=row.tenant,
        id=row.id,
        generation=row.generation,
        state=JobState(row.state),
        request_hash=row.request_hash,
        lecture=LECTURES.validate_json(row.lecture),
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


def _progress(tallies: Sequence[Row[Any]]) -> float:  # columns as selected
    whole = sum(COSTS[tally.kind] * tally.steps for tally in tallies)
    done = sum(COSTS[tally.kind] * tally.share for tally in tallies)
    return min(1.0, done / whole) if whole else 0.0


def _stage(connection: Connection, row: Row[Any]) -> Stage | None:  # columns as selected
    running = connection.execute(
        select(step.c.kind, step.c.number)
        .where(*steps_of(row.tenant, row.id), step.c.state == StepState.RUNNING)
        .order_by(step.c.position)
        .limit(1)
    ).one_or_none()
    return Stage(running.kind, running.number) if running else None
