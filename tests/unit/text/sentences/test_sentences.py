"""Where sentences end: tables of English, Russian and other texts, and what never happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.sentences.full_stops import BY_LANGUAGE
from app.text.sentences.splitting import sentences
from app.text.tables import rows

TABLES = Path(__file__).parent / "text"
BOUNDARY = " ‖ "


def cases(name: str) -> list[tuple[str, str]]:
    """Language and marked text of each line; two strokes begin a heading."""
    return [(language, text) for language, text in rows(TABLES / name)]


ENGLISH, RUSSIAN, OTHER = (cases(f"{name}.tsv") for name in ("english", "russian", "other"))
ALL = [*ENGLISH, *RUSSIAN, *OTHER]

PIECES = """
Dr. e.g. Fig. 5 5. No. U.S. A. I. n! x. etc. p.m. … ... ? ! . « » “ ” " ( ) 1) word. Word The
и т. д. г. рис. 1974 В Он Пушкин «Что? делать?» — – • z. B. EE. UU. J.-C. [1] end.Next .NET '
"""
WORDS = st.sampled_from(PIECES.split()) | st.text(max_size=6)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@pytest.mark.parametrize("language", sorted(BY_LANGUAGE))
def test_texts_are_cut_where_their_sentences_end(language: str) -> None:
    texts = [marked for code, marked in ALL if code == language]
    cut = [BOUNDARY.join(sentences(text.replace(BOUNDARY, " "), language)) for text in texts]
    assert cut == texts


@pytest.mark.parametrize("table", [ENGLISH, RUSSIAN], ids=["english", "russian"])
def test_a_table_has_at_least_120_different_cases(table: list[tuple[str, str]]) -> None:
    assert len(set(table)) >= 120


def test_every_language_with_rules_has_cases() -> None:
    assert {language for language, _ in ALL} == set(BY_LANGUAGE)


@given(TEXTS, st.sampled_from(sorted(BY_LANGUAGE)))
@settings(max_examples=500, deadline=None)
def test_sentences_joined_by_spaces_are_the_text(text: str, language: str) -> None:
    assert " ".join(sentences(text, language)) == " ".join(text.split())


@given(TEXTS, st.sampled_from(["pl", "ja", "hi", "ar"]))
@settings(max_examples=300, deadline=None)
def test_no_character_is_lost_in_a_language_without_rules(text: str, language: str) -> None:
    found = sentences(text, language)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() for sentence in found)


def test_russian_needs_no_language() -> None:
    assert sentences("Это было в 1974 г. в Москве. Потом стало легче.") == [
        "Это было в 1974 г. в Москве.",
        "Потом стало легче.",
    ]


def test_a_script_without_spaces_is_cut_at_its_own_full_stops() -> None:
    assert sentences("今日は。明日は！", "ja") == ["今日は。", "明日は！"]


def test_a_bracket_that_is_never_closed_hides_no_sentences() -> None:
    text = "It begins (here. " + "It goes on. " * 30
    assert len(sentences(text, "en")) > 10


def test_a_long_text_takes_time_in_proportion() -> None:
    # Abbreviations only: one sentence of 20,000 words, about 0.3 s; squared growth takes minutes.
    assert len(sentences("e.g. " * 20_000, "en")) == 1
