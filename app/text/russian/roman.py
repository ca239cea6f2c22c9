"""Roman numerals of a Russian text: chapters, parts, congresses, wars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.roman import NUMERAL, roman_value
from app.text.russian.context import case_by_ending, word_after
from app.text.russian.numerals import Case, Gender, cardinal, ordinal
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_ROMAN = re.compile(NUMERAL)
_NUMBERED = words(
    """
    глав том част раздел книг выпуск тип класс акт сцен степен приложени закон курс
    уровн этап фаз
    """
)
"""Stems of nouns that a number follows: "глава IV"."""
_FEMININE = words(
    """
    групп степен категори част фаз стади глав книг сцен мировая мировой мировую мировые
    республик импери династи ступен олимпиад конференци
    """
)
_MASCULINE = words(
    """
    съезд конгресс интернационал курс тип класс квартал этап том раздел уров рейх план
    закон рим собор поход
    """
)
_SHORTENED = frozenset(words("гл т ч разд кн вып ст п прил"))
_ADJECTIVES: tuple[tuple[tuple[str, ...], Case, Gender], ...] = (
    (("ая", "яя"), "nominative", "feminine"), (("ую", "юю"), "accusative", "feminine"),
    (("ого", "его"), "genitive", "masculine"), (("ому", "ему"), "dative", "masculine"),
    (("ый", "ий"), "nominative", "masculine"), (("ое", "ее"), "nominative", "neuter"),
    (("ых", "их"), "genitive", "plural"), (("ые", "ие"), "nominative", "plural"),
    (("ой", "ей"), "genitive", "feminine"), (("ым", "им"), "instrumental", "masculine"),
    (("ом", "ем"), "prepositional", "masculine"),
)  # fmt: skip
_FEMININE_NOUNS: tuple[tuple[str, Case], ...] = (
    ("ой", "instrumental"), ("ей", "instrumental"), ("ью", "instrumental"), ("у", "accusative"),
    ("ю", "accusative"), ("ы", "genitive"), ("и", "genitive"), ("е", "prepositional"),
)  # fmt: skip
_MASCULINE_NOUNS: tuple[tuple[str, Case], ...] = (
    ("ом", "instrumental"), ("ем", "instrumental"), ("а", "genitive"), ("я", "genitive"),
    ("у", "dative"), ("ю", "dative"), ("е", "prepositional"),
)  # fmt: skip


def numbered(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A numeral after the noun that it numbers, "глава IV"."""
    token = tokens[place]
    if not _ROMAN.fullmatch(token.core) or not place or not _leads(tokens[place - 1]):
        return []
    return [token.said(cardinal(roman_value(token.core)))]


def roman_numeral(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A numeral beside the noun that it numbers; empty for letters that only look like one."""
    token = tokens[place]
    if not _ROMAN.fullmatch(token.core):
        return []
    number = roman_value(token.core)
    after = "" if token.closing else word_after(tokens, place).lower()
    agreement = _agreement(after) or _of_a_pair(tokens, place) or _of_a_name(tokens, place)
    if agreement:
        return [token.said(ordinal(number, *agreement))]
    listed = place == 0 and token.closing.startswith((".", ")")) and token.core in "I II III IV V X"
    if listed or (len(token.core) > 1 and set(token.core) <= set("IVX")):
        return [token.said(cardinal(number))]
    return []


def _leads(token: Token) -> bool:
    """Whether a token names what a number behind it numbers, "глава" or "гл."."""
    name = token.core.lower()
    if token.closing == ".":
        return name in _SHORTENED
    return not token.closing and name.startswith(_NUMBERED)


def _of_a_pair(tokens: Sequence[Token], place: int) -> tuple[Case, Gender] | None:
    """Agreement of the first of "I и II законы"."""
    if place + 3 >= len(tokens) or tokens[place].closing or tokens[place + 1].core != "и":
        return None
    second, noun = tokens[place + 2 : place + 4]
    if not _ROMAN.fullmatch(second.core) or second.closing:
        return None
    return _agreement(noun.core.lower())


def _of_a_name(tokens: Sequence[Token], place: int) -> tuple[Case, Gender] | None:
    """Agreement with the adjective of a name, "I Всемирный конгресс"."""
    if place + 2 >= len(tokens) or tokens[place].closing:
        return None
    adjective, noun = tokens[place + 1].core, tokens[place + 2].core.lower()
    if not noun.startswith(_FEMININE + _MASCULINE):
        return None
    return _of_an_adjective(adjective)


def _agreement(noun: str) -> tuple[Case, Gender] | None:
    """Case and gender of an ordinal before a word, by its ending."""
    if noun.startswith("миров"):
        return _of_an_adjective(noun)
    if noun.startswith(_FEMININE):
        return case_by_ending(noun, _FEMININE_NOUNS), "feminine"
    if noun.startswith(_MASCULINE):
        return case_by_ending(noun, _MASCULINE_NOUNS), "masculine"
    return None


def _of_an_adjective(word: str) -> tuple[Case, Gender] | None:
    return next(((case, gender) for ends, case, gender in _ADJECTIVES if word.endswith(ends)), None)
