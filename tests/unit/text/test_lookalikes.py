"""A letter of another alphabet that looks right changes nothing."""

from __future__ import annotations

import pytest

from app.text.lookalikes import restored
from app.text.verbalize import verbalize


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Пoдписаться", "Подписаться"),
        ("Mатематика", "Математика"),
        ("Αлгоритм", "Алгоритм"),
        ("ещë", "ещё"),
        ("Hо", "Но"),
        ("Рython", "Python"),
        ("thе", "the"),
        ("tοtal", "total"),
        ("ХIХ", "XIX"),
        ("pН", "pH"),
    ],
)
def test_a_stranger_in_a_word_becomes_a_letter_of_its_alphabet(written: str, meant: str) -> None:
    assert written != meant
    assert restored(written) == meant


@pytest.mark.parametrize(
    "text", ["αx", "sinα", "cos²α", "ΔT", "νt", "IT-компания", "СПбГУ", "Яzык"]
)
def test_letters_that_belong_where_they_stand_stay(text: str) -> None:
    assert restored(text) == text


def test_an_accent_that_was_typed_with_a_latin_letter_stays_an_accent() -> None:
    assert restored("мóре") == "мо\u0301ре"


@pytest.mark.parametrize(
    ("written", "meant", "language"),
    [
        ("Пoдписаться на курc", "Подписаться на курс", "ru"),
        ("Тhe сat sat", "The cat sat", "en"),
        ("\u041de went \u0422o it", "He went To it", "en"),
        ("H\u0435 мы", "Не мы", "ru"),
    ],
)
def test_a_text_with_strangers_is_said_as_if_it_had_none(
    written: str, meant: str, language: str
) -> None:
    words = [piece.words for piece in verbalize(written, language)]
    assert words == [piece.words for piece in verbalize(meant, language)]
