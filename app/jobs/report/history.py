"""What the events of a generation tell about its progress, at any moment of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.jobs.report.estimate import Phase, Timing, seconds_left
from app.jobs.store.job import StepState
from app.lecture import Lecture, Recipe, Step, StepKind, plan

COSTS: dict[StepKind, float] = {"speech": 1.0, "face": 2.0, "slide": 0.1, "final": 0.1}
"""Usual cost of the steps relative to each other, for the progress."""


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a lecture, and where it belongs."""

    step: Step
    slide: int | None
    """``None`` for the final step."""
    letters: int

    @property
    def fragment(self) -> int | None:
        """``None`` for a step that joins."""
        return self.step.number if self.step.kind in ("speech", "face") else None


def parts(lecture: Lecture) -> dict[str, Part]:
    """Every step of a lecture by name, in the order of the plan; input hashes are void."""
    slides = {
        fragment.number: number
        for number, slide in enumerate(lecture.slides, start=1)
        for fragment in slide.fragments
    }
    letters = {fragment.number: len(fragment.text) for fragment in lecture.fragments()}
    found = {}
    for step in plan(lecture, Recipe("", "", "", "")):
        match step.kind:
            case "speech" | "face":
                found[step.name] = Part(step, slides[step.number], letters[step.number])
            case "slide":
                fragments = lecture.slides[step.number - 1].fragments
                spoken = sum(letters[fragment.number] for fragment in fragments)
                found[step.name] = Part(step, step.number, spoken)
            case "final":
                found[step.name] = Part(step, None, sum(letters.values()))
    return found


@dataclass
class History:
    """Replays events; after each it can be asked how things stood."""

    parts: Mapping[str, Part]
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
            queue = self.parts[name].step.queue
            running = sum(
                self.parts[other].step.queue == queue
                for other, known in self.states.items()
                if known == StepState.RUNNING
            )
            self._slots[queue] = max(self._slots[queue], running)
        elif state == StepState.DONE:
            # A clock that was set back tells nothing.
            self._took[name] = max(0.0, at - self._started.get(name, at)), at

    def progress(self) -> float:
        """From 0 to 1, by the steps that are done."""
        whole = sum(COSTS[part.step.kind] for part in self.parts.values())
        done = sum(
            COSTS[self.parts[name].step.kind]
            for name, state in self.states.items()
            if state == StepState.DONE
        )
        return done / whole

    def seconds_left(self, now: float, shares: Mapping[str, float]) -> float | None:
        """Until the lecture is done; ``None`` when nothing tells.

        Args:
            now: By the clock of the events.
            shares: How much of running steps is done, where that is known.
        """
        timings = [self._timing(name, now, shares) for name in self.parts]
        return seconds_left(timings, self._slots)

    def _timing(self, name: str, now: float, shares: Mapping[str, float]) -> Timing:
        part = self.parts[name]
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
            kind=part.step.kind,
            queue=part.step.queue,
            needs=part.step.needs,
            letters=part.letters,
            phase=phase,
            kept=kept,
            seconds=seconds,
            share=shares.get(name, 0.0),
            finished=finished,
        )
