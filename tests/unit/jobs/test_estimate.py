"""The time left, on simulated steps whose true end is known."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.jobs.report.history import History, Left, Moment, Outline
from app.lecture import Fragment, Lecture, Slide
from app.steps import Step, kind_named
from tests.unit.jobs.lectures import TENANT, a_lecture, submission_of

LOADING = 3.0
"""Seconds that an engine takes to load before its first step."""
SPEED = {"speech": 0.02, "face": 0.1, "slide": 0.001, "final": 0.0006}
"""Seconds per letter."""


def lecture_of(slides: int = 12) -> Lecture:
    """Five fragments of unequal length per slide."""
    lengths = [60, 200, 350, 120, 280]
    made = [
        Slide(tuple(Fragment(5 * k + n + 1, "x" * length) for n, length in enumerate(lengths)))
        for k in range(slides)
    ]
    return Lecture(7, Path("/f"), Path("/v"), Path("/o"), tuple(made), "en", "stand-in", "stand-in")


def a_plan(lecture: Lecture) -> tuple[Step, ...]:
    return submission_of(lecture, tenant=TENANT, restart=False).steps


@dataclass
class Replayed:
    """A history of a lecture's steps, told of by their names."""

    history: History
    outlines: Mapping[str, Outline]

    def apply(self, name: str, state: str, at: float, *, ticks: float | None = None) -> None:
        self.history.apply(self.outlines[name], state, Moment(at, ticks))

    def seconds_left(
        self, at: float, shares: Mapping[str, float], *, ticks: float | None = None
    ) -> float | None:
        return self.history.seconds_left(Moment(at, ticks), shares)


def history_of(lecture: Lecture, kept: Collection[str]) -> Replayed:
    steps = a_plan(lecture)
    outlines = {
        each.name: Outline(
            each.name,
            kind_named(each.kind),
            each.number,
            each.slide,
            each.letters,
            each.name in kept,
        )
        for each in steps
    }
    left: dict[str, Left] = {each.kind: Left() for each in steps}
    for outline in outlines.values():
        left[outline.kind.name].add(outline, 1)
    return Replayed(History(left), outlines)


def simulated(lecture: Lecture, slots: int) -> Iterator[tuple[float, str, str]]:
    """When each step starts and ends, in order of time, with so many slots per queue."""
    free = {queue: [LOADING] * slots for queue in ("speech", "face")} | {"cpu": [0.0]}
    ends: dict[str, float] = {}
    happened = []
    for step in a_plan(lecture):
        ready = max([0.0, *(ends[need] for need in step.needs)])
        start = max(ready, heapq.heappop(free[step.queue]))
        # Loading counts for the first step: it runs while its engine loads.
        begun = start - LOADING if start == LOADING and step.number <= slots else start
        ends[step.name] = start + SPEED[step.kind] * step.letters
        heapq.heappush(free[step.queue], ends[step.name])
        happened += [(begun, step.name, "running"), (ends[step.name], step.name, "done")]
    yield from sorted(happened, key=lambda each: (each[0], each[2] == "running"))


@pytest.mark.parametrize("slots", [1, 3])
def test_the_time_left_falls_and_ends_near_the_truth(slots: int) -> None:
    lecture = lecture_of()
    happened = list(simulated(lecture, slots))
    end = happened[-1][0]
    history = history_of(lecture, kept=())
    told = []
    for at, name, state in happened:
        history.apply(name, state, at)
        left = history.seconds_left(at, {})
        if left is not None and at > 0:
            told.append((at, left))
    assert told[0][0] < 0.05 * end * slots
    for at, left in told:
        truth = end - at
        allowed = 0.5 if at < 0.15 * end else 0.15
        assert abs(left - truth) <= allowed * truth + 2.0, f"{left:.1f} for {truth:.1f} at {at:.1f}"
    tenths = [min(told, key=lambda each: abs(each[0] - end * n / 10))[1] for n in range(2, 11)]
    assert tenths == sorted(tenths, reverse=True)
    assert told[-1][1] == 0.0


def test_nothing_is_told_before_anything_is_finished() -> None:
    history = history_of(a_lecture("One.", "Two."), kept=())
    assert history.seconds_left(0.0, {}) is None
    history.apply("speech_1", "running", 0.0)
    assert history.seconds_left(5.0, {}) is None


def test_the_share_of_the_first_face_is_a_basis() -> None:
    history = history_of(a_lecture("x" * 100, "x" * 100), kept=())
    history.apply("speech_1", "running", 0.0)
    history.apply("speech_1", "done", 2.0)
    history.apply("face_1", "running", 2.0)
    assert history.seconds_left(4.0, {}) is None
    # Half of the face took 10 s: the other half, the second one, and the joins.
    left = history.seconds_left(12.0, {"face_1": 0.5})
    assert left == pytest.approx(10 + 20, abs=1.5)


def test_what_is_only_published_takes_hardly_any_time() -> None:
    lecture = a_lecture("x" * 100, "x" * 100)
    history = history_of(lecture, kept={"speech_2", "face_2"})
    for name, start, end in (("speech_1", 0.0, 2.0), ("face_1", 2.0, 12.0)):
        history.apply(name, "running", start)
        history.apply(name, "done", end)
    assert history.seconds_left(12.0, {}) == pytest.approx(0.8, abs=0.3)


def test_reused_steps_tell_nothing_about_the_others() -> None:
    history = history_of(a_lecture("One.", "Two."), kept={"speech_1", "face_1"})
    for name in ("speech_1", "face_1"):
        history.apply(name, "running", 0.0)
        history.apply(name, "done", 0.01)
    assert history.seconds_left(1.0, {}) is None


def test_a_step_that_takes_too_long_has_a_little_left() -> None:
    history = history_of(a_lecture("x" * 100, "x" * 100), kept=())
    history.apply("speech_1", "running", 0.0)
    history.apply("speech_1", "done", 10.0)
    history.apply("face_1", "running", 10.0)
    history.apply("face_1", "done", 20.0)
    history.apply("speech_2", "running", 20.0)
    left = history.seconds_left(1000.0, {})
    assert left is not None
    assert 1.0 + 10.0 < left < 13.0


def test_a_clock_that_was_set_back_does_no_harm() -> None:
    history = history_of(a_lecture("x" * 100, "x" * 100), kept=())
    history.apply("speech_1", "running", 3600.0)
    history.apply("speech_1", "done", 10.0)
    assert history.seconds_left(0.0, {}) is None


def test_a_clock_that_was_set_tells_nothing_where_a_steadier_one_does() -> None:
    history = history_of(a_lecture("x" * 100, "x" * 100), kept=())
    for name, begun, ended in (("speech_1", 0.0, 10.0), ("face_1", 10.0, 20.0)):
        history.apply(name, "running", 86400.0 - begun, ticks=begun)
        history.apply(name, "done", 100.0 + ended, ticks=ended)
    history.apply("speech_2", "running", 0.0, ticks=20.0)
    left = history.seconds_left(1e9, {}, ticks=25.0)
    assert left == pytest.approx(5.0 + 10.0, abs=1.0)


def test_the_wall_clock_tells_where_the_machine_has_restarted_meanwhile() -> None:
    before, after = Moment(at=1000.0, ticks=5000.0), Moment(at=1060.0, ticks=30.0)
    assert after.since(before) == 60.0
    assert Moment(at=1060.0, ticks=5001.0).since(before) == 1.0
    assert Moment(at=1060.0, ticks=5001.0).since(before._replace(ticks=None)) == 60.0


def test_a_history_may_begin_in_the_middle() -> None:
    lecture = lecture_of()
    happened = list(simulated(lecture, 2))
    whole, late = history_of(lecture, kept=()), history_of(lecture, kept=())
    middle = len(happened) // 2
    for at, name, state in happened[:middle]:
        whole.apply(name, state, at)
    done: dict[str, Left] = defaultdict(Left)
    for _at, name, state in happened[:middle]:
        if state == "done":
            done[whole.outlines[name].kind.name].add(whole.outlines[name], 1)
    late.history.begin(done)
    for at, name, state in happened[middle : middle + 40]:
        whole.apply(name, state, at)
        late.apply(name, state, at)
        assert late.history.progress() == pytest.approx(whole.history.progress())
    assert late.seconds_left(at, {}) == pytest.approx(whole.seconds_left(at, {}), rel=0.1)


def test_failed_steps_are_not_waited_for() -> None:
    history = history_of(a_lecture("x" * 100), kept=())
    for name in ("speech_1", "face_1", "slide_1", "final"):
        history.apply(name, "failed", 1.0)
    assert history.seconds_left(1.0, {}) == 0.0
