"""The letter x where it stands for the sign of multiplication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.tokens import Token

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[xX](?=\d)")
_HEXADECIMAL = re.compile(r"0[xX][\dA-Fa-f]+")
_MEASURE = re.compile(r"[\d.,]+(?:[^\W\d_]{1,2})?|[^\W\d_]{1,2}²?")
"""A number, a number with its unit, or the unit of the number before it."""


def with_signs(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which such an x is the sign: "30 cm x 20 cm", "3x4".

    >>> [token.core for token in with_signs([Token("3x4", "", "3x4", "")])]
    ['3×4']
    """
    return [_with_sign(tokens, place) for place in range(len(tokens))]


def _with_sign(tokens: Sequence[Token], place: int) -> Token:
    token = tokens[place]
    if token.core in ("x", "X"):
        return replace(token, core="×") if _multiplies(tokens, place) else token
    if "x" not in token.core.lower() or _HEXADECIMAL.fullmatch(token.core):
        return token
    return replace(token, core=_BETWEEN_DIGITS.sub("×", token.core))


def _multiplies(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or after is None or before.closing or tokens[place].text not in ("x", "X"):
        return False
    if not _MEASURE.fullmatch(before.core) or not after.core[:1].isdigit() or after.opening:
        return False
    counted = place > 1 and tokens[place - 2].core[-1:].isdigit() and not tokens[place - 2].closing
    return before.core[-1:].isdigit() or before.core[:1].isdigit() or counted
