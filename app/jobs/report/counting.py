"""What the database counts of a job's steps and events, however many there are."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, select

from app.jobs.report.history import Left, Moment, Outline
from app.jobs.store.job import Job, StepState
from app.jobs.store.tables import artifact, event, step
from app.jobs.store.transitions import steps_of
from app.steps import kind_named

_WAITING = step.c.state.in_((StepState.BLOCKED, StepState.READY))

# An artifact of its input was made once, and not removed since; of a done step: it was then.
_KEPT = case(
    (step.c.state == StepState.DONE, step.c.reused), else_=artifact.c.input_hash.is_not(None)
)

_OUTLINE = (step.c.name, step.c.kind, step.c.number, step.c.slide, step.c.letters)


class Happened(NamedTuple):
    """An event."""

    seq: int
    moment: Moment
    state: str
    step: Outline | None
    """``None``: it is the job's own."""


class Sum(NamedTuple):
    """Steps of a job, counted."""

    left: dict[str, Left]
    """By kind, in the order of the plan; also kinds of which none is left."""
    cost: float


def waiting(connection: Connection, asked: Job) -> Sum:
    """The steps that neither run nor have ended."""
    return _sum(connection, asked, _WAITING)


def all_steps(connection: Connection, asked: Job) -> Sum:
    """All of them."""
    return _sum(connection, asked, step.c.id.is_not(None))


def done_before(connection: Connection, asked: Job, seq: int) -> Sum:
    """The steps that were done before an event."""
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
    return _sum(connection, asked, step.c.name.in_(done))


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
    some = (
        select(event.c.seq, event.c.at, event.c.ticks, event.c.kind.label("state"), event.c.step)
        .where(_events_of(asked), *wanted)
        .order_by(event.c.seq.desc() if last else event.c.seq)
        .limit(most)
        .subquery("some")
    )
    rows = connection.execute(
        select(some, *_OUTLINE, _KEPT.label("kept"))
        .join(step, and_(_steps_of(asked), step.c.name == some.c.step), isouter=True)
        .join(artifact, artifact.c.input_hash == step.c.input_hash, isouter=True)
        .order_by(some.c.seq)
    )
    return [
        Happened(
            row.seq,
            Moment(row.at, row.ticks),
            row.state,
            None if row.step is None else _outline(row),
        )
        for row in rows
    ]


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


def _sum(connection: Connection, asked: Job, counted: ColumnElement[bool]) -> Sum:
    rows = connection.execute(
        _with_artifacts(
            select(
                step.c.kind,
                func.count().filter(counted, ~_KEPT).label("steps"),
                func.sum(step.c.letters).filter(counted, ~_KEPT).label("letters"),
                func.count().filter(counted, _KEPT).label("kept"),
            )
        )
        .where(_steps_of(asked))
        .group_by(step.c.kind)
        .order_by(func.min(step.c.position))
    ).all()
    left = {row.kind: Left(row.steps, row.letters or 0, row.kept) for row in rows}
    cost = sum((row.steps + row.kept) * kind_named(row.kind).cost for row in rows)
    return Sum(left, cost)


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
