"""What the database counts of a job's steps and events, however many there are."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, select

from app.jobs.report.history import Left, Moment, Outline
from app.jobs.store.job import Job, JobKey, StepState
from app.jobs.store.tables import artifact, event, step
from app.jobs.store.transitions import steps_of
from app.steps import kind_named

_WAITING = (StepState.BLOCKED, StepState.READY)

# An artifact of its input was made once, and not removed since; of a done step: it was then.
_KEPT = case(
    (step.c.state == StepState.DONE, step.c.reused), else_=artifact.c.input_hash.is_not(None)
)

_OUTLINE = (step.c.name, step.c.kind, step.c.number, step.c.slide, step.c.letters)


Tallies = Sequence[Row[Any]]
"""Steps of a job, counted by kind, state and whether they are kept; as :func:`tallies` says."""


class Happened(NamedTuple):
    """An event."""

    seq: int
    moment: Moment
    state: str
    step: Outline | None
    """``None``: it is the job's own."""


def waiting(tallies: Tallies) -> dict[str, Left]:
    """The steps that neither run nor have ended, by kind in the order of the plan."""
    return _left(tallies, _WAITING)


def all_steps(tallies: Tallies) -> dict[str, Left]:
    """All of them, by kind in the order of the plan."""
    return _left(tallies, tuple(StepState))


def _left(tallies: Tallies, states: Container[str]) -> dict[str, Left]:
    found: dict[str, Left] = {}
    for tally in tallies:
        left = found.setdefault(tally.kind, Left())
        if tally.state not in states:
            continue
        if tally.kept:
            left.kept += tally.steps
        else:
            left.steps += tally.steps
            left.letters += tally.letters
    return found


def done_before(connection: Connection, asked: Job, seq: int) -> dict[str, Left]:
    """The steps that were done before an event, by kind."""
    states = (
        select(
            event.c.step,
            func.max(event.c.seq).label("last"),
            func.max(event.c.seq).filter(event.c.kind == StepState.DONE).label("done"),
        )
        .where(_events_of(asked), event.c.seq < seq, event.c.step.is_not(None))
        .group_by(event.c.step)
        .subquery("states")
    )
    done = select(states.c.step).where(states.c.done == states.c.last)
    return all_steps(
        tallies_of(connection, asked.tenant, asked.id, asked.generation, step.c.name.in_(done))
    )


def tallies(connection: Connection, row: Row[Any]) -> Tallies:
    """A job's steps, counted by all that a report asks for, in the order of the plan.

    Args:
        row: Of the job.
    """
    return tallies_of(connection, row.tenant, row.id, row.generation)


def tallies_of(
    connection: Connection, tenant: str, job_id: int, generation: int, *wanted: ColumnElement[bool]
) -> Tallies:
    """The same of a generation of a job, or of those of its steps that are wanted."""
    kept = _KEPT.label("kept")
    return connection.execute(
        _with_artifacts(
            select(
                step.c.kind,
                step.c.state,
                kept,
                func.count().label("steps"),
                func.sum(step.c.letters).label("letters"),
                func.sum(step.c.progress).label("share"),
                func.count().filter(step.c.reused).label("reused"),
            )
        )
        .where(*steps_of(tenant, job_id, generation), *wanted)
        .group_by(step.c.kind, step.c.state, kept)
        .order_by(func.min(step.c.position))
    ).all()


def running(connection: Connection, asked: Job) -> list[tuple[Outline, float]]:
    """The steps that run, and how much of each is done."""
    rows = connection.execute(
        _with_artifacts(select(*_OUTLINE, _KEPT.label("kept"), step.c.progress)).where(
            _steps_of(asked), step.c.state == StepState.RUNNING
        )
    )
    return [(_outline(row), row.progress) for row in rows]


def happened(
    connection: Connection, asked: Job, *wanted: ColumnElement[bool], most: int, last: bool
) -> list[Happened]:
    """Events of this generation, in order.

    Args:
        most: Number of them.
        last: The last of those wanted; else the first.
    """
    rows = connection.execute(
        select(event.c.seq, event.c.at, event.c.ticks, event.c.kind.label("state"), event.c.step)
        .where(_events_of(asked), *wanted)
        .order_by(event.c.seq.desc() if last else event.c.seq)
        .limit(most)
    ).all()
    key = JobKey(asked.tenant, asked.id)
    outlines = outlines_of(connection, key, asked.generation, {row.step for row in rows})
    return [
        Happened(row.seq, Moment(row.at, row.ticks), row.state, outlines.get(row.step))
        for row in (reversed(rows) if last else rows)
    ]


def outlines_of(
    connection: Connection, key: JobKey, generation: int, names: set[str]
) -> dict[str, Outline]:
    """Steps by name, in a query of their own: a join with events misleads PostgreSQL."""
    rows = connection.execute(
        _with_artifacts(select(*_OUTLINE, _KEPT.label("kept"))).where(
            *steps_of(*key, generation), step.c.name.in_(names)
        )
    )
    return {row.name: _outline(row) for row in rows}


def last_event(connection: Connection, asked: Job) -> int:
    """The newest event's number."""
    found = select(func.max(event.c.seq)).where(_events_of(asked))
    return int(connection.execute(found).scalar_one() or 0)


def error_step(connection: Connection, asked: Job) -> str | None:
    """Name of the first step that failed."""
    found = (
        select(event.c.step)
        .where(_events_of(asked), event.c.kind == StepState.FAILED, event.c.step.is_not(None))
        .order_by(event.c.seq)
        .limit(1)
    )
    return connection.execute(found).scalar_one_or_none()


def _with_artifacts(query: Select[Any]) -> Select[Any]:  # of any columns
    known = artifact.c.input_hash == step.c.input_hash
    return query.select_from(step).join(artifact, known, isouter=True)


def _steps_of(asked: Job) -> ColumnElement[bool]:
    return and_(*steps_of(asked.tenant, asked.id, asked.generation))


def _events_of(asked: Job) -> ColumnElement[bool]:
    return and_(
        event.c.tenant == asked.tenant,
        event.c.job_id == asked.id,
        event.c.generation == asked.generation,
    )


def _outline(row: Row[Any]) -> Outline:  # with the columns of :data:`_OUTLINE`
    return Outline(
        row.name, kind_named(row.kind), row.number, row.slide, row.letters, bool(row.kept)
    )
