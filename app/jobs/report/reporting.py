"""All that is known about one lecture: per slide, since an event, and how long it will take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.jobs.report.history import History, parts
from app.jobs.store import reading
from app.jobs.store.job import (
    Event,
    FragmentStates,
    Job,
    JobState,
    PieceState,
    Report,
    SlideStates,
    StepState,
)
from app.jobs.store.tables import Now, artifact, event, lecture, step
from app.jobs.store.transitions import steps_of
from app.lecture import Lecture

MOST_EVENTS = 100
"""In one report; whoever asks goes on with the last one's number."""


class _Step(NamedTuple):
    """A row of the step table."""

    name: str
    state: str
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


def report(
    connection: Connection, tenant: str, lecture_id: int, after: int | None
) -> Report | None:
    """See :meth:`app.jobs.store.store.Store.report`."""
    found = reading.jobs(connection, lecture.c.tenant == tenant, lecture.c.id == lecture_id)
    if not found:
        return None
    job = found[0]
    steps = _steps(connection, job)
    rows = _events(connection, job)
    history = History(parts(job.lecture), {row.name for row in steps if _was_kept(row)})
    told = _replay(rows, history, after)
    states = {row.name: StepState(row.state) for row in steps}
    return Report(
        job=job,
        eta_seconds=_eta(connection, job, steps, history),
        slides=_slides(job.lecture, {name: _PIECES[state] for name, state in states.items()}),
        error_step=_error_step(rows) if job.error_code else None,
        last_event=rows[-1].seq if rows else 0,
        events=told,
    )


def _steps(connection: Connection, job: Job) -> list[_Step]:
    rows = connection.execute(
        select(
            step.c.name,
            step.c.state,
            step.c.progress,
            step.c.reused,
            artifact.c.input_hash.is_not(None).label("known"),
        )
        .join(artifact, artifact.c.input_hash == step.c.input_hash, isouter=True)
        .where(*steps_of(job.tenant, job.id))
        .order_by(step.c.position)
    )
    return [_Step(*row) for row in rows]


def _was_kept(row: _Step) -> bool:
    """Whether the step found its artifact made, or will."""
    return row.reused if row.state == StepState.DONE else row.known


def _events(connection: Connection, job: Job) -> list[_Happened]:
    rows = connection.execute(
        select(event.c.seq, event.c.at, event.c.kind, event.c.step)
        .where(
            event.c.tenant == job.tenant,
            event.c.lecture_id == job.id,
            event.c.generation == job.generation,
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
    part = history.parts[row.step] if row.step is not None else None
    return Event(
        seq=row.seq,
        at=row.at,
        state=row.kind,
        stage=part.step.kind if part else None,
        slide=part.slide if part else None,
        fragment=part.fragment if part else None,
        progress=history.progress(),
        eta_seconds=_eta_of(JobState.RUNNING if part else JobState(row.kind), row.at, history, {}),
    )


def _eta(
    connection: Connection,
    job: Job,
    steps: Sequence[_Step],
    history: History,
) -> float | None:
    # Failures reach steps that no event names.
    history.states = {row.name: row.state for row in steps}
    now = connection.execute(select(Now())).scalar_one()
    shares = {row.name: row.progress for row in steps if row.state == StepState.RUNNING}
    return _eta_of(job.state, now, history, shares)


def _eta_of(
    state: JobState, now: float, history: History, shares: Mapping[str, float]
) -> float | None:
    if state is JobState.DONE:
        return 0.0
    return history.seconds_left(now, shares) if state is JobState.RUNNING else None


def _slides(found: Lecture, states: Mapping[str, PieceState]) -> tuple[SlideStates, ...]:
    slides = []
    for number, slide in enumerate(found.slides, start=1):
        fragments = tuple(
            FragmentStates(
                each.number, states[f"speech_{each.number}"], states[f"face_{each.number}"]
            )
            for each in slide.fragments
        )
        state = _state_of(fragments, states.get(f"slide_{number}"))
        slides.append(SlideStates(number, state, fragments))
    return tuple(slides)


def _state_of(fragments: Sequence[FragmentStates], joined: PieceState | None) -> PieceState:
    """Of a slide: its video's, but running from its first fragment on."""
    if joined is None:
        return PieceState.DONE
    if joined is not PieceState.QUEUED:
        return joined
    begun = {state for each in fragments for state in (each.speech, each.face)}
    return PieceState.QUEUED if begun == {PieceState.QUEUED} else PieceState.RUNNING


def _error_step(rows: Sequence[_Happened]) -> str | None:
    failed = (row.step for row in rows if row.kind == StepState.FAILED and row.step is not None)
    return next(failed, None)
