"""How long a job will still take, judged by the steps that it has finished.

Steps of one kind take as long as their text is long, so the finished ones give the
seconds per letter.  What is left is then laid out on as many slots as were seen
working at once, a face after its speech, a slide after its faces.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

RECENT = 8
"""Finished steps of a kind that count: the first ones loaded the engine as well."""

SHARE_TO_TRUST = 0.1
"""Share from which a running step tells by itself how long it takes."""

REUSE_SECONDS = 0.02
"""For a step whose artifact is there."""

_OVERDUE = 0.1
"""Of its usual time is left of a step that takes longer than usual."""


class Phase(Enum):
    """Where a step stands as far as its time goes."""

    TO_DO = auto()
    RUNNING = auto()
    MADE = auto()
    OVER = auto()
    """Found made, failed or cancelled: it takes no time and tells none."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A step and its time."""

    name: str
    kind: str
    queue: str
    needs: Sequence[str]
    letters: int
    """Of all the text that it speaks, animates or joins."""
    phase: Phase
    kept: bool
    """Its artifact is there; it only has to be published."""
    usual: float | None
    """Seconds that such a step usually takes; ``None`` when only the others can tell."""
    seconds: float = 0.0
    """What it took when it was made, or has taken so far when it runs."""
    share: float = 0.0
    """Of a running step, as far as its engine tells."""
    finished: float = 0.0
    """When it was made; tells what is recent."""


def seconds_left(steps: Sequence[Timing], slots: Mapping[str, int]) -> float | None:
    """Seconds until everything is done; ``None`` when nothing tells yet.

    Args:
        steps: In the order of the plan.
        slots: Steps of each queue that can run at once; one when not named.
    """
    rates = {kind: _rate(kind, steps) for kind in {step.kind for step in steps}}
    free = {queue: [0.0] * number for queue, number in slots.items()}
    ends: dict[str, float] = {}
    latest = 0.0
    # What runs holds its slot already, wherever it stands in the plan.
    for step in sorted(steps, key=lambda each: each.phase is not Phase.RUNNING):
        if step.phase in (Phase.MADE, Phase.OVER):
            continue
        left = _left(step, rates[step.kind])
        if left is None:
            return None
        queue = free.setdefault(step.queue, [0.0])
        start = max([heapq.heappop(queue), *(ends.get(need, 0.0) for need in step.needs)])
        ends[step.name] = start + left
        heapq.heappush(queue, ends[step.name])
        latest = max(latest, ends[step.name])
    return latest


def _left(step: Timing, rate: float | None) -> float | None:
    """Seconds that a step will still work; ``None`` when nothing tells."""
    if step.kept:
        return REUSE_SECONDS
    usual = _usual(step, rate)
    if step.phase is Phase.TO_DO:
        return usual
    if step.share >= SHARE_TO_TRUST:
        return step.seconds * (1.0 - step.share) / step.share
    if usual is None:
        return None
    return max(usual - step.seconds, _OVERDUE * usual)


def _usual(step: Timing, rate: float | None) -> float | None:
    if rate is not None:
        return rate * step.letters
    return step.usual


def _rate(kind: str, steps: Iterable[Timing]) -> float | None:
    """Seconds per letter; ``None`` when no step of that kind tells."""
    mine = [step for step in steps if step.kind == kind and not step.kept]
    made = sorted((s for s in mine if s.phase is Phase.MADE), key=lambda step: step.finished)
    times = [(step.seconds, step.letters) for step in made[-RECENT:]]
    if not times:
        times = [
            (step.seconds / step.share, step.letters)
            for step in mine
            if step.phase is Phase.RUNNING and step.share >= SHARE_TO_TRUST
        ]
    letters = sum(count for _seconds, count in times)
    return sum(seconds for seconds, _count in times) / letters if letters else None
