"""Fractions of an English text in words: "3/4", "1 1/2", and figures that only look like them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.english.context import in_formula, said, word_after, word_before
from app.text.english.numerals import cardinal, ordinal, plural, spoken_number
from app.text.english.units import unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_FRACTION = re.compile(r"(\d{1,3})/(\d{1,3})(?:-(?P<unit>[a-z]{2,}))?")
_NAMES = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_PAIRS = frozenset(words("24/7 50/50 20/20 9/11 7/7 80/20"))
"""Said as two numbers: hours and days, shares, sight, dates."""
_WORDS_TOO = frozenset(words("bar bit rad s t h A B C F K L T min sec"))
"""Signs of units that behind a fraction are rather words, variables or names."""
_VOWELS = frozenset("aeiou")
_RHYTHMS = frozenset(words("time meter metre signature rhythm bar beat"))


def fraction(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The fraction that begins at a token, a whole number before it included; empty for none."""
    token = tokens[place]
    mixed = _mixed(tokens, place)
    if mixed:
        return mixed
    match = _FRACTION.fullmatch(token.core)
    if match is None:
        return []
    parts, whole = int(match[1]), int(match[2])
    pair = token.core in _PAIRS and word_after(tokens, place) != "of"
    if pair or word_after(tokens, place).lower() in _RHYTHMS:
        return [said(token, [*spoken_number(match[1]), *spoken_number(match[2])])]
    if not 0 < parts < whole:
        return []
    attached = [match["unit"]] if match["unit"] else []
    spoken = [said(token, [*_parts(parts, whole), *attached])]
    measured = _measured(tokens, place + 1, many=False)
    article = "an" if measured and measured[0].words[0][0] in _VOWELS else "a"
    return spoken + [replace(part, words=("of", article, *part.words)) for part in measured]


def _mixed(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A whole number and the fraction behind it, "1 1/2"."""
    token, following = tokens[place], word_after(tokens, place)
    match = _FRACTION.fullmatch(following)
    if match is None or not re.fullmatch(r"\d{1,3}", token.core):
        return []
    parts, whole = int(match[1]), int(match[2])
    numbered = word_before(tokens, place) in ("chapter", "section", "page", "table", "figure")
    if not 0 < parts < whole < 65 or numbered:
        return []
    spoken = _parts(parts, whole)
    article = ["an" if whole == 8 else "a", *spoken[1:]] if parts == 1 else spoken
    attached = [match["unit"]] if match["unit"] else []
    return [
        said(token, cardinal(int(token.core))),
        said(tokens[place + 1], ["and", *article, *attached]),
        *_measured(tokens, place + 2, many=True),
    ]


def _measured(tokens: Sequence[Token], place: int, *, many: bool) -> list[Verbalized]:
    """The unit behind a fraction: "1/2 km" is half of it, "1 1/2 km" are several."""
    if word_before(tokens, place) == "" or place >= len(tokens) or tokens[place].opening:
        return []
    sign = tokens[place].core
    if sign in _WORDS_TOO or in_formula(tokens, place):
        return []
    spoken = unit(sign, many=many)
    shortened = sign.isalpha() and len(sign) > 1 and place + 1 < len(tokens)
    return [said(tokens[place], spoken, abbreviated=shortened)] if spoken else []


def _parts(parts: int, whole: int) -> list[str]:
    if whole in _NAMES:
        name = [_NAMES[whole][parts > 1]]
    else:
        *rest, last = ordinal(whole)
        name = [*rest, last if parts == 1 else plural(last)]
    return [*cardinal(parts), *name]
