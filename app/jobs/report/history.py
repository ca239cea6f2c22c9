"""What the events of a generation tell about its progress, at any moment of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.jobs.report.estimate import Running, Work, seconds_left
from app.jobs.store.job import StepState
from app.steps import Kind, kind_named

RECENT = 8
"""Finished steps of a kind that count: the first ones loaded the engine as well."""

_ENDED = (StepState.DONE, StepState.FAILED, StepState.CANCELLED)


class Moment(NamedTuple):
    """When something happened."""

    at: float
    """Seconds since the epoch."""
    ticks: float | None
    """By a clock that nobody sets, where it was noted; it starts anew with the machine."""

    def since(self, earlier: Moment) -> float:
        """Seconds between the two, by the steadier clock if both are of the same run of it."""
        if self.ticks is not None and earlier.ticks is not None and self.ticks >= earlier.ticks:
            return self.ticks - earlier.ticks
        # A clock that was set back tells nothing.
        return max(0.0, self.at - earlier.at)


@dataclass(frozen=True, slots=True)
class Outline:
    """A step, as far as progress and time go."""

    name: str
    kind: Kind
    number: int
    slide: int | None
    letters: int
    """These as :class:`app.steps.Step` has them."""
    kept: bool
    """Whether its artifact was, or is, found made."""

    @property
    def fragment(self) -> int | None:
        """``None`` for a step of several."""
        return self.number if self.kind.of_fragment else None


@dataclass(slots=True)
class Left:
    """Steps of one kind that neither run nor have ended."""

    steps: int = 0
    """Without those that are kept."""
    letters: int = 0
    """Of their texts."""
    kept: int = 0

    def subtract(self, others: Left) -> None:
        """Take out steps that have ended."""
        self.steps -= others.steps
        self.letters -= others.letters
        self.kept -= others.kept

    def add(self, one: Outline, sign: int) -> None:
        """Take in or take out a step."""
        if one.kept:
            self.kept = max(0, self.kept + sign)
        else:
            self.steps = max(0, self.steps + sign)
            self.letters = max(0, self.letters + sign * one.letters)


class _Run(NamedTuple):
    step: Outline
    began: Moment | None
    """``None`` when that was not seen."""

    def seconds(self, now: Moment) -> float:
        return 0.0 if self.began is None else now.since(self.began)


@dataclass
class History:
    """Replays events; after each it can be asked how things stood.

    It may begin anywhere: of a step whose beginning it has not seen it tells no time.
    """

    left: Mapping[str, Left]
    """By name of the kind, in the order of the plan, before the first event."""
    _done: float = 0.0
    """Cost of the steps that are done."""
    _states: dict[str, str] = field(default_factory=dict)
    """Of each step that something has happened to."""
    _runs: dict[str, _Run] = field(default_factory=dict)
    _timed: dict[str, deque[tuple[float, int]]] = field(default_factory=dict)
    _working: Counter[str] = field(default_factory=Counter)
    """Steps of each queue that run, less those that ran at the beginning."""
    _most: Counter[str] = field(default_factory=Counter)
    _before: Counter[str] = field(default_factory=Counter)
    """Steps of each queue that ran at the beginning, as far as their ends were seen."""

    def __post_init__(self) -> None:
        self._whole = _cost(self.left)

    def begin(self, done: Mapping[str, Left]) -> None:
        """These were done before the first event, and all others were not."""
        for kind, some in done.items():
            self.left[kind].subtract(some)
        self._done = _cost(done)

    def apply(self, step: Outline, state: str, moment: Moment) -> None:
        """Take in that a step went to another state."""
        before = self._states.get(step.name)
        self._states[step.name] = state
        if before == StepState.DONE:
            self._done -= step.kind.cost
        if state == StepState.RUNNING:
            if before not in _ENDED:
                self.left[step.kind.name].add(step, -1)
            self._runs[step.name] = _Run(step, moment)
            self._count(step.kind.queue.value, 1)
            return
        run = self._runs.pop(step.name, None)
        self._count(step.kind.queue.value, -1)
        self._before[step.kind.queue.value] += run is None
        if state not in _ENDED:
            if run is not None:
                self.left[step.kind.name].add(step, 1)
            return
        if run is None and before not in _ENDED:
            self.left[step.kind.name].add(step, -1)
        if state == StepState.DONE:
            self._done += step.kind.cost
            if run is not None and not step.kept:
                self._time(step, run.seconds(moment))

    def progress(self) -> float:
        """From 0 to 1, by the steps that are done."""
        return min(1.0, self._done / self._whole) if self._whole else 0.0

    def seconds_left(self, now: Moment, shares: Mapping[str, float]) -> float | None:
        """Until the job is done; ``None`` when nothing tells.

        Args:
            shares: How much of running steps is done, where that is known.
        """
        slots = {queue: most + self._before[queue] for queue, most in self._most.items()}
        return seconds_left(
            (self._work(kind_named(name), now, shares) for name in self.left), slots
        )

    def timed(self) -> Mapping[str, Sequence[tuple[float, int]]]:
        """Seconds and letters of the steps of each kind that were made last."""
        return self._timed

    def stand(self, left: Mapping[str, Left], running: Mapping[str, Outline]) -> None:
        """Things stand so now, whatever the events told: failures reach steps that none names."""
        self.left = left
        self._runs = {
            name: self._runs.get(name, _Run(step, None)) for name, step in running.items()
        }

    def _count(self, queue: str, change: int) -> None:
        self._working[queue] += change
        self._most[queue] = max(self._most[queue], self._working[queue])

    def _time(self, step: Outline, seconds: float) -> None:
        if seconds:
            timed = self._timed.setdefault(step.kind.name, deque(maxlen=RECENT))
            timed.append((seconds, step.letters))

    def _work(self, kind: Kind, now: Moment, shares: Mapping[str, float]) -> Work:
        left = self.left[kind.name]
        return Work(
            queue=kind.queue.value,
            steps=left.steps,
            letters=left.letters,
            kept=left.kept,
            running=[
                Running(
                    run.step.letters,
                    run.step.kept,
                    run.seconds(now),
                    shares.get(name, 0.0),
                )
                for name, run in self._runs.items()
                if run.step.kind is kind
            ],
            timed=self._timed.get(kind.name, ()),
            usual=kind.usual_seconds,
        )


def _cost(steps: Mapping[str, Left]) -> float:
    return sum(kind_named(kind).cost * (some.steps + some.kept) for kind, some in steps.items())
