"""Words whose stress depends on the words before them.

"До́ма" is a genitive singular or an adverb, "дома́" a nominative plural; whether the
word before is a plural adjective, a preposition or a numeral tells which.
"""

from __future__ import annotations

from app.engines.speech.g2p.russian.stress import Stressed, first_listed, stress
from app.engines.speech.g2p.tables import words

_PLURAL_AT_THE_END = frozenset(
    words(
        """
        города слова дела места права тела поля моря номера цвета голоса вечера леса края берега
        острова поезда паспорта адреса директора профессора доктора учителя мастера повара корпуса
        счета века тома дома зеркала облака стада войска провода холода паруса купола колокола
        округа отпуска катера сорта образа
        """
    )
)
"""Stressed on the last vowel in the nominative plural, before it in the genitive singular."""

_SINGULAR_AT_THE_END = frozenset(
    words(
        """
        страны стороны воды стены руки ноги реки горы земли цены игры войны семьи сестры головы
        души строки среды красоты высоты глубины длины ширины величины доски зимы весны травы
        волны змеи свечи овцы звезды сосны струны судьбы толпы числа письма окна ядра села вина
        """
    )
)
"""Stressed on the last vowel in the genitive singular, before it in the nominative plural."""

_PLURAL_WORDS = frozenset(
    words("все эти те мои твои свои наши ваши их его её какие такие некоторые многие")
)
_ACCUSATIVE_OR_START = frozenset(words("в на за через про и а но или")) | {""}
"""After them a plural is as likely as a singular."""
_MOSTLY_PLURAL = frozenset(
    words("руки ноги числа письма окна ядра волны свечи овцы звезды сосны струны")
)
_GENITIVE_WORDS = frozenset(
    words(
        """
        до из от с без для у около после вокруг против среди кроме этого того одного два две три
        четыре оба обе полтора нет этой той одной всей моей нашей
        """
    )
)
_VOWELS = "аеёиоуыэюя"


def stress_in_context(word: str, before: str) -> Stressed:
    """Stress of a lower-case word after another one.

    >>> stress_in_context("города", "большие").vowel, stress_in_context("города", "центр").vowel
    (2, 0)
    """
    plural = before in _PLURAL_WORDS or before.endswith(("ые", "ие"))
    if word in _PLURAL_AT_THE_END:
        return _at_the_end(word) if plural else first_listed(word)
    if word in _SINGULAR_AT_THE_END and plural:
        return first_listed(word)
    if word in _SINGULAR_AT_THE_END and _genitive(word, before):
        return _at_the_end(word)
    return stress(word)


def _genitive(word: str, before: str) -> bool:
    if before in _GENITIVE_WORDS or before.endswith("ой"):
        return True
    return word not in _MOSTLY_PLURAL and before not in _ACCUSATIVE_OR_START


def _at_the_end(word: str) -> Stressed:
    return Stressed(word, sum(letter in _VOWELS for letter in word) - 1)
