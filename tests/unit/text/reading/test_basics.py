"""Numbers, dates, units and abbreviations of German, Polish and Portuguese."""

from __future__ import annotations

import re

import pytest

from app.text.verbalize import verbalize
from tests.unit.text.reading.tables import bare, blocks

BLOCKS = [
    pytest.param(language, rows, id=f"{language} {heading}")
    for language, name in (("de", "german.tsv"), ("pl", "polish.tsv"), ("pt", "portuguese.tsv"))
    for heading, rows in blocks(name)
]


def said(text: str, language: str) -> str:
    return " ".join(piece.spoken for piece in verbalize(text, language))


@pytest.mark.parametrize(("language", "rows"), BLOCKS)
def test_they_are_said_as_a_lecturer_says_them(language: str, rows: list[tuple[str, str]]) -> None:
    found = {text: bare([re.sub(r"[.,;:]", " ", said(text, language))]) for text, _ in rows}
    assert found == {text: bare([expected]) for text, expected in rows}


@pytest.mark.parametrize("language", ["de", "pl", "pt"])
def test_pieces_are_those_of_the_text_and_whatever_else_stands_there_stays(language: str) -> None:
    text = "Ein Wort – (zwei) «drei» 你好 ?! x_1 ½ 12x 3a4 5 € 10 000 000"
    assert " ".join(piece.written for piece in verbalize(text, language)) == text
    assert "Wort" in said(text, language)


@pytest.mark.parametrize("language", ["de", "pl", "pt"])
@pytest.mark.parametrize("text", ["9" * 20, "1" * 5000, "1.000" * 2000, "25:99", "99/99/2024", "."])
def test_no_number_is_too_odd(language: str, text: str) -> None:
    assert isinstance(said(text, language), str)
