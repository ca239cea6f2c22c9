"""Trimming of a piece, and whether its length is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.engines.speech.common.coqui.guard import Attempt, Bounds, best_of, bounds
from app.engines.speech.common.coqui.trimming import trim

if TYPE_CHECKING:
    from app.ports.sound import Samples

RATE = 24000


def tone(seconds: float, level: float = 0.3) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 220 * time)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def test_silence_around_speech_is_cut_to_what_the_other_engines_leave() -> None:
    sound = np.concatenate([silence(0.5), tone(1.0), silence(0.8)])
    assert trim(sound, RATE).samples.size / RATE == pytest.approx(1.08, abs=0.02)


def test_a_click_after_a_pause_at_the_end_is_cut() -> None:
    sound = np.concatenate([tone(1.0), silence(0.5), tone(0.06), silence(0.2)])
    assert trim(sound, RATE).samples.size / RATE == pytest.approx(1.05, abs=0.03)


def test_a_word_after_a_pause_is_kept() -> None:
    sound = np.concatenate([tone(1.0), silence(0.5), tone(0.3)])
    assert trim(sound, RATE).samples.size / RATE == pytest.approx(1.8, abs=0.02)


def test_a_consonant_close_to_the_end_is_kept() -> None:
    sound = np.concatenate([tone(1.0), silence(0.1), tone(0.05, 0.05), silence(0.3)])
    assert trim(sound, RATE).samples.size / RATE == pytest.approx(1.2, abs=0.02)


@pytest.mark.parametrize("sound", [silence(0.5), silence(0.001), tone(0.004)])
def test_no_speech_is_no_failure(sound: Samples) -> None:
    assert trim(sound, RATE).samples.size <= sound.size


def test_ordinary_speech_is_believed_and_three_times_as_slow_is_not() -> None:
    believed = bounds(140, 14.0, 1.0)
    assert believed.misfit(10.0) == 0.0
    assert believed.misfit(6.0) == 0.0 and believed.misfit(20.0) == 0.0
    assert believed.misfit(4.0) > 0.0 and believed.misfit(30.0) > 0.0
    assert bounds(140, 14.0, 2.0).misfit(20.0) > 0.0


def kept(*attempts: Attempt) -> tuple[float, int]:
    """Seconds of the attempt that is kept, and how many were made."""
    made: list[Attempt] = []

    def say(number: int) -> Attempt:
        made.append(attempts[number])
        return attempts[number]

    samples = best_of(len(attempts), say, Bounds(1.0, 2.0), characters=20)
    return samples.size / RATE, len(made)


def attempt(seconds: float, *, stopped: bool = False) -> Attempt:
    return Attempt(tone(seconds), RATE, stopped)


def test_the_first_believed_attempt_ends_the_trying() -> None:
    assert kept(attempt(5.0), attempt(1.5), attempt(1.2)) == (1.5, 2)


def test_of_unbelieved_attempts_the_nearest_is_kept() -> None:
    assert kept(attempt(5.0), attempt(2.5), attempt(0.3)) == (2.5, 3)


def test_an_attempt_that_had_to_be_stopped_is_the_last_choice() -> None:
    assert kept(attempt(2.0, stopped=True), attempt(2.5)) == (2.5, 2)
