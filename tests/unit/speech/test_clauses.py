"""Pauses at the ends of clauses."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.engines.speech.common.clauses import clause_ends, with_pauses
from app.engines.speech.common.timing import Sound

RATE = 24000
LEAST = 0.2


def spoken(*sounds: Sound) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A tone while a sound is heard, silence between them."""
    samples = np.zeros(round(sounds[-1].end * RATE), np.float32)
    for sound in sounds:
        samples[round(sound.start * RATE) : round(sound.end * RATE)] = 0.5
    return samples


ONE, TWO, THREE = Sound("a", 0, 0.0, 0.3), Sound("o", 1, 0.35, 0.6), Sound("i", 2, 0.9, 1.2)


def test_a_comma_that_was_run_over_is_given_its_silence() -> None:
    samples, heard = with_pauses(spoken(ONE, TWO), RATE, [ONE, TWO], frozenset({0}), LEAST)
    assert heard[1].start - heard[0].end == pytest.approx(LEAST, abs=0.001)
    silent = samples[round(heard[0].end * RATE) + 1 : round(heard[1].start * RATE) - 1]
    assert not silent.any()


def test_what_is_heard_stays_where_its_sound_is() -> None:
    samples, heard = with_pauses(
        spoken(ONE, TWO, THREE), RATE, [ONE, TWO, THREE], frozenset({0, 1}), LEAST
    )
    for sound in heard:
        middle = round((sound.start + sound.end) / 2 * RATE)
        assert samples[middle] == pytest.approx(0.5)
    assert [sound.word for sound in heard] == [0, 1, 2]


def test_a_pause_that_is_long_enough_and_a_word_without_a_mark_stay_as_they_are() -> None:
    before = spoken(ONE, TWO, THREE)
    samples, heard = with_pauses(before, RATE, [ONE, TWO, THREE], frozenset({1}), LEAST)
    assert np.array_equal(samples, before)
    assert heard == [ONE, TWO, THREE]


def test_sound_that_goes_on_through_a_comma_comes_and_goes_without_a_click() -> None:
    first, second = Sound("a", 0, 0.0, 0.3), Sound("o", 1, 0.3, 0.6)
    samples, _ = with_pauses(spoken(first, second), RATE, [first, second], frozenset({0}), LEAST)
    assert samples.size == round(0.8 * RATE)
    assert max(abs(float(b) - float(a)) for a, b in pairwise(samples)) < 0.01


def test_only_words_before_a_clause_mark_end_a_clause() -> None:
    assert clause_ends("a, b c; d", (0, 0, -1, 1, -1, 2, 2, -1, 3)) == {0, 2}
