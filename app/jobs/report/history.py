"""What the events of a generation tell about its progress, at any moment of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.jobs.report.estimate import Phase, Timing, seconds_left
from app.jobs.store.job import StepState
from app.steps import Kind, kind_named


@dataclass(frozen=True, slots=True)
class Outline:
    """A step, as far as progress and time go."""

    name: str
    kind: Kind
    number: int
    slide: int | None
    letters: int
    needs: Sequence[str]
    """These as :class:`app.steps.Step` has them."""
    queue: str
    """A plain string: it is looked up for every event, and enumerations hash slowly."""
    usual: float | None
    """Seconds, where its kind has a usual time."""

    @property
    def fragment(self) -> int | None:
        """``None`` for a step of several."""
        return self.number if self.kind.of_fragment else None


def outline(
    name: str,
    kind_name: str,
    *,
    number: int,
    slide: int | None,
    letters: int,
    needs: Sequence[str],
) -> Outline:
    """A step by what its row in the store says."""
    kind = kind_named(kind_name)
    usual = kind.usual_seconds(letters) if kind.usual_seconds else None
    return Outline(name, kind, number, slide, letters, needs, kind.queue.value, usual)


@dataclass
class History:
    """Replays events; after each it can be asked how things stood."""

    steps: Mapping[str, Outline]
    """By name, in the order of the plan."""
    kept: Collection[str]
    """Names of steps whose artifacts were, or are, found made."""
    states: dict[str, str] = field(default_factory=dict)
    """Of each step that something has happened to."""
    _started: dict[str, float] = field(default_factory=dict)
    _took: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Seconds, and when it was finished, of each step that is done."""
    _slots: Counter[str] = field(default_factory=Counter)
    """Most steps of each queue that ever ran at once."""

    def apply(self, name: str, state: str, at: float) -> None:
        """Take in that a step went to another state."""
        self.states[name] = state
        if state == StepState.RUNNING:
            self._started[name] = at
            queue = self.steps[name].queue
            running = sum(
                self.steps[other].queue == queue
                for other, known in self.states.items()
                if known == StepState.RUNNING
            )
            self._slots[queue] = max(self._slots[queue], running)
        elif state == StepState.DONE:
            # A clock that was set back tells nothing.
            self._took[name] = max(0.0, at - self._started.get(name, at)), at

    def progress(self) -> float:
        """From 0 to 1, by the steps that are done."""
        whole = sum(step.kind.cost for step in self.steps.values())
        done = sum(
            self.steps[name].kind.cost
            for name, state in self.states.items()
            if state == StepState.DONE
        )
        return done / whole

    def seconds_left(self, now: float, shares: Mapping[str, float]) -> float | None:
        """Until the job is done; ``None`` when nothing tells.

        Args:
            now: By the clock of the events.
            shares: How much of running steps is done, where that is known.
        """
        timings = [self._timing(name, now, shares) for name in self.steps]
        return seconds_left(timings, self._slots)

    def _timing(self, name: str, now: float, shares: Mapping[str, float]) -> Timing:
        step = self.steps[name]
        kept = name in self.kept
        phase, seconds, finished = Phase.TO_DO, 0.0, 0.0
        match self.states.get(name):
            case StepState.RUNNING:
                phase, seconds = Phase.RUNNING, max(0.0, now - self._started.get(name, now))
            case StepState.DONE:
                seconds, finished = self._took.get(name, (0.0, 0.0))
                phase = Phase.MADE if seconds and not kept else Phase.OVER
            case StepState.FAILED | StepState.CANCELLED:
                phase = Phase.OVER
        return Timing(
            name=name,
            kind=step.kind.name,
            queue=step.queue,
            needs=step.needs,
            letters=step.letters,
            phase=phase,
            kept=kept,
            usual=step.usual,
            seconds=seconds,
            share=shares.get(name, 0.0),
            finished=finished,
        )
