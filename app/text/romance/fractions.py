"""Fractions in words: "3/4", "½ litro", "2½ kilos"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import clean, counts, gender_of, said, word_after
from app.text.romance.figures import spoken_number, value_of, whole_number
from app.text.romance.language import Language
from app.text.romance.units import unit
from app.text.tokens import Token, Verbalized

_FRACTION = re.compile(r"([1-9]\d{0,3})[/⁄]([1-9]\d{0,3})")
_MIXED = re.compile(r"(?P<whole>\d+)(?P<half>[½¼¾⅓⅔⅛])")
_YEAR = re.compile(r"(?:1[89]|20)\d{2}")
_LARGEST_PART = 10
"""Of more parts than these there are no more than a whole: "120/80" is a pair of numbers."""
_HALF = frozenset(["½", "1/2", "1⁄2"])
_MIXED_PARTS = {"1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/8": "⅛"}
_PAIRED = re.compile(r"24/7|50/50|(?:1[5-9]|20)\d{2}/\d{2,4}")
"""Said as two numbers: "2020/21" and "2016/679", too."""


def fraction(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The fraction that begins at a token, with its unit or noun; empty when none does."""
    token, numerals = tokens[place], language.numerals
    core = token.core
    following = word_after(tokens, place)
    if match := _MIXED.fullmatch(core):
        return _mixed(tokens, place, match["whole"], match["half"], language=language)
    half = _MIXED_PARTS.get(following, following)
    if core.isdecimal() and half in numerals.halves and value_of(core) is not None:
        return _mixed(tokens, place, core, half, language=language)
    if _PAIRED.fullmatch(core):
        return [said(token, " ".join(whole_number(part, language) for part in core.split("/")))]
    if core in _HALF and (halved := _half(tokens, place, language)):
        return halved
    match = _FRACTION.fullmatch(core)
    if core in numerals.halves:
        spoken = numerals.halves[core][0]
    elif match and numerals.of_year and _YEAR.fullmatch(match[2]):
        number, year = (whole_number(part, language) for part in match.groups())
        return [said(token, f"{number} {numerals.of_year} {year}")]
    elif match and int(match[1]) >= int(match[2]) > _LARGEST_PART:
        first, second = (whole_number(part, language) for part in match.groups())
        pair = said(token, f"{first} {numerals.against or language.formulas.over} {second}")
        measure = unit(following, language, many=True)
        return [pair, said(tokens[place + 1], measure)] if measure else [pair]
    elif match and int(match[2]) > 1:
        spoken = numerals.fraction(int(match[1]), int(match[2]))
    else:
        return []
    measure = unit(following, language, many=False)
    if not measure:
        return [said(token, spoken)]
    return [said(token, spoken), said(tokens[place + 1], numerals.of(measure))]


def _half(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A half before what it is one of: "½ litro", "1/2 h"."""
    following = word_after(tokens, place)
    measure = unit(following, language, many=False)
    noun = measure or (following if counts(following, language) else "")
    if not noun:
        return []
    result = [said(tokens[place], language.numerals.half[gender_of(noun, language)])]
    return [*result, said(tokens[place + 1], measure)] if measure else result


def _mixed(
    tokens: Sequence[Token], place: int, whole: str, half: str, *, language: Language
) -> list[Verbalized]:
    """A number and a half, which goes behind what is counted: "dos kilos y medio"."""
    numerals = language.numerals
    last = place if tokens[place].core != whole else place + 1
    silent = [said(tokens[last], "")] if last > place else []
    following = word_after(tokens, last)
    measure = unit(following, language, many=whole != "1")
    noun = measure or (following if counts(following, language) else "")
    spoken = numerals.halves[half][1]
    if not noun:
        words = f"{spoken_number(whole, language)} {spoken}"
        return [said(tokens[place], words), *silent]
    gender = gender_of(noun, language)
    if gender == "feminine":
        spoken = numerals.feminine_halves.get(half, spoken)
    count = spoken_number(whole, language, gender, clean(noun)[0])
    return [said(tokens[place], count), *silent, said(tokens[last + 1], f"{noun} {spoken}")]
