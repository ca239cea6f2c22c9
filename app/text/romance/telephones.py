"""Telephone numbers, and others that are read figure by figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import said
from app.text.romance.figures import digits, whole_number
from app.text.romance.language import Language
from app.text.telephones import groups_behind_country
from app.text.tokens import Token, Verbalized

_PAIRS = re.compile(r"0\d(?P<mark>[.-])\d{2}(?:(?P=mark)\d{2}){3}")
"""A French telephone number."""
_ITALIAN = re.compile(r"0\d{1,3}/\d{5,8}|3\d\d[-/]\d{6,7}")
_ISBN = re.compile(r"97[89](?:-\d+){3,4}")
_HYPHENED = re.compile(r"(?=.*-)\(?(?:\d{1,4}[-.)]){2,4}\d{2,4}(?:-\d{2})*")
_FIGURES = re.compile(r"\d[\d/.-]*")
_LONGEST = 10
"""Tokens of the longest telephone number."""


def telephone(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A telephone number written in one piece or, after "+", in several."""
    token = tokens[place]
    if _PAIRS.fullmatch(token.core):
        pairs = re.split(r"\D", token.core)
        return [said(token, " ".join(whole_number(pair, language) for pair in pairs))]
    patterns = (_ISBN, _ITALIAN, _HYPHENED)
    written = any(pattern.fullmatch(token.core) for pattern in patterns)
    if written or _is_called(tokens, place, language):
        return [said(token, digits(token.core, language))]
    parts = () if token.closing else groups_behind_country(tokens, place)
    if not parts:
        return []
    short = all(len(part.core) <= 2 for part in parts)
    say = whole_number if short else digits
    plus = language.formulas.signs["+"]
    result = [said(part, say(part.core, language)) for part in parts]
    return [said(token, f"{plus} {say(token.core[1:], language)}"), *result]


def _is_called(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether figures are of a telephone number, whose first stand behind "tel."."""
    before, furthest = place, max(place - _LONGEST, -1)
    while before > furthest and _FIGURES.fullmatch(tokens[before].core):
        before -= 1
    named = 0 <= before < place and tokens[before].core.lower() in language.numerals.called
    return named and tokens[before].closing in ("", ".", ":", ".:")
