"""What is said for numbers, signs, formulas, abbreviations and foreign words."""

from __future__ import annotations

import pytest

from tests.unit.text.reading.tables import bare, blocks, cases, spoken, varieties

TABLES = {
    "en": "english.tsv",
    "es": "spanish.tsv",
    "fr": "french.tsv",
    "it": "italian.tsv",
    "ru": "russian.tsv",
}
BLOCKS = [
    pytest.param(language, rows, id=f"{language} {heading}")
    for language, name in TABLES.items()
    for heading, rows in blocks(name)
]
VARIETIES = varieties("varieties.tsv")


@pytest.mark.parametrize(("language", "rows"), BLOCKS)
def test_texts_are_said_as_a_lecturer_says_them(language: str, rows: list[tuple[str, str]]) -> None:
    said = {text: " ".join(spoken(text, language)) for text, _ in rows}
    assert said == {text: " ".join(bare([expected])) for text, expected in rows}


@pytest.mark.parametrize(
    ("text", "american", "british"), VARIETIES, ids=[text for text, _, _ in VARIETIES]
)
def test_numbers_and_dates_are_said_in_the_manner_of_the_country(
    text: str, american: str, british: str
) -> None:
    assert spoken(text, "en") == bare([american])
    assert spoken(text, "en", british=True) == bare([british])


def test_british_adds_nothing_but_and_the_and_of() -> None:
    for text, _ in cases("english.tsv"):
        american, british = spoken(text, "en"), spoken(text, "en", british=True)
        added = {"and", "the", "of"}
        assert sorted(set(british) - added) == sorted(set(american) - added)


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_table_has_many_different_cases(language: str) -> None:
    assert len({text for text, _ in cases(TABLES[language])}) >= 400
