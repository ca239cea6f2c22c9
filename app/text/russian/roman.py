"""Roman numerals of a Russian text: chapters, parts, congresses, wars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.roman import roman_value
from app.text.russian.numerals import Case, Gender, cardinal, ordinal
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
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
    закон
    """
)
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
    before = tokens[place - 1].core.lower() if place and not tokens[place - 1].closing else ""
    if not _ROMAN.fullmatch(token.core) or not before.startswith(_NUMBERED):
        return []
    return [token.said(cardinal(roman_value(token.core)))]


def roman_numeral(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A numeral beside the noun that it numbers; empty for letters that only look like one."""
    token = tokens[place]
    if not _ROMAN.fullmatch(token.core):
        return []
    number = roman_value(token.core)
    after = "" if token.closing or place + 1 == len(tokens) else tokens[place + 1].core.lower()
    agreement = _agreement(after)
    if agreement:
        return [token.said(ordinal(number, *agreement))]
    listed = place == 0 and token.closing.startswith((".", ")")) and token.core in "I II III IV V X"
    if listed or (len(token.core) > 1 and set(token.core) <= set("IVX")):
        return [token.said(cardinal(number))]
    return []


def _agreement(noun: str) -> tuple[Case, Gender] | None:
    """Case and gender of an ordinal before a word, by its ending."""
    if noun.startswith("миров"):
        return next((case, gender) for ends, case, gender in _ADJECTIVES if noun.endswith(ends))
    if noun.startswith(_FEMININE):
        return _by_ending(noun, _FEMININE_NOUNS), "feminine"
    if noun.startswith(_MASCULINE):
        return _by_ending(noun, _MASCULINE_NOUNS), "masculine"
    return None


def _by_ending(noun: str, endings: Sequence[tuple[str, Case]]) -> Case:
    return next((case for ending, case in endings if noun.endswith(ending)), "nominative")
