"""How fast steps were lately, judged by the last lectures that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from app.jobs.report import counting
from app.jobs.report.history import History, Left
from app.jobs.store import reading
from app.jobs.store.database import Database
from app.jobs.store.job import JobState
from app.jobs.store.tables import job
from app.steps.content import LECTURE
from app.steps.kinds import KINDS

RECENT_JOBS = 5

RECENT_EVENTS = 500
"""Of each of them."""

Times = Sequence[tuple[float, int]]
"""Seconds and letters of steps."""


def timed(database: Database) -> Mapping[str, Times]:
    """How long steps of each kind took that were made lately; without kinds of which none was."""
    with database.read() as connection:
        return _timed(connection)


def _timed(connection: Connection) -> Mapping[str, Times]:
    found: dict[str, list[tuple[float, int]]] = {}
    rows = connection.execute(
        select(job.c.tenant, job.c.id)
        .where(job.c.kind == LECTURE, job.c.state == JobState.DONE)
        .order_by(job.c.finished.desc())
        .limit(RECENT_JOBS)
    )
    for row in rows.all():
        made = reading.job_of(connection, row.tenant, row.id)
        assert made is not None, "read in the same transaction"
        history = History({kind.name: Left() for kind in KINDS})
        for each in counting.happened(connection, made, most=RECENT_EVENTS, last=True):
            if each.step is not None:
                history.apply(each.step, each.state, each.moment)
        for kind, times in history.timed().items():
            found.setdefault(kind, []).extend(times)
    return found
