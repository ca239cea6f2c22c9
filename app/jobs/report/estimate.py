"""How long a job will still take, judged by the steps that it has finished.

Steps of one kind take as long as their text is long, so the finished ones give the
seconds per letter.  What is left of a kind is shared by as many slots as were seen
working at once, and its last step waits for the last one of the kind before it: a face
for its speech, a slide for its faces.

It takes sums and the few steps that run, so that it costs the same for any number of steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

SHARE_TO_TRUST = 0.1
"""Share from which a running step tells by itself how long it takes."""

REUSE_SECONDS = 0.02
"""For a step whose artifact is there."""

_OVERDUE = 0.1
"""Of its usual time is left of a step that takes longer than usual."""


@dataclass(frozen=True, slots=True)
class Running:
    """A step that runs."""

    letters: int
    """Of all the text that it speaks, animates or joins."""
    kept: bool
    """Its artifact is there; it only has to be published."""
    seconds: float
    """Since it began."""
    share: float
    """How much of it is done, as far as its engine tells."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is left of one kind of step."""

    queue: str
    steps: int
    """That neither run nor have ended, without those that are kept."""
    letters: int
    """Of their texts."""
    kept: int
    """That only have to be published."""
    running: Sequence[Running]
    timed: Sequence[tuple[float, int]]
    """Seconds and letters of those that were made last."""
    usual: Callable[[int], float] | None
    """Seconds that one with so many letters usually takes; ``None``: only the others tell."""

    @property
    def is_over(self) -> bool:
        return not (self.steps or self.kept or self.running)


def seconds_left(works: Iterable[Work], slots: Mapping[str, int]) -> float | None:
    """Seconds until everything is done; ``None`` when nothing tells yet.

    Args:
        works: By kind, each after those that its steps wait for.
        slots: Steps of each queue that can run at once; one when not named.
    """
    end = 0.0
    for work in works:
        if work.is_over:
            continue
        rate = _rate(work)
        running = [_left(step, work.usual, rate) for step in work.running]
        waiting = _waiting(work, rate)
        if waiting is None or None in running:
            return None
        known = [left for left in running if left is not None]
        # The last step of the kind, which begins when nothing is left of the kind before.
        last = waiting / (work.steps + work.kept) if work.steps or work.kept else max(known)
        shared = (sum(known) + waiting) / slots.get(work.queue, 1)
        end = max(end + last, shared, *known)
    return end


def busy_seconds(works: Iterable[Work]) -> dict[str, float] | None:
    """How long the slots of each queue have to work, all together; ``None`` when nothing tells.

    Args:
        works: Of which nothing runs yet.
    """
    busy: dict[str, float] = {}
    for work in works:
        seconds = _waiting(work, _rate(work))
        if seconds is None:
            return None
        busy[work.queue] = busy.get(work.queue, 0.0) + seconds
    return busy


def _waiting(work: Work, rate: float | None) -> float | None:
    """Seconds of work in the steps that have not begun; ``None`` when nothing tells."""
    reused = REUSE_SECONDS * work.kept
    if not work.steps:
        return reused
    usual = _usual(work.letters / work.steps, work.usual, rate)
    return None if usual is None else reused + work.steps * usual


def _left(step: Running, usual: Callable[[int], float] | None, rate: float | None) -> float | None:
    """Seconds that a step will still work; ``None`` when nothing tells."""
    if step.kept:
        return REUSE_SECONDS
    if step.share >= SHARE_TO_TRUST:
        return step.seconds * (1.0 - step.share) / step.share
    whole = _usual(step.letters, usual, rate)
    return None if whole is None else max(whole - step.seconds, _OVERDUE * whole)


def _usual(
    letters: float, usual: Callable[[int], float] | None, rate: float | None
) -> float | None:
    if rate is not None:
        return rate * letters
    return None if usual is None else usual(round(letters))


def _rate(work: Work) -> float | None:
    """Seconds per letter; ``None`` when no step of that kind tells."""
    times = list(work.timed) or [
        (step.seconds / step.share, step.letters)
        for step in work.running
        if step.share >= SHARE_TO_TRUST and not step.kept
    ]
    letters = sum(count for _seconds, count in times)
    return sum(seconds for seconds, _count in times) / letters if letters else None
