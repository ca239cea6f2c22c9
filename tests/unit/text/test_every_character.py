"""No character ends a lecture, wherever in a text it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from app.engines.speech.common.program.written import written
from app.engines.speech.g2p import phonemize
from app.engines.speech.g2p.english import phonemize_english
from app.engines.speech.rhvoice.phrasing import with_breaks
from app.text.tokens import INNER_PAUSE
from app.text.verbalize import verbalize

SURROGATES = range(0xD800, 0xE000)
WORDS = {"en": "water", "es": "agua", "fr": "avion", "it": "acqua", "ru": "слово"}
READERS: dict[str, Callable[[str], object]] = {
    "en": phonemize_english,
    "es": lambda text: phonemize(text, "es"),
    "fr": lambda text: phonemize(text, "fr"),
    "it": lambda text: phonemize(text, "it"),
    "ru": lambda text: phonemize(text, "ru"),
}
RUSSIAN_WORD = re.compile(f"[а-яё\u0301-]+|{INNER_PAUSE}")


def texts(language: str, step: int) -> Iterator[str]:
    """Every ``step``-th character of the Basic Multilingual Plane, in all places of a text."""
    word = WORDS[language]
    for code in range(0x21, 0x10000, step):
        if code not in SURROGATES:
            one = chr(code)
            within = f"{word[:2]}{one}{word[2:]} {one}{word} {word}{one}"
            yield f"{within} {one} 5{one} {one}5 {one}. x^{one}{word} x_{one} 5-{one} 5%-{one}"


def assert_all_are_said(language: str, step: int) -> None:
    for text in texts(language, step):
        pieces = verbalize(text, language)
        assert " ".join(piece.written for piece in pieces) == " ".join(text.split())
        if language == "ru":
            assert all(RUSSIAN_WORD.fullmatch(word) for piece in pieces for word in piece.words)


def assert_all_are_read(language: str, step: int) -> None:
    for text in texts(language, step):
        READERS[language](text)
        if language == "ru":
            assert list(written(text, "ru", with_breaks))


@pytest.mark.parametrize("language", WORDS)
def test_every_thirteenth_character_leads_to_words(language: str) -> None:
    assert_all_are_said(language, 13)


@pytest.mark.parametrize("language", WORDS)
def test_some_hundreds_of_characters_lead_to_sounds(language: str) -> None:
    assert_all_are_read(language, 211)


@pytest.mark.proof
@pytest.mark.parametrize("language", WORDS)
def test_every_character_leads_to_words(language: str) -> None:
    assert_all_are_said(language, 1)


@pytest.mark.proof
@pytest.mark.parametrize("language", WORDS)
def test_every_eleventh_character_leads_to_sounds(language: str) -> None:
    assert_all_are_read(language, 11)
