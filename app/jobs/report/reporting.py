"""All that is known about one job: per slide, since an event, and how long it will take.

A lecture may have tens of thousands of steps and events.  The database counts them; read
are the steps of a page, the events that are told, and the last ones before those.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.jobs.report import counting
from app.jobs.report.counting import Happened, Tallies
from app.jobs.report.history import History, Left, Moment
from app.jobs.report.pages import page_of
from app.jobs.report.slides import slides
from app.jobs.store import reading
from app.jobs.store.job import Event, Job, JobState, Report
from app.jobs.store.tables import Now, Ticks, event
from app.steps import shape_of

MOST_EVENTS = 100
"""In one report; whoever asks goes on with the last one's number."""

RECENT_EVENTS = 500
"""So many of the last ones tell how fast the steps are and how many run at once."""


def report(
    connection: Connection, tenant: str, job_id: int, *, after: int | None, page: int
) -> Report | None:
    """See :meth:`app.jobs.store.store.Store.report`."""
    row = reading.row_of(connection, tenant, job_id)
    if row is None:
        return None
    tallies = counting.tallies(connection, row)
    asked = reading.told(connection, row, tallies)
    shape = shape_of(asked.content)
    part, pages = page_of(shape.mapping, page)
    return Report(
        job=asked,
        eta_seconds=_eta(connection, asked, tallies),
        language=shape.language,
        mapping=shape.mapping,
        slides=slides(connection, asked, part),
        page=page,
        pages=pages,
        error_step=counting.error_step(connection, asked) if asked.error_code else None,
        last_event=counting.last_event(connection, asked),
        events=() if after is None else _told(connection, asked, tallies, after),
    )


def _eta(connection: Connection, asked: Job, tallies: Tallies) -> float | None:
    """Seconds until the job ends, judged now."""
    if asked.state is not JobState.RUNNING:
        return 0.0 if asked.state is JobState.DONE else None
    left = counting.waiting(tallies)
    history = History({kind: Left() for kind in left})
    for each in counting.happened(connection, asked, most=RECENT_EVENTS, last=True):
        _apply(history, each)
    running = counting.running(connection, asked)
    # Failures reach steps that no event names.
    history.stand(left, {step.name: step for step, _share in running})
    now = Moment(*connection.execute(select(Now(), Ticks())).one())
    return history.seconds_left(now, {step.name: share for step, share in running})


def _told(connection: Connection, asked: Job, tallies: Tallies, after: int) -> tuple[Event, ...]:
    """What happened after an event, each with how things stood then."""
    history = _history_until(connection, asked, tallies, after)
    told = []
    new = counting.happened(connection, asked, event.c.seq > after, most=MOST_EVENTS, last=False)
    for each in new:
        told.append(told_then(each, history))
    return tuple(told)


def _history_until(connection: Connection, asked: Job, tallies: Tallies, seq: int) -> History:
    """How things stood after an event, as far as it matters for what follows."""
    recent = counting.happened(connection, asked, event.c.seq <= seq, most=RECENT_EVENTS, last=True)
    history = History(counting.all_steps(tallies))
    if len(recent) == RECENT_EVENTS:
        history.begin(counting.done_before(connection, asked, recent[0].seq))
    for each in recent:
        _apply(history, each)
    return history


def _apply(history: History, happened: Happened) -> None:
    if happened.step is not None:
        history.apply(happened.step, happened.state, happened.moment)


def told_then(happened: Happened, history: History) -> Event:
    """An event, with how things stand after it; the history stands just before it."""
    _apply(history, happened)
    of = happened.step
    return Event(
        seq=happened.seq,
        at=happened.moment.at,
        state=happened.state,
        stage=of.kind.name if of else None,
        slide=of.slide if of else None,
        fragment=of.fragment if of else None,
        progress=history.progress(),
        eta_seconds=_eta_then(happened, history),
    )


def _eta_then(happened: Happened, history: History) -> float | None:
    if happened.step is None and happened.state != JobState.RUNNING:
        return 0.0 if happened.state == JobState.DONE else None
    return history.seconds_left(happened.moment, {})
