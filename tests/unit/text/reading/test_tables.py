"""What is said for numbers, signs, formulas, abbreviations and foreign words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pytest

from app.text.english.spelling import spell as spell_english
from app.text.russian.spelling import spell as spell_russian
from app.text.tokens import Spelled, Token, tokenize
from tests.unit.text.reading.tables import bare, cases, varieties

ENGLISH = cases("english.tsv")
RUSSIAN = cases("russian.tsv")
VARIETIES = varieties("varieties.tsv")
spell_british = partial(spell_english, british=True)


def spoken(text: str, spell: Callable[[Sequence[Token]], list[Spelled]]) -> list[str]:
    return bare(word for token in spell(tokenize(text)) for word in token.words)


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, spell_english) == bare([expected])


@pytest.mark.parametrize(("text", "expected"), RUSSIAN, ids=[text for text, _ in RUSSIAN])
def test_russian_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, spell_russian) == bare([expected])


@pytest.mark.parametrize(
    ("text", "american", "british"), VARIETIES, ids=[text for text, _, _ in VARIETIES]
)
def test_numbers_and_dates_are_said_in_the_manner_of_the_country(
    text: str, american: str, british: str
) -> None:
    assert spoken(text, spell_english) == bare([american])
    assert spoken(text, spell_british) == bare([british])


def test_british_adds_nothing_but_and_the_and_of() -> None:
    for text, _ in ENGLISH:
        american, british = spoken(text, spell_english), spoken(text, spell_british)
        added = {"and", "the", "of"}
        assert sorted(set(british) - added) == sorted(set(american) - added)


@pytest.mark.parametrize("table", [ENGLISH, RUSSIAN], ids=["english", "russian"])
def test_a_table_has_at_least_150_different_cases(table: list[tuple[str, str]]) -> None:
    assert len({text for text, _ in table}) >= 150
