"""Nobody waits longer than he has time."""

from __future__ import annotations

import threading
import time

import pytest

from app.web.probe import Probe, within


def test_an_answer_comes_through() -> None:
    assert within(5, lambda: 42) == 42


def test_so_does_an_error() -> None:
    def fail() -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        within(5, fail)


def test_what_does_not_answer_is_not_waited_for() -> None:
    never = threading.Event()
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.05, never.wait)
    assert time.monotonic() - begun < 2
    never.set()


def test_it_is_asked_once_however_many_want_to_know() -> None:
    may_go_on, asked = threading.Event(), []

    def ask() -> int:
        asked.append(1)
        may_go_on.wait()
        return 42

    probe = Probe(ask)
    for _ in range(5):
        with pytest.raises(TimeoutError):
            probe.answer(0.01)
    may_go_on.set()
    assert (probe.answer(5), len(asked)) == (42, 1)


def test_an_answer_is_asked_for_again_when_it_is_stale() -> None:
    numbers = iter(range(10))
    fresh, stale = (Probe(lambda: next(numbers), fresh_seconds=each) for each in (60.0, 0.0))
    assert fresh.answer(5) == fresh.answer(5)
    assert stale.answer(5) != stale.answer(5)
