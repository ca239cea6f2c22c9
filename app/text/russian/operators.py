"""Russian words for a sign within a token or alone: minus, division, factorial, arrows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece
from app.text.russian.chemistry import is_substance
from app.text.russian.latin import foreign
from app.text.russian.mathematics import between_operands, opens_a_bar
from app.text.russian.signs import ARROWS, PARTS, SIGNS
from app.text.russian.units import is_unit
from app.text.tokens import Token

_DECLINED = {"∞": "бесконечности", "∅": "пустому множеству"}
"""Behind "равно" and "стремится к"."""
_LIMITS = {"≥": "не меньше", "≤": "не больше"}
"""Before a number that is compared with nothing, "≥ 18 лет"."""
_SIDES = re.compile("[mnkpqMNK]{2}")
"""Letters for the number of rows and columns."""
_RUSSIAN = re.compile("[А-Яа-яЁё]")


def sign(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    """What is said for a sign between two pieces; none of them when it stands alone."""
    if text == "-":
        return ["минус"] if _is_minus(before, after) else []
    if text == "/":
        return _stroke(before, after, tokens, place)
    if text == "!":
        return ["факториал"] if _is_factorial(before, after) else []
    if text in ARROWS and (text not in SIGNS or (before is None and after is None)):
        return _arrow(text, tokens, place)
    decided = _first(text, after, tokens, place) if before is None else None
    decided = _between(text, before, after) if decided is None else decided
    if decided is not None:
        return decided
    behind = before.text if before else tokens[place - 1].core if place else ""
    if text in _DECLINED and behind in ("=", "≠", "→", "->"):
        return _DECLINED[text].split()
    if text in SIGNS or text in PARTS:
        return (SIGNS.get(text) or PARTS[text]).split()
    silent = not text.isprintable() or (not text.isalnum() and ord(text[0]) < 0x2070)
    return [] if silent else foreign(text)


def _first(text: str, after: Piece | None, tokens: Sequence[Token], place: int) -> list[str] | None:
    """Words of a sign that a token begins with; ``None`` where they are the usual ones."""
    alone = after is None
    match text:
        case "×" if alone and _measures(tokens, place):
            return ["на"]
        case "|" if not alone and opens_a_bar(tokens, place):
            return ["модуль"]
        case "~":
            return ["около"] if after or tokens[place + 1 : place + 2] else ["тильда"]
        case "≥" | "≤" if alone and not between_operands(tokens, place):
            return _LIMITS[text].split()
        case "≈" if not place:
            return ["примерно"]
    return None


def _between(text: str, before: Piece | None, after: Piece | None) -> list[str] | None:
    """Words of a sign that the pieces beside it decide on; ``None`` for others."""
    both = before is not None and after is not None
    match text:
        case "×" if before and after and _SIDES.fullmatch(before.text + after.text):
            return ["на"]
        case "|":
            return ["при", "условии"] if both else []
        case "*" if not both:
            return []
        case "#":
            return _hash(before, after)
        case "~":
            return ["около"]
        case "(":
            return ["умножить", "на"] if before is not None and before.text == ")" else []
        case "--" if before and after and before.kind == after.kind == "word":
            return []
        case "'" | "′" if before:
            return ["штрих", *(["от"] if after and after.text == "(" else [])]
    return None


def _measures(tokens: Sequence[Token], place: int) -> bool:
    """Whether a cross stands between the sides of something, "10 × 15 см"."""
    if not 0 < place < len(tokens) - 2:
        return False
    unit = tokens[place + 2].core
    return tokens[place + 1].core[:1].isdigit() and (is_unit(unit) or unit == "×")


def _hash(before: Piece | None, after: Piece | None) -> list[str]:
    if before and before.text in ("C", "F"):
        return ["шарп"]
    return ["номер"] if after and after.kind == "number" else ["решётка"] if after else []


def _arrow(text: str, tokens: Sequence[Token], place: int) -> list[str]:
    """An arrow on its own: what a reaction gives, what a variable tends to, or only a picture."""
    if _beside_chemistry(tokens, place):
        return ["получаем"]
    if any(near.text.endswith(":") for near in tokens[max(0, place - 2) : place]):
        return ["в"]
    return SIGNS[text].split() if text in SIGNS and between_operands(tokens, place) else []


def _stroke(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    if before is None and after is None:
        return ["делить", "на"] if between_operands(tokens, place) else []
    if before is None or after is None:
        return []
    if after.text == "∂" or (before.text[0] == "d" and re.fullmatch("d[a-z]", after.text)):
        return ["по"]
    short = [len(part.text) == 1 or part.kind == "number" for part in (before, after)]
    russian = any(_RUSSIAN.match(part.text) for part in (before, after))
    differential = re.fullmatch("d[a-z]", after.text) is not None
    return ["делить", "на"] if (all(short) and not russian) or differential else []


def _is_factorial(before: Piece | None, after: Piece | None) -> bool:
    """Whether the mark stands behind an operand within a token, "n!/k"."""
    if before is None or after is None or after.kind in ("word", "number"):
        return False
    return before.text == ")" or before.kind == "number" or len(before.text) == 1


def _beside_chemistry(tokens: Sequence[Token], place: int) -> bool:
    around = tokens[max(0, place - 1) : place + 2]
    return any(is_substance(token.core) for token in around)


def _is_minus(before: Piece | None, after: Piece | None) -> bool:
    """A hyphen between a small Latin variable or a bracket and a number or another variable."""
    if before is None or after is None:
        return after is not None and after.kind == "number"
    variable_before = re.fullmatch("[a-zα-ω]", before.text) is not None
    left = before.text == ")" or variable_before or before.kind in ("super", "sub")
    return left and (after.kind == "number" or re.fullmatch("[a-zα-ω]", after.text) is not None)
