"""No character, wherever it stands, keeps a text from being read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import pytest

from app.text.verbalize import verbalize
from tests.unit.text.reading.tables import spoken

SAID = ("Lu", "Ll", "Lo", "Nd")
PLANE = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code <= 0xDFFF]
EVERY_NINTH = [c for c in PLANE if ord(c) < 0x530 or not ord(c) % 9 or 0x2000 <= ord(c) < 0x2300]
AROUND = "wo{0}rd {0}word word{0} {0} 5{0} {0}5"
SEPARATORS = ",.'’:/-–×·_"


def batches(characters: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(characters), 200):
        yield characters[first : first + 200]


def faults(characters: Sequence[str]) -> Iterator[str]:
    """Pieces that are lost or have no words though a letter or a digit is in them."""
    text = " ".join(AROUND.format(character) for character in characters)
    pieces = verbalize(text, "en")
    if [piece.written for piece in pieces] != text.split():
        yield text
    for piece in pieces:
        spoken = any(unicodedata.category(character) in SAID for character in piece.written)
        if spoken and not piece.words:
            yield piece.written


def test_a_character_of_any_block_is_read_wherever_it_stands() -> None:
    assert [fault for batch in batches(EVERY_NINTH) for fault in faults(batch)] == []


@pytest.mark.proof
def test_every_character_of_the_basic_plane_is_read_wherever_it_stands() -> None:
    assert [fault for batch in batches(PLANE) for fault in faults(batch)] == []


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("first", ["1", "v1", "x1", "$1", "-1"])
def test_digits_without_end_are_read_however_they_are_grouped(first: str, separator: str) -> None:
    text = first + f"{separator}111" * 1500
    (piece,) = verbalize(text, "en")
    assert len(piece.words) >= 1500


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("pареr", "paper"),  # Cyrillic а, р and е
        ("Тhе", "the"),  # Cyrillic Т and е
        ("wοrld", "world"),  # Greek ο
        ("а", "a"),  # Cyrillic
        ("Ѕсience", "science"),  # Cyrillic Ѕ and с
        ("ΜΑΤRIX", "matrix"),  # Greek Μ, Α and Τ
        ("ﬁne", "fine"),
        ("ｗｏｒｄ", "word"),
        ("𝐰𝐨𝐫𝐝", "word"),
        ("wo\u200brd", "word"),
        ("wo\u00adrd", "word"),
    ],
)
def test_a_letter_that_looks_the_same_changes_nothing(written: str, word: str) -> None:
    assert spoken(f"It is {written} here", "en") == ["it", "is", word, "here"]


@pytest.mark.parametrize(
    ("written", "words"), [("Δt", "delta t"), ("μm", "micrometers"), ("мир", "mir")]
)
def test_a_letter_that_is_meant_stays(written: str, words: str) -> None:
    said = ["it", "is", "five", *words.split(), "here"]
    assert spoken(f"It is 5 {written} here", "en") == said
