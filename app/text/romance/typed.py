"""Signs that are typed with other characters: x for ×, two strokes for ″."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.tokens import Token

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[xX](?=\d)")
_PRODUCT = re.compile(r"\D?[\d.,]+(?:[xX×][\d.,]+)+[^\W\d_]{0,2}[²³]?")
_BEFORE_A_POWER = re.compile(r"(?<=\d)[.](?=10(?:\^|[⁻⁰¹²³⁴-⁹]))")
"""A full stop for the sign of multiplication, "3.10⁸"."""
_DIVIDES = re.compile(r"(?<=\d):(?=\d)")
_INTERVAL = re.compile(r"(?<=^\d),(?=\d$)")
"""Between the ends of "[0,1]"."""
_HEXADECIMAL = re.compile(r"0[xX][\dA-Fa-f]+")
_BEHIND_A_PART = re.compile(r"(?<=[¼-¾⅐-⅟↉])(?=[^\W\d_])")
_PLURAL = re.compile(r"(?<=\d0)'s$")
_DECIMAL_APOSTROPHE = re.compile(r"(?<=^\d)'(?=\d{1,2}$)")
_MEASURE = re.compile(r"[\d.,]+(?:[^\W\d_]{1,2})?|[^\W\d_]{1,2}²?")
"""A number, a number with its unit, or the unit of the number before it."""


def with_signs(tokens: Sequence[Token], *, apostrophe: bool = False) -> list[Token]:
    """Tokens in which what is typed is the sign: "30 cm x 20 cm", "3x4", "f''(x)".

    >>> [token.core for token in with_signs([Token("3x4", "", "3x4", "")])]
    ['3×4']

    Args:
        tokens: Of the sentence.
        apostrophe: Whether one between digits is a comma: "1'5".
    """
    plain = [_without_apostrophe(token, decimal=apostrophe) for token in tokens]
    return [_with_sign(plain, place) for place in range(len(plain))]


def _without_apostrophe(token: Token, *, decimal: bool) -> Token:
    """The token without the apostrophe of "'60" and "60's", and with a comma in "1'5"."""
    core = _PLURAL.sub("", token.core)
    if decimal:
        core = _DECIMAL_APOSTROPHE.sub(",", core)
    quoted = "'" in token.closing
    decade = token.opening == "'" and core[:1].isdigit() and not quoted
    return replace(token, core=core, opening="" if decade else token.opening)


def _with_sign(tokens: Sequence[Token], place: int) -> Token:
    token = tokens[place]
    if token.core in ("x", "X"):
        return replace(token, core="×") if _multiplies(tokens, place) else token
    if token.core == "+/" and token.closing == "-":
        return replace(token, core="±", closing="")
    if token.core == "//":
        return replace(token, core="∥")
    core = token.core.replace("''", "″").replace("+/-", "±")
    core = _BEFORE_A_POWER.sub("×", core)
    if "=" in core:
        core = _DIVIDES.sub("÷", core)
    if token.opening.endswith("[") and token.closing.startswith("]"):
        core = _INTERVAL.sub(" ", core)
    if _PRODUCT.fullmatch(core) and not _HEXADECIMAL.fullmatch(core):
        core = _BETWEEN_DIGITS.sub("×", core)
    # A space in a core parts two pieces; the reader of pieces takes "½m" for a word.
    core = _BEHIND_A_PART.sub(" ", core)
    return token if core == token.core else replace(token, core=core)


def _multiplies(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or after is None or before.closing or tokens[place].text not in ("x", "X"):
        return False
    if not _MEASURE.fullmatch(before.core) or not after.core[:1].isdigit() or after.opening:
        return False
    counted = place > 1 and tokens[place - 2].core[-1:].isdigit() and not tokens[place - 2].closing
    return before.core[-1:].isdigit() or before.core[:1].isdigit() or counted
