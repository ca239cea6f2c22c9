"""Numbers of a Russian text in words: counted things, amounts with units, ranges, money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.roman import roman_value
from app.text.russian.abbreviations import closing
from app.text.russian.amounts import Amount, sign_before, words_of
from app.text.russian.context import word_after
from app.text.russian.counting import case_of, gender_of
from app.text.russian.figures import clock, figure, is_label, is_version, refers
from app.text.russian.groups import POWERS, grouped, of_scale, on_two_tokens
from app.text.russian.mathematics import CASE_OF_NOUGHT, is_signed
from app.text.russian.neighbours import (
    DIRECTIONS,
    case_of_amount,
    counted,
    preposition,
    unit_follows,
)
from app.text.russian.numerals import Case, Gender, agreeing, cardinal, decimal
from app.text.russian.ranges import ranged
from app.text.russian.signs import PARTS
from app.text.russian.suffixes import SUFFIXES, suffixed
from app.text.russian.units import gender as gender_of_unit
from app.text.russian.units import is_length, is_unit, unit, unit_after_fraction
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_NUMBER = re.compile(
    r"(?P<sign>[+−±≈<>~≤≥-]?)(?P<currency>[$€£¥₽№§]?)(?P<first>\d+)"
    r"(?:[-–—…](?P<second>\d+))?(?:[.,](?P<fraction>\d+))?(?P<half>[½¼¾⅓⅔])?"
    r"-?(?P<unit>[^\W\d_][^\d]*|[%‰°$€£¥₽′″].*)?"
)
_ROMAN_SUFFIXED = re.compile(r"([IVXL]+)-([а-яё]{1,3})")
_PARTS = {"½": "половиной", "¼": "четвертью", "¾": "тремя четвертями", "⅓": "третью",
          "⅔": "двумя третями"}  # fmt: skip
_BEFORE = {"№": "номер", "§": "параграф"}
_RECURRING = [["в", time] for time in words("день сутки неделю месяц год час минуту")]
_LONG = 3
"""Digits of a number behind which one letter is a unit, "220В", and no name, "5А"."""
_GENITIVE_SIGNS = frozenset("<>~≤≥")
_WORDY_UNITS = frozenset(words("тыс млн млрд трлн руб коп чел шт мин сек"))


def number(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The number that begins at a token, with its unit, in words; empty when none does."""
    token = tokens[place]
    if match := _ROMAN_SUFFIXED.fullmatch(token.core):
        return [
            token.said(
                suffixed(
                    roman_value(match[1]),
                    match[2],
                    preposition(tokens, place),
                    counted(tokens, place),
                )
            )
        ]
    if not any(character.isnumeric() for character in token.core):
        return []
    if token.core in PARTS:
        return [token.said(PARTS[token.core].split())]
    sign = tokens[place - 1].core if place and not tokens[place - 1].closing else ""
    if token.core == "0" and sign in CASE_OF_NOUGHT and not unit_follows(tokens, place):
        return [token.said(cardinal(0, CASE_OF_NOUGHT[sign]))]
    words = clock(tokens, place)
    if words:
        return [token.said(words)]
    result = ranged(tokens, place) or grouped(tokens, place) or _counted(tokens, place)
    if result:
        return result
    words = figure(tokens, place)
    return [token.said(words)] if words else []


def _counted(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number, range or decimal fraction with the unit attached to it or after it."""
    match = _count(tokens, place)
    if match is None:
        return []
    if match["half"] and not match["unit"]:
        words = [*_value(match, "nominative", "masculine"), "с", *_PARTS[match["half"]].split()]
        return [tokens[place].said(words)]
    spaced = "" if match["unit"] else _spaced_unit(tokens, place)
    if spaced:
        words, named = _with_unit(tokens, place, match, spaced, place + 2)
        return [tokens[place].said(words), *on_two_tokens(tokens, place + 1, named)]
    if not match["unit"] and unit_follows(tokens, place):
        return _with_unit_after_it(tokens, place, match)
    return [_with_unit_on_it(tokens, place, match)]


def _count(tokens: Sequence[Token], place: int) -> re.Match[str] | None:
    """The parts of a number that counts something; none of a version or an ordinal."""
    core = tokens[place].core
    match = _NUMBER.fullmatch(core)
    if match is None or len(match["first"]) > 12 or re.match(r"0\d", match["first"]):
        return None
    versioned = _names_a_program(preposition(tokens, place)) or refers(tokens, place)
    if is_version(core) and versioned:
        return None
    attached = match["unit"]
    if attached and not is_unit(attached, attached=len(match["first"]) < _LONG):
        return None
    hyphenated = attached and core.removesuffix(attached).endswith("-")
    return None if hyphenated and attached in SUFFIXES else match


def _spaced_unit(tokens: Sequence[Token], place: int) -> str:
    """The unit that two tokens are, "л. с." or "кв. м"; empty when none follows."""
    following = tokens[place + 1 : place + 3]
    if tokens[place].closing or len(following) < 2:
        return ""
    first, second = following
    if first.core in POWERS and first.closing == "." and is_length(second.core):
        return second.core + POWERS[first.core]
    sign = f"{first.core}.{second.core}"
    known = sign in ("л.с", "а.е") and word_after(tokens, place + 2) != "м"
    return sign if known and second.closing.startswith(".") else ""


def _with_unit_after_it(
    tokens: Sequence[Token], place: int, match: re.Match[str]
) -> list[Verbalized]:
    """A number, the unit that is a token of its own, and what is counted by that unit."""
    sign, money = tokens[place + 1], _money(match)
    words, named = _with_unit(tokens, place, match, sign.core, place + 1)
    if sign.core == "р" and _recurs(tokens, place + 2):
        named = [agreeing(int(match["second"] or match["first"]), "раз", "раза", "раз")]
    return [
        tokens[place].said(words, closing=""),
        sign.said([*named, *(unit(money, 5) if money else [])], closing=closing(tokens, place + 1)),
        *([] if money else of_scale(tokens, place + 1)),
    ]


def _recurs(tokens: Sequence[Token], place: int) -> bool:
    """Whether a time follows, as in "2 р. в день"."""
    return [token.core for token in tokens[place : place + 2]] in _RECURRING


def _with_unit_on_it(tokens: Sequence[Token], place: int, match: re.Match[str]) -> Verbalized:
    """A number with the unit or currency that is written in one piece with it, if any."""
    attached = match["unit"] or ""
    words, named = _with_unit(tokens, place, match, attached or _money(match), place)
    end = closing(tokens, place) if attached in _WORDY_UNITS else tokens[place].closing
    return tokens[place].said([*words, *named], closing=end)


def _with_unit(
    tokens: Sequence[Token], place: int, match: re.Match[str], measure: str, end: int
) -> tuple[list[str], list[str]]:
    """Words of a number and of its unit, which agree; none of a unit where there is none."""
    count = int(match["second"] or match["first"])
    greater = match["sign"] in _GENITIVE_SIGNS
    before = "более" if greater else preposition(tokens, place)
    signed = place > 0 and is_signed(tokens[place - 1].core)
    signed = signed and case_of(before, ()) == "nominative"
    if not measure and (signed or is_label(tokens, place)):
        return _value(match, "nominative", "masculine"), []
    if not measure:
        case, gender = gender_of(count, before, counted(tokens, place))
        if match["fraction"] and before in DIRECTIONS and case == "nominative":
            case = "accusative"
        return _value(match, case, gender), []
    case = case_of(before, ()) if greater else case_of_amount(tokens, place, end, measure)
    if match["second"] or match["half"] or (match["currency"] and end > place):
        broken = match["fraction"] or match["half"]
        named = unit_after_fraction(measure) if broken else unit(measure, count, case)
        return _value(match, case, gender_of_unit(measure)), named
    amount = Amount(int(match["first"]), match["fraction"] or "", measure, case)
    number, named = words_of(amount)
    return [*_prefix(match), *number], named


def _money(match: re.Match[str]) -> str:
    """The sign of a currency before a number."""
    return match["currency"] if is_unit(match["currency"]) else ""


def _value(match: re.Match[str], case: Case, gender: Gender) -> list[str]:
    words = _prefix(match)
    if match["second"]:
        words += cardinal(int(match["first"]), case, gender)
        return words + cardinal(int(match["second"]), case, gender)
    if match["fraction"]:
        return words + decimal(int(match["first"]), match["fraction"], case)
    return words + cardinal(int(match["first"]), case, gender)


def _prefix(match: re.Match[str]) -> list[str]:
    """The sign before a number, and "№" or "§"."""
    return [
        *sign_before(match["sign"]),
        *([_BEFORE[match["currency"]]] if match["currency"] in _BEFORE else []),
    ]


def _names_a_program(word: str) -> bool:
    """Whether a number with a point after this word is a version rather than a fraction."""
    return word.startswith("верси") or (word.isascii() and word.isalpha())
