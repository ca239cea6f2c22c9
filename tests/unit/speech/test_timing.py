from __future__ import annotations

import json
from importlib import resources
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.engines.speech.common.symbols import AFTER_MARKS, PAUSES, SHAPES, STRESS_MARKS, SYMBOL_IDS
from app.engines.speech.common.timing import (
    HEARD_EARLIER,
    Sound,
    mouth_shapes,
    moved,
    sounds,
    word_spans,
)
from app.phonetics import Viseme
from app.ports.speech import WordSpan

SYMBOLS = st.text(st.sampled_from(sorted(SYMBOL_IDS)), max_size=30)
DURATIONS = st.lists(st.integers(1, 12), min_size=32, max_size=32)


def timed(symbols: str, *steps: int) -> list[tuple[str, float, float]]:
    """Sounds with their times, in steps, when the start pad ends after one step."""
    durations = [0.025 + HEARD_EARLIER, *(0.025 * step for step in steps), 0.025]
    heard = sounds(symbols, range(len(symbols)), durations)
    return [
        (sound.symbol, round(sound.start / 0.025, 6), round(sound.end / 0.025, 6))
        for sound in heard
    ]


def test_the_models_symbols_are_sounds_marks_or_pauses() -> None:
    assert set(SHAPES) | AFTER_MARKS | STRESS_MARKS | PAUSES == set(SYMBOL_IDS)


def test_hibari_and_kokoro_agree_on_the_numbers_of_symbols() -> None:
    vocabulary = resources.files("hibari").joinpath("assets/vocab.json").read_text("utf-8")
    assert json.loads(vocabulary) == dict(SYMBOL_IDS)


def test_a_stress_mark_gives_its_time_to_the_sound_after_it() -> None:
    assert timed("sˈA", 2, 1, 3) == [("s", 1, 3), ("A", 3, 7)]


def test_a_length_mark_gives_its_time_to_the_sound_before_it() -> None:
    assert timed("iːt", 2, 3, 1) == [("i", 1, 6), ("t", 6, 7)]


def test_a_short_gap_between_words_is_shared_by_its_neighbours() -> None:
    assert timed("a b", 2, 2, 2) == [("a", 1, 4), ("b", 4, 7)]


def test_a_long_gap_between_words_rests() -> None:
    assert timed("a b", 2, 3, 2) == [("a", 1, 3), ("b", 6, 8)]


def test_a_mark_without_a_sound_before_it_has_no_time() -> None:
    assert timed("ːa", 2, 2) == [("a", 3, 5)]


@given(SYMBOLS, DURATIONS)
def test_mouth_shapes_are_in_time_order_without_overlaps(symbols: str, steps: list[int]) -> None:
    durations = [0.025 * step for step in steps[: len(symbols) + 2]]
    shapes = mouth_shapes(sounds(symbols, [0] * len(symbols), durations))
    assert all(before.end <= after.start for before, after in pairwise(shapes))
    assert all(shape.end > shape.start for shape in shapes)


def test_nobody_speaks_in_the_gap_between_two_shapes() -> None:
    heard = [Sound("m", 0, 0.2, 0.3), Sound("a", 0, 0.4, 0.5)]
    assert mouth_shapes(heard) == (Viseme("PP", 0.2, 0.3), Viseme("aa", 0.4, 0.5))


def test_a_diphthong_is_seen_as_two_shapes() -> None:
    shapes = mouth_shapes([Sound("O", 0, 0.0, 1.0)])
    assert [shape.name for shape in shapes] == ["O", "U"]


def test_a_word_takes_the_time_of_its_sounds() -> None:
    heard = [Sound("a", 0, 0.1, 0.2), Sound("b", 0, 0.2, 0.4), Sound("a", 2, 0.6, 0.7)]
    assert word_spans(heard) == (WordSpan(0, 0.1, 0.4), WordSpan(2, 0.6, 0.7))


def test_moved_sounds_keep_their_length() -> None:
    (sound,) = moved([Sound("a", 0, 0.5, 0.75)], 0.25)
    assert (sound.start, sound.end) == (0.75, 1.0)
