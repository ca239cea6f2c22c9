from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engines.speech.hibari.engine import Hibari
from app.engines.speech.hibari.options import HibariOptions
from app.media.alignment import SHORTEST_REST, english_words, timeline, visemes_from_sound
from app.media.audio import write_speech
from app.media.letter_sounds import pronunciation
from app.media.phonemes import Heard
from app.phonetics import ARPABET, Viseme
from app.ports.speech import Speech
from tests.unit.media.conftest import Never, Samples, speech, tone

VOWELS = {"aa", "ae", "E", "I", "O", "U", "V", "Y"}
TEXT = "Mama pays Bob. Some classes use this sauce."
WORDS = tuple(TEXT.lower().replace(".", "").split())


heard_phonemes = st.lists(
    st.tuples(st.sampled_from([*ARPABET, "SIL", "+NSN+"]), st.integers(0, 30)), max_size=40
)


@given(heard_phonemes, st.floats(0.04, 12.0))
def test_shapes_cover_the_sound_without_gaps(spans: list[tuple[str, int]], length: float) -> None:
    heard, now = [], 0
    for phoneme, steps in spans:
        heard.append(Heard(phoneme, now / 100, (now + steps) / 100))
        now += steps
    shapes = timeline(heard, length)
    assert shapes[0].start == 0.0
    assert shapes[-1].end == length
    assert all(a.end == b.start and a.name != b.name for a, b in pairwise(shapes))
    assert all(shape.end > shape.start for shape in shapes)
    assert all(
        shape.end - shape.start >= SHORTEST_REST - 1e-9
        for shape in shapes[1:-1]
        if shape.name == "sil"
    )


def test_a_diphthong_shows_two_shapes() -> None:
    shapes = timeline([Heard("OW", 0.0, 0.2)], 0.2)
    assert [shape.name for shape in shapes] == ["O", "U"]


def test_a_pause_brings_the_mouth_to_rest() -> None:
    heard = [Heard("M", 0.0, 0.1), Heard("SIL", 0.1, 0.5), Heard("AA", 0.5, 0.7)]
    assert timeline(heard, 1.0) == (
        Viseme("PP", 0.0, 0.1),
        Viseme("sil", 0.1, 0.5),
        Viseme("aa", 0.5, 0.7),
        Viseme("sil", 0.7, 1.0),
    )


def test_a_gap_too_short_to_be_seen_is_bridged() -> None:
    heard = [Heard("M", 0.0, 0.1), Heard("SIL", 0.1, 0.14), Heard("AA", 0.14, 0.3)]
    assert timeline(heard, 0.3) == (Viseme("PP", 0.0, 0.14), Viseme("aa", 0.14, 0.3))


@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=12))
def test_any_word_has_a_pronunciation(word: str) -> None:
    assert set(pronunciation(word)) <= set(ARPABET)
    assert pronunciation(word)


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("kubernetes", "K AH B ER N IY T Z"),
        ("phosphate", "F AA S F EY T"),
        ("microservices", "M AY K R OW S ER V AY S IH Z"),
        ("webbing", "W EH B IH NG"),
    ],
)
def test_an_unknown_word_is_read_by_its_letters(word: str, phonemes: str) -> None:
    assert " ".join(pronunciation(word)) == phonemes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("3.14 and 1,000,007", "three point one four and one million seven"),
        ("1900, 2005 2026", "nineteen hundred two thousand five twenty twenty six"),
        ("It’s naïve — R&D", "it's naive r and d"),
        ("NASA via HTTP", "nasa via h t t p"),
        ("5 kg at $5", "five kilograms at five dollars"),
        ("Dr. Smith's well-known O(n²)", "doctor smith's well known o of n squared"),
        ("Привет", "privet"),
        ("你好", ""),
    ],
)
def test_an_english_text_becomes_the_words_of_a_dictionary(text: str, words: str) -> None:
    assert " ".join(english_words(text)) == words


def test_silence_is_rest(tmp_path: Path) -> None:
    write_speech(speech(np.zeros(7680, np.float32)), tmp_path / "a.wav")
    assert visemes_from_sound(tmp_path / "a.wav", WORDS) == (Viseme("sil", 0.0, 0.32),)


def test_a_text_that_does_not_fit_is_told_and_survived(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_speech(speech(tone(1.28)), tmp_path / "a.wav")
    with caplog.at_level(logging.WARNING):
        shapes = visemes_from_sound(tmp_path / "a.wav", WORDS * 20)
    assert shapes[-1].end == 1.28
    assert "text does not fit sound" in caplog.text
    assert "mama" not in caplog.text


@pytest.fixture(scope="module")
def said(models: Path) -> Speech:
    """TEXT as the embedded English engine speaks it."""
    engine = Hibari(HibariOptions(models_dir=models))
    engine.load()
    return engine.synthesize(TEXT, None, "en", Never())


def loudness(samples: Samples, shape: Viseme) -> float:
    stretch = samples[int(shape.start * 24000) : int(shape.end * 24000)]
    return float(10 * np.log10(np.mean(stretch.astype(np.float64) ** 2) + 1e-12))


def hiss(samples: Samples, shape: Viseme) -> float:
    """Energy above 3.5 kHz against that below 2 kHz, in dB."""
    stretch = samples[int(shape.start * 24000) : int(shape.end * 24000)]
    power = np.abs(np.fft.rfft(stretch)) ** 2
    hertz = np.fft.rfftfreq(stretch.size, 1 / 24000)
    ratio = power[hertz > 3500].sum() / power[hertz < 2000].sum()
    return float(10 * np.log10(ratio))


@pytest.mark.slow
@pytest.mark.parametrize("words", [WORDS, ()], ids=["aligned", "recognized"])
def test_rest_is_shown_in_the_pause_between_sentences(
    tmp_path: Path, said: Speech, words: tuple[str, ...]
) -> None:
    write_speech(said, tmp_path / "a.wav")
    shapes = visemes_from_sound(tmp_path / "a.wav", words)
    pauses = [shape for shape in shapes[1:-1] if shape.name == "sil"]
    longest = max(pauses, key=lambda shape: shape.end - shape.start)
    assert longest.end - longest.start > 0.2
    assert loudness(said.samples, longest) < -40


@pytest.mark.slow
@pytest.mark.parametrize("words", [WORDS, ()], ids=["aligned", "recognized"])
def test_hisses_are_shown_where_they_are_heard(
    tmp_path: Path, said: Speech, words: tuple[str, ...]
) -> None:
    write_speech(said, tmp_path / "a.wav")
    shapes = visemes_from_sound(tmp_path / "a.wav", words)
    hisses = [hiss(said.samples, shape) for shape in shapes if shape.name == "SS"]
    vowels = [hiss(said.samples, shape) for shape in shapes if shape.name in VOWELS]
    assert len(hisses) == 7
    assert np.mean(hisses) > np.mean(vowels) + 15


@pytest.mark.slow
def test_english_lips_close_as_often_as_the_text_says(tmp_path: Path, said: Speech) -> None:
    write_speech(said, tmp_path / "a.wav")
    shapes = visemes_from_sound(tmp_path / "a.wav", WORDS)
    # Ma-ma pays Bob . Some
    assert sum(shape.name == "PP" for shape in shapes) == 6
