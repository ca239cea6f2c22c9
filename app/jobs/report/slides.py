"""How far the slides and fragments of a lecture are, as told by its steps."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, and_, select

from app.jobs.report.pages import Page
from app.jobs.store.job import FragmentStates, Job, PieceState, SlideStates, StepState
from app.jobs.store.tables import step
from app.jobs.store.transitions import steps_of
from app.steps import kind_named

_PIECES = {
    StepState.BLOCKED: PieceState.QUEUED,
    StepState.READY: PieceState.QUEUED,
    StepState.RUNNING: PieceState.RUNNING,
    StepState.DONE: PieceState.DONE,
    StepState.FAILED: PieceState.FAILED,
    StepState.CANCELLED: PieceState.CANCELLED,
}


def slides(connection: Connection, asked: Job, page: Page) -> tuple[SlideStates, ...]:
    """The state of every slide and fragment of a page."""
    if not page.slides:
        return ()
    first, last = page.slides[0][0], page.slides[-1][0]
    on_page = and_(
        *steps_of(asked.tenant, asked.id, asked.generation), step.c.slide.between(first, last)
    )
    joined: dict[int, PieceState] = {}
    begun: dict[int, set[PieceState]] = defaultdict(set)
    # Of a slide that is on several pages, all fragments count.
    for row in connection.execute(
        select(step.c.slide, step.c.kind, step.c.state).where(on_page).distinct()
    ):
        state = _PIECES[StepState(row.state)]
        if kind_named(row.kind).of_fragment:
            begun[row.slide].add(state)
        else:
            joined[row.slide] = state
    fragments = _fragments(connection, on_page, page.fragments())
    return tuple(
        SlideStates(
            number,
            _state_of(begun[number], joined.get(number)),
            tuple(FragmentStates(each, fragments[each]) for each in numbers),
        )
        for number, numbers in page.slides
    )


def _fragments(
    connection: Connection, on_page: ColumnElement[bool], numbers: list[int]
) -> dict[int, dict[str, PieceState]]:
    """The state of each of their steps, by fragment and kind."""
    found: dict[int, dict[str, PieceState]] = defaultdict(dict)
    if not numbers:
        return found
    rows = connection.execute(
        select(step.c.kind, step.c.number, step.c.state)
        .where(on_page, step.c.number.between(numbers[0], numbers[-1]))
        .order_by(step.c.position)
    )
    for row in rows:
        # The number of other steps is a slide's.
        if kind_named(row.kind).of_fragment:
            found[row.number][row.kind] = _PIECES[StepState(row.state)]
    return found


def _state_of(begun: set[PieceState], joined: PieceState | None) -> PieceState:
    """Of a slide: its video's, but running from its first fragment on.

    Args:
        begun: What states the steps of its fragments have.
    """
    if joined is None:
        return PieceState.DONE
    if joined is not PieceState.QUEUED:
        return joined
    return PieceState.QUEUED if begun == {PieceState.QUEUED} else PieceState.RUNNING
