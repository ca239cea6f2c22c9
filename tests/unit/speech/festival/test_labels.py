from __future__ import annotations

from pathlib import Path

import pytest

from app.engines.speech.common.program.written import WrittenWord
from app.engines.speech.festival.labels import mouth_shapes, read_phones, read_words, word_spans
from app.errors import EngineCrashed

PHONES = "#\n0.2 100 pau\n0.3 100 m\n0.5 100 oo\n0.8 100 pau\n0.9 100 d\n1.0 100 aa\n1.2 100 pau\n"
WORDS = "#\n0.5 100 мо\n0.0 100 ъ\n1.0 100 да\n"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    (tmp_path / "phones").write_text(PHONES, encoding="utf-8")
    (tmp_path / "words").write_text(WORDS, encoding="utf-8")
    return tmp_path


def test_phones_are_moved_by_what_was_cut_and_by_the_speed(labels: Path) -> None:
    phones = read_phones(labels / "phones", speed=2.0, cut=0.05, total=0.6)
    assert [phone.name for phone in phones] == ["m", "oo", "d", "aa"]
    assert (phones[0].start, phones[-1].end) == pytest.approx((0.05, 0.45))


def test_mouth_shapes_are_those_of_the_phones_and_the_pause_is_a_gap(labels: Path) -> None:
    shapes = mouth_shapes(read_phones(labels / "phones", speed=1.0, cut=0.0, total=1.2))
    assert [shape.name for shape in shapes] == ["PP", "O", "DD", "aa"]
    assert [(s.start, s.end) for s in shapes[1:3]] == [(0.3, 0.5), (0.8, 0.9)]


def test_words_have_the_time_of_their_phones(labels: Path) -> None:
    phones = read_phones(labels / "phones", speed=1.0, cut=0.0, total=1.2)
    words = read_words(labels / "words", speed=1.0, cut=0.0)
    parts = [
        WrittenWord(0, "мо", 2, False),
        WrittenWord(1, "", 0, True),
        WrittenWord(2, "ъ", 1, False),
        WrittenWord(3, "да", 2, False),
    ]
    spans = word_spans(parts, words, phones)
    assert [(s.word, s.start, s.end) for s in spans] == [(0, 0.2, 0.5), (3, 0.8, 1.0)]


def test_a_word_that_the_program_takes_for_two_has_the_time_of_both(labels: Path) -> None:
    phones = read_phones(labels / "phones", speed=1.0, cut=0.0, total=1.2)
    words = read_words(labels / "words", speed=1.0, cut=0.0)
    (span,) = word_spans([WrittenWord(7, "мо-ъ-да", 5, False)], words, phones)
    assert (span.word, span.start, span.end) == (7, 0.2, 1.0)


def test_a_damaged_label_file_is_a_crash(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("#\nnonsense\n", encoding="utf-8")
    with pytest.raises(EngineCrashed, match="wrote no words"):
        read_words(tmp_path / "words", speed=1.0, cut=0.0)
