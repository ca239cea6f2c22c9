"""What is said for numbers, signs, formulas, abbreviations and foreign words."""

from __future__ import annotations

import pytest

from app.text.verbalize import verbalize
from tests.unit.text.reading.tables import bare, cases, varieties

ENGLISH = cases("english.tsv")
RUSSIAN = cases("russian.tsv")
SPANISH = cases("spanish.tsv")
FRENCH = cases("french.tsv")
ITALIAN = cases("italian.tsv")
VARIETIES = varieties("varieties.tsv")


def spoken(text: str, language: str, *, british: bool = False) -> list[str]:
    pieces = verbalize(text, language, british=british)
    return bare(word for piece in pieces for word in piece.words)


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, "en") == bare([expected])


@pytest.mark.parametrize(("text", "expected"), RUSSIAN, ids=[text for text, _ in RUSSIAN])
def test_russian_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, "ru") == bare([expected])


@pytest.mark.parametrize(("text", "expected"), SPANISH, ids=[text for text, _ in SPANISH])
def test_spanish_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, "es") == bare([expected])


@pytest.mark.parametrize(("text", "expected"), FRENCH, ids=[text for text, _ in FRENCH])
def test_french_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, "fr") == bare([expected])


@pytest.mark.parametrize(("text", "expected"), ITALIAN, ids=[text for text, _ in ITALIAN])
def test_italian_is_said_as_a_lecturer_says_it(text: str, expected: str) -> None:
    assert spoken(text, "it") == bare([expected])


@pytest.mark.parametrize(
    ("text", "american", "british"), VARIETIES, ids=[text for text, _, _ in VARIETIES]
)
def test_numbers_and_dates_are_said_in_the_manner_of_the_country(
    text: str, american: str, british: str
) -> None:
    assert spoken(text, "en") == bare([american])
    assert spoken(text, "en", british=True) == bare([british])


def test_british_adds_nothing_but_and_the_and_of() -> None:
    for text, _ in ENGLISH:
        american, british = spoken(text, "en"), spoken(text, "en", british=True)
        added = {"and", "the", "of"}
        assert sorted(set(british) - added) == sorted(set(american) - added)


@pytest.mark.parametrize(
    ("table", "least"),
    [(ENGLISH, 150), (RUSSIAN, 150), (SPANISH, 260), (FRENCH, 260), (ITALIAN, 260)],
    ids=["english", "russian", "spanish", "french", "italian"],
)
def test_a_table_has_many_different_cases(table: list[tuple[str, str]], least: int) -> None:
    assert len({text for text, _ in table}) >= least
