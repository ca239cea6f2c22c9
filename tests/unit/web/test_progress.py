"""Who keeps to the pace is waited for, and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.server import progress
from app.web.server.bounds import Bounds
from app.web.server.progress import Progress

SECONDS, PACE = 10.0, 1_000.0
BOUNDS = Bounds(request_seconds=SECONDS, pace=PACE)


class Clock:
    """A stand-in for the monotonic one."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing_in = Clock()
    monkeypatch.setattr(progress, "time", standing_in)
    return standing_in


def ended_after(clock: Clock, sent: int, every: float, seconds: float) -> float | None:
    """When a peer is ended that sends so much each time; ``None``: it is not."""
    one = Progress(clock.now, BOUNDS)
    began = clock.now
    while clock.now - began < seconds:
        clock.now += every
        if clock.now - one.since >= SECONDS:
            return clock.now - began
        one.add(sent)
    return None


def test_who_sends_at_the_pace_is_never_ended(clock: Clock) -> None:
    assert ended_after(clock, 5_000, 5.0, 100_000) is None


def test_who_is_a_little_slower_is_ended_when_it_is_behind_by_so_much(clock: Clock) -> None:
    assert ended_after(clock, 4_000, 5.0, 100_000) == 30.0


def test_who_sends_nothing_is_ended_on_time(clock: Clock) -> None:
    assert ended_after(clock, 0, 0.5, 100) == SECONDS


def test_nobody_saves_up_time(clock: Clock) -> None:
    one = Progress(clock.now, BOUNDS)
    clock.now += 1
    one.add(10**9)
    assert one.since == clock.now


@given(st.lists(st.tuples(st.floats(0, 20), st.integers(0, 10**6)), max_size=30))
def test_no_more_time_is_given_than_the_bytes_are_worth(
    moves: list[tuple[float, int]],
) -> None:
    clock = Clock()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(progress, "time", clock)
        began, sent = clock.now, 0
        one = Progress(began, BOUNDS)
        for seconds, count in moves:
            clock.now += seconds
            one.add(count)
            sent += count
            assert one.since <= began + sent / PACE + 1e-6
            assert one.since <= clock.now
