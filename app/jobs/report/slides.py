"""How far the slides and fragments of a lecture are, as told by its steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.jobs.store.job import PieceState, StepReport
from app.steps import kind_named


@dataclass(frozen=True, slots=True)
class FragmentStates:
    """How far a fragment is."""

    number: int
    steps: Mapping[str, PieceState]
    """Of each of its steps, by kind, in the order in which they are done."""


@dataclass(frozen=True, slots=True)
class SlideStates:
    """How far a slide is."""

    number: int
    """From 1."""
    state: PieceState
    """Done when its video is; a slide on which nothing is spoken always is."""
    fragments: tuple[FragmentStates, ...]


def slides(
    mapping: Sequence[Sequence[int]], steps: Iterable[StepReport]
) -> tuple[SlideStates, ...]:
    """The state of every slide.

    Args:
        mapping: Fragment numbers per slide.
        steps: All of the lecture.
    """
    fragments: dict[int, dict[str, PieceState]] = defaultdict(dict)
    joined: dict[int, PieceState] = {}
    for step in steps:
        if kind_named(step.kind).of_fragment:
            fragments[step.number][step.kind] = step.state
        elif step.slide is not None:
            joined[step.slide] = step.state
    return tuple(
        _slide(number, joined.get(number), [FragmentStates(n, fragments[n]) for n in numbers])
        for number, numbers in enumerate(mapping, start=1)
    )


def _slide(
    number: int, joined: PieceState | None, fragments: Sequence[FragmentStates]
) -> SlideStates:
    return SlideStates(number, _state_of(fragments, joined), tuple(fragments))


def _state_of(fragments: Sequence[FragmentStates], joined: PieceState | None) -> PieceState:
    """Of a slide: its video's, but running from its first fragment on."""
    if joined is None:
        return PieceState.DONE
    if joined is not PieceState.QUEUED:
        return joined
    begun = {state for each in fragments for state in each.steps.values()}
    return PieceState.QUEUED if begun == {PieceState.QUEUED} else PieceState.RUNNING
