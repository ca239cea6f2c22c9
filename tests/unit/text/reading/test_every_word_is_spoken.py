"""Nothing that a person would say is passed over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engines.speech.common.phrases import split_sentences
from app.engines.speech.common.symbols import SHAPES
from app.engines.speech.g2p import Phonemized, phonemize
from app.engines.speech.g2p.english import phonemize_english
from app.text.verbalize import verbalize
from tests.unit.text.reading.paragraphs import paragraphs

PHONEMIZE: dict[str, Callable[[str], list[Phonemized]]] = {
    "en": phonemize_english,
    **{code: partial(phonemize, language=code) for code in ("es", "fr", "it", "ru")},
}
LETTERS_AND_DIGITS: tuple[Literal["Lu", "Ll", "Lo", "Nd"], ...] = ("Lu", "Ll", "Lo", "Nd")
TEXT = st.lists(
    st.text(st.characters(categories=(*LETTERS_AND_DIGITS, "Po", "Sm", "Pd")), max_size=9),
    max_size=6,
).map(lambda words: " ".join(["5", *words]))


def is_spoken(token: str) -> bool:
    """Whether a token has a letter or a digit and is no mark of a footnote."""
    if re.fullmatch(r"\W*\[[\d,–-]+\]\W*", token):
        return False
    return any(unicodedata.category(character) in LETTERS_AND_DIGITS for character in token)


def silent_words(paragraph: str, language: str) -> list[str]:
    """Words of a paragraph that have no sound."""
    result: list[str] = []
    for sentence in split_sentences(paragraph, language):
        words = PHONEMIZE[language](" ".join(sentence.words))
        assert [word.token for word in words] == list(sentence.words)
        result += [
            word.token
            for word in words
            if is_spoken(word.token) and SHAPES.keys().isdisjoint(word.phonemes)
        ]
    return result


@pytest.mark.slow
@pytest.mark.parametrize("language", PHONEMIZE)
def test_no_word_of_500_paragraphs_is_without_sounds(language: str) -> None:
    silent = {
        word
        for paragraph in paragraphs(language, 500, seed=20)
        for word in silent_words(paragraph, language)
    }
    assert silent == set()


@pytest.mark.parametrize("language", PHONEMIZE)
def test_no_word_of_a_few_paragraphs_is_without_sounds(language: str) -> None:
    for paragraph in paragraphs(language, 20, seed=1):
        assert silent_words(paragraph, language) == []


@pytest.mark.parametrize(
    ("language", "british"),
    [("en", False), ("en", True), ("es", False), ("fr", False), ("it", False), ("ru", False)],
    ids=["en", "en-gb", "es", "fr", "it", "ru"],
)
@given(text=TEXT)
@settings(max_examples=200, deadline=None)
def test_every_letter_and_digit_of_any_text_leads_to_words(
    language: str, british: bool, text: str
) -> None:
    figures = False
    for piece in verbalize(text, language, british=british):
        if piece.words:
            figures = bool(re.search(r"\d", piece.written)) and language in ("es", "fr", "it")
        # Of "1 000 000" and "14 h 30" the first piece speaks for all.
        assert piece.words or figures or not is_spoken(piece.written)
