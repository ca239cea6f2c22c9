"""What people paste, turned into language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.cleaning.clean import clean
from tests.unit.text.cleaning.mixtures import MARKUP, WORDS, mixture

TABLE = Path(__file__).with_name("pasted.tsv").read_text(encoding="utf-8")
ROWS = [
    tuple(line.rsplit("\t", 1)) for line in TABLE.splitlines() if line and not line.startswith("//")
]
"""Text with its line ends drawn, and the words that are left, with a sign between paragraphs."""

SIGNS = " ,.!?;:'()\n\t«»—%1234567890"
PLAIN = st.sampled_from(["abcñß", "абвЯё"]).flatmap(
    lambda letters: st.text(alphabet=st.sampled_from(letters + SIGNS), max_size=300)
)


def paragraphs(text: str) -> list[str]:
    return clean(text).text.split("\n\n")


@pytest.mark.parametrize(("pasted", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_language_is_left_of_what_people_paste(pasted: str, expected: str) -> None:
    assert paragraphs(pasted.replace("⏎", "\n")) == expected.split(" ¶ ")


@pytest.mark.parametrize("seed", range(0, 2000, 100))
def test_no_markup_is_left_of_random_mixtures(seed: int) -> None:
    for text in map(mixture, range(seed, seed + 100)):
        left = MARKUP.search(clean(text).text)
        assert left is None, (left, text)


@pytest.mark.parametrize("seed", range(0, 500, 50))
def test_no_word_between_marks_is_lost(seed: int) -> None:
    for text in map(mixture, range(seed, seed + 50)):
        shown = re.sub(r"<!--|-->|```", "", text)
        letters = "".join(filter(str.isalpha, clean(shown).text))
        for word in filter(lambda word: len(word) > 4, WORDS):
            assert letters.count(word) >= shown.count(word), (word, shown)


@given(PLAIN)
def test_the_words_of_a_text_without_markup_are_those_of_the_text(text: str) -> None:
    assert clean(text).text.split() == text.split()


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_cleaned(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.origins)


@given(st.integers(0, 5000).map(mixture))
def test_every_character_left_comes_from_a_place_not_before_its_neighbours(text: str) -> None:
    origins = clean(text).origins
    assert list(origins) == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)


@given(st.integers(0, 5000).map(mixture))
def test_a_clean_text_is_clean_already(text: str) -> None:
    once = clean(text).text
    assert MARKUP.search(clean(once).text) is None


@pytest.mark.parametrize(
    "piece",
    ["<b ", "$a", "**a ", "[a](", "\\(", "\\[", "_a ", "\\frac{", "\\begin{cases}", "<!--", "a-\n"],
)
def test_marks_that_nothing_closes_take_time_in_proportion_to_the_text(piece: str) -> None:
    assert len(clean(piece * 5_000).text) <= 5_000 * len(piece) * 2
