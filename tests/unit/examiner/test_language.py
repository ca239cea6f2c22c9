"""The language of a text."""

from __future__ import annotations

import pytest

from app.errors import LanguageError
from app.examiner.language import language_of

SPOKEN = {"en", "es", "fr", "it", "ru"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good morning, and welcome.", "en"),
        ("Hello there. Goodbye.", "en"),
        ("Hello. Again. Bye.", "en"),
        ("Hello.", "en"),
        ("Bonjour.", "fr"),
        ("Здравствуйте! Пакеты путешествуют поодиночке.", "ru"),
        ("Вот так.", "ru"),
        ("Ciao a tutti.", "it"),
        ("Guten Tag und herzlich willkommen.", "de"),
        ("Dzień dobry wszystkim.", "pl"),
    ],
)
def test_the_language_is_told_from_the_text(text: str, language: str) -> None:
    assert language_of(text, SPOKEN) == language


def test_a_text_without_words_tells_nothing() -> None:
    with pytest.raises(LanguageError, match='name it, for example "language"'):
        language_of("12 + 34 = 46!", SPOKEN)


def test_one_language_that_is_spoken_is_enough() -> None:
    assert language_of("Hello.", {"en"}) == "en"


def test_the_names_of_tags_and_commands_are_no_english_words() -> None:
    text = '<div class="section"><span style="color: red">Сети</span><br><strong>это</strong></div>'
    assert language_of(text + r"\begin{equation}\frac{a}{b}\end{equation}", {"en", "ru"}) == "ru"
