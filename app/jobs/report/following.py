"""Events of jobs read on and on, as long as somebody follows them, in one look at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, func, or_, select

from app.jobs.report import counting
from app.jobs.report.counting import Happened
from app.jobs.report.history import History, Moment, Outline
from app.jobs.report.reporting import told_then
from app.jobs.store.job import Event, JobKey, JobState
from app.jobs.store.tables import event, job

MOST_EVENTS = 1000
"""In one look; the others come with the next."""

_KEYS = 50
"""Jobs asked for in one query: its text, and what a planner makes of it, grow with them."""


class Standing(NamedTuple):
    """As much of a job as whoever follows it needs."""

    kind: str
    generation: int
    state: JobState
    last_event: int
    """The newest event's number; 0 when there is none (any more)."""


@dataclass(slots=True)
class Followed:
    """A job whose events are read on, each once and in order."""

    key: JobKey
    generation: int
    """The first whose events are wanted, then the last that was seen."""
    seq: int = 0
    """Number of the last event that was read."""
    is_read: bool = False
    """Whether the last look found all that there was."""
    history: History | None = field(default=None, repr=False)
    steps: dict[str, Outline] = field(default_factory=dict, repr=False)
    """Those that something has happened to, by name."""


class New(NamedTuple):
    """An event, and of which generation of its job."""

    generation: int
    event: Event


def standing(connection: Connection, key: JobKey) -> Standing | None:
    """How a job stands; ``None`` when it was never submitted."""
    last = (
        select(func.max(event.c.seq))
        .where(
            event.c.tenant == key.tenant,
            event.c.job_id == key.id,
            event.c.generation == job.c.generation,
        )
        .scalar_subquery()
    )
    row = connection.execute(
        select(job.c.kind, job.c.generation, job.c.state, last.label("last")).where(
            job.c.tenant == key.tenant, job.c.id == key.id
        )
    ).one_or_none()
    if row is None:
        return None
    return Standing(row.kind, row.generation, JobState(row.state), int(row.last or 0))


def read_on(connection: Connection, followed: Iterable[Followed]) -> dict[JobKey, list[New]]:
    """What has happened since the last look, of at most :data:`MOST_EVENTS` events.

    Args:
        followed: They are brought up to date.
    """
    found: dict[JobKey, list[New]] = {}
    every = list(followed)
    for start in range(0, len(every), _KEYS):
        some = every[start : start + _KEYS]
        rows = _new(connection, some)
        is_all = sum(map(len, rows.values())) < MOST_EVENTS
        for one in some:
            one.is_read = is_all
            if one.key in rows:
                found[one.key] = _told(connection, one, rows[one.key])
    return found


def _new(connection: Connection, some: Sequence[Followed]) -> Mapping[JobKey, list[Row[Any]]]:
    """Rows of new events by job, in order."""
    wanted = or_(
        *(
            and_(
                event.c.tenant == one.key.tenant,
                event.c.job_id == one.key.id,
                event.c.seq > one.seq,
                event.c.generation >= one.generation,
            )
            for one in some
        )
    )
    found: dict[JobKey, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(
        select(event).where(wanted).order_by(event.c.seq).limit(MOST_EVENTS)
    ):
        found[JobKey(row.tenant, row.job_id)].append(row)
    return found


def _told(connection: Connection, one: Followed, rows: Sequence[Row[Any]]) -> list[New]:
    told = []
    for row in rows:
        if row.generation != one.generation or one.history is None:
            tallies = counting.tallies_of(connection, *one.key, row.generation)
            one.history = History(counting.all_steps(tallies))
            one.generation, one.steps = row.generation, {}
            names = {each.step for each in rows if each.generation == row.generation}
            _learn(connection, one, names)
        elif row.step is not None and row.step not in one.steps:
            _learn(connection, one, {each.step for each in rows})
        one.seq = row.seq
        if row.step is not None and row.step not in one.steps:
            continue  # of a generation whose steps are gone: its end is told by another event
        happened = Happened(
            row.seq, Moment(row.at, row.ticks), row.kind, one.steps.get(row.step or "")
        )
        told.append(New(row.generation, told_then(happened, one.history)))
    return told


def _learn(connection: Connection, one: Followed, names: set[str | None]) -> None:
    """Look up the steps of those names, as far as they are there."""
    unknown = {name for name in names if name is not None} - one.steps.keys()
    one.steps |= counting.outlines_of(connection, one.key, one.generation, unknown)
