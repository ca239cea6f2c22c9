"""What is said for pasted texts: words, and nothing of their markup."""

from __future__ import annotations

import re

import pytest

from app.text.cleaning.clean import clean
from app.text.sentences.splitting import sentences
from app.text.tokens import INNER_PAUSE
from app.text.verbalize import verbalize
from tests.unit.text.cleaning.mixtures import mixture

WORD = re.compile(r"[^\W\d_]+\u0301?(?:['’\u0301-]*[^\W\d_]+\u0301?)*'?")


@pytest.mark.parametrize("language", ["en", "es", "fr", "it", "ru"])
def test_only_words_are_said_for_mixtures_of_markup(language: str) -> None:
    for text in map(mixture, range(0, 2000, 10)):
        for paragraph in clean(text).text.split("\n\n"):
            for sentence in sentences(paragraph, language):
                said = [word for piece in verbalize(sentence, language) for word in piece.words]
                odd = [word for word in said if word != INNER_PAUSE and not WORD.fullmatch(word)]
                assert odd == [], (sentence, text)
