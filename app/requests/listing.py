"""Lists of lectures: of the API, and of an LMS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, tuple_

from app.jobs.store import reading
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey, JobState
from app.jobs.store.tables import job
from app.requests.lectures import LectureRequest, told
from app.requests.tables import OF_JOB, lecture_request
from app.steps.content import LECTURE


@dataclass(frozen=True, slots=True)
class Listed:
    """A lecture, as far as a list tells of it."""

    key: JobKey
    state: JobState
    progress: float
    """From 0 to 1."""
    created: float
    """Of its generation, seconds since the epoch."""
    finished: float | None
    error_code: str | None
    request: LectureRequest | None
    """``None``: an LMS has asked for it."""


class Place(NamedTuple):
    """Where a list goes on: behind this lecture."""

    created: float
    """When it was asked for first, or for one of an LMS, last."""
    tenant: str
    id: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, newest first."""

    items: Sequence[Listed]
    goes_on: Place | None
    """``None``: there is nothing behind it."""


_JOB = (job.c.tenant, job.c.id, job.c.generation, job.c.state, job.c.finished, job.c.error_code)

_asked_for = func.coalesce(lecture_request.c.created, job.c.created)


def page(
    database: Database,
    tenants: Sequence[str],
    *,
    states: Sequence[JobState] = (),
    title: str = "",
    behind: Place | None = None,
    limit: int,
) -> Page:
    """A part of the lectures of some tenants.

    Args:
        states: Only those in one of them; in any when none is given.
        title: Only those with this in their title, in small letters or capitals.
        behind: Where it begins; at the newest when not given.
    """
    # First which they are, by indexes alone: what stands in the rows may be very long.
    found = (
        select(job.c.tenant, job.c.id, _asked_for.label("asked_for"))
        .join(lecture_request, OF_JOB, isouter=True)
        .where(job.c.kind == LECTURE, job.c.tenant.in_(tenants), *_wanted(states, title, behind))
        .order_by(_asked_for.desc(), job.c.tenant.desc(), job.c.id.desc())
        .limit(limit + 1)
        .subquery("found")
    )
    query = (
        select(
            *_JOB,
            job.c.created.label("begun"),
            found.c.asked_for,
            *(column.label(f"request_{column.name}") for column in lecture_request.columns),
        )
        .join(found, and_(found.c.tenant == job.c.tenant, found.c.id == job.c.id))
        .join(lecture_request, OF_JOB, isouter=True)
        .order_by(found.c.asked_for.desc(), found.c.tenant.desc(), found.c.id.desc())
    )
    with database.read() as connection:
        rows = connection.execute(query).all()
        progress = [reading.progress_of(connection, row) for row in rows[:limit]]
    items = [_listed(row, share) for row, share in zip(rows, progress, strict=False)]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(items, None if last is None else Place(last.asked_for, last.tenant, last.id))


def _wanted(
    states: Sequence[JobState], title: str, behind: Place | None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if states:
        wanted.append(job.c.state.in_(states))
    if title:
        wanted.append(lecture_request.c.folded.contains(title.casefold(), autoescape=True))
    if behind is not None:
        older = tuple_(job.c.tenant, job.c.id) < tuple_(behind.tenant, behind.id)
        wanted.append(or_(_asked_for < behind.created, and_(_asked_for == behind.created, older)))
    return wanted


def _listed(row: Row[Any], progress: float) -> Listed:  # columns as selected
    return Listed(
        key=JobKey(row.tenant, row.id),
        state=JobState(row.state),
        progress=progress,
        created=row.begun,
        finished=row.finished,
        error_code=row.error_code,
        request=None if row.request_id is None else told(row, "request_"),
    )
