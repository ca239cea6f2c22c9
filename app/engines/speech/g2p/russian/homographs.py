"""Words whose stress depends on the words around them.

"До́ма" is a genitive singular or an adverb, "дома́" a nominative plural; whether the
word before is a plural adjective, a preposition, a verb or a numeral tells which, and
at the start of a clause a plural verb behind it.
"""

from __future__ import annotations

from app.engines.speech.g2p.russian.stress import Stressed, first_listed, stress
from app.text.tables import words

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
_ACCUSATIVE_OR_START = frozenset(words("в на за через про и а но или что где если чем как")) | {""}
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
_ACCUSATIVE = frozenset(words("в на за через про под"))
"""Prepositions that take no genitive: behind them stands a plural."""
_CLAUSE_STARTS = frozenset(words("что где когда если чем пока поэтому тогда а но и или")) | {""}
_SUBJECT_STARTS = _CLAUSE_STARTS - frozenset(words("а но и или"))
"""Behind them a noun is the subject even when no verb shows it."""
_SELDOM_SUBJECTS = frozenset(
    words("дома вечера воды земли среды красоты высоты глубины длины ширины величины")
)
"""Adverbs, and nouns that are rather a genitive singular even at the start of a clause."""
_TRANSITIVE = ("ают", "яют", "уют", "еют", "ает", "яет", "ует", "еет", "ются", "утся")
"""Endings of verbs, and of hardly any nouns, that an accusative or a plural subject follows."""
_WITH_GENITIVE = ("треб", "каса", "лиша", "достиг", "избега", "хвата")
_PLURAL_VERB = ("ют", "ут", "ят", "ат", "ются", "утся", "ятся", "атся", "ли", "лись")
_INFINITIVE = ("ать", "ять", "ить", "еть", "уть", "ться", "тись")
_VOWELS = "аеёиоуыэюя"


def stress_in_context(word: str, before: str, after: str = "") -> Stressed:
    """Stress of a lower-case word between two others.

    >>> stress_in_context("города", "большие").vowel, stress_in_context("города", "центр").vowel
    (2, 0)

    Args:
        word: Without a hyphen.
        before: The word before; empty at the start of a clause.
        after: The word behind; empty when there is none.
    """
    if word == "стоит" and after.endswith(_INFINITIVE):
        return Stressed(word, 0)
    plural = before in _PLURAL_WORDS or before.endswith(("ые", "ие"))
    plural = plural or _is_subject(word, before, after)
    if word in _PLURAL_AT_THE_END:
        return _at_the_end(word) if plural or _governs_plural(before) else first_listed(word)
    if word in _SINGULAR_AT_THE_END and plural:
        return first_listed(word)
    if word in _SINGULAR_AT_THE_END and _genitive(word, before):
        return _at_the_end(word)
    return stress(word)


def _is_subject(word: str, before: str, after: str) -> bool:
    if before in _CLAUSE_STARTS and after.endswith(_PLURAL_VERB):
        return True
    return before in _SUBJECT_STARTS and word not in _SELDOM_SUBJECTS


def _governs_plural(before: str) -> bool:
    """Whether a noun in -а behind this word is no genitive singular."""
    verb = before.endswith(_TRANSITIVE) and not before.startswith(_WITH_GENITIVE)
    return before in _ACCUSATIVE or verb


def _genitive(word: str, before: str) -> bool:
    if before in _GENITIVE_WORDS or before.endswith("ой"):
        return True
    return word not in _MOSTLY_PLURAL and before not in _ACCUSATIVE_OR_START


def _at_the_end(word: str) -> Stressed:
    return Stressed(word, sum(letter in _VOWELS for letter in word) - 1)
