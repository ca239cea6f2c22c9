"""All that is known about one job: per step, since an event, and how long it will take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from app.jobs.report.history import History, Outline, outline
from app.jobs.store import reading
from app.jobs.store.job import (
    Event,
    Job,
    JobState,
    PieceState,
    Report,
    StepReport,
    StepState,
)
from app.jobs.store.tables import Now, artifact, event, job, step
from app.jobs.store.transitions import steps_of

MOST_EVENTS = 100
"""In one report; whoever asks goes on with the last one's number."""


class _Stand(NamedTuple):
    """A step and how it stands."""

    outline: Outline
    state: StepState
    progress: float
    reused: bool
    known: bool
    """An artifact of its input was made once, and not removed since."""


class _Happened(NamedTuple):
    """A row of the event table."""

    seq: int
    at: float
    kind: str
    step: str | None


_PIECES = {
    StepState.BLOCKED: PieceState.QUEUED,
    StepState.READY: PieceState.QUEUED,
    StepState.RUNNING: PieceState.RUNNING,
    StepState.DONE: PieceState.DONE,
    StepState.FAILED: PieceState.FAILED,
    StepState.CANCELLED: PieceState.CANCELLED,
}


def report(connection: Connection, tenant: str, job_id: int, after: int | None) -> Report | None:
    """See :meth:`app.jobs.store.store.Store.report`."""
    found = reading.jobs(connection, job.c.tenant == tenant, job.c.id == job_id)
    if not found:
        return None
    asked = found[0]
    stands = _stands(connection, asked)
    rows = _events(connection, asked)
    history = History(
        {each.outline.name: each.outline for each in stands},
        {each.outline.name for each in stands if _was_kept(each)},
    )
    told = _replay(rows, history, after)
    return Report(
        job=asked,
        eta_seconds=_eta(connection, asked, stands, history),
        steps=tuple(map(_told_of_step, stands)),
        error_step=_error_step(rows) if asked.error_code else None,
        last_event=rows[-1].seq if rows else 0,
        events=told,
    )


def _stands(connection: Connection, asked: Job) -> list[_Stand]:
    """In the order of the plan."""
    rows = connection.execute(
        select(
            step.c.id,
            step.c.name,
            step.c.kind,
            step.c.number,
            step.c.slide,
            step.c.letters,
            step.c.state,
            step.c.progress,
            step.c.reused,
            artifact.c.input_hash.is_not(None).label("known"),
        )
        .join(artifact, artifact.c.input_hash == step.c.input_hash, isouter=True)
        .where(*steps_of(asked.tenant, asked.id, asked.generation))
        .order_by(step.c.position)
    ).all()
    return [_stand(row, ()) for row in rows]


def _stand(row: Row[Any], needs: Sequence[str]) -> _Stand:  # columns as selected
    of = outline(
        row.name,
        row.kind,
        number=row.number,
        slide=row.slide,
        letters=row.letters,
        needs=needs,
    )
    return _Stand(of, StepState(row.state), row.progress, row.reused, row.known)


def _was_kept(stand: _Stand) -> bool:
    """Whether the step found its artifact made, or will."""
    return stand.reused if stand.state is StepState.DONE else stand.known


def _told_of_step(stand: _Stand) -> StepReport:
    of = stand.outline
    return StepReport(of.kind.name, of.number, of.slide, _PIECES[stand.state])


def _events(connection: Connection, asked: Job) -> list[_Happened]:
    rows = connection.execute(
        select(event.c.seq, event.c.at, event.c.kind, event.c.step)
        .where(
            event.c.tenant == asked.tenant,
            event.c.job_id == asked.id,
            event.c.generation == asked.generation,
        )
        .order_by(event.c.seq)
    )
    return [_Happened(*row) for row in rows]


def _replay(
    rows: Sequence[_Happened],
    history: History,
    after: int | None,
) -> tuple[Event, ...]:
    """Let everything happen again; returns what was asked for."""
    told: list[Event] = []
    for row in rows:
        if row.step is not None:
            history.apply(row.step, row.kind, row.at)
        if after is not None and row.seq > after and len(told) < MOST_EVENTS:
            told.append(_told(row, history))
    return tuple(told)


def _told(row: _Happened, history: History) -> Event:
    of = history.steps[row.step] if row.step is not None else None
    return Event(
        seq=row.seq,
        at=row.at,
        state=row.kind,
        stage=of.kind.name if of else None,
        slide=of.slide if of else None,
        fragment=of.fragment if of else None,
        progress=history.progress(),
        eta_seconds=_eta_of(JobState.RUNNING if of else JobState(row.kind), row.at, history, {}),
    )


def _eta(
    connection: Connection,
    asked: Job,
    stands: Sequence[_Stand],
    history: History,
) -> float | None:
    # Failures reach steps that no event names.
    history.states = {each.outline.name: each.state for each in stands}
    now = connection.execute(select(Now())).scalar_one()
    shares = {
        each.outline.name: each.progress for each in stands if each.state is StepState.RUNNING
    }
    return _eta_of(asked.state, now, history, shares)


def _eta_of(
    state: JobState, now: float, history: History, shares: Mapping[str, float]
) -> float | None:
    if state is JobState.DONE:
        return 0.0
    return history.seconds_left(now, shares) if state is JobState.RUNNING else None


def _error_step(rows: Sequence[_Happened]) -> str | None:
    failed = (row.step for row in rows if row.kind == StepState.FAILED and row.step is not None)
    return next(failed, None)
