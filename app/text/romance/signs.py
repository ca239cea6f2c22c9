"""Signs in words: which of them are said, and how, depends on what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.text.pieces import Piece
from app.text.romance.context import Around, between_operands, in_formula, is_operand, word_after
from app.text.romance.identifiers import is_substance, joins_words
from app.text.romance.spelling import letter
from app.text.tables import words
from app.text.tokens import INNER_PAUSE, Token

_SUMS = frozenset("∑∏∫∮√∛")
_NEEDS_BOTH_SIDES = frozenset(words("= == != ≠ < > ≤ <= ≥ >= ≈ × * · ⋅ ÷ ∪ ∩ → -> => ⇒ ⟶ ∈"))
_REACTIONS = frozenset(words("→ -> ⟶ ⇌"))
_ARROWS = frozenset(words("→ -> => * ⟶ ⇒"))
_COMPOUND = re.compile(r"(?=.*[^\W\d_]{2})[^\W\d_]+(?:[-'][^\W\d_]+)+")
_LONGEST_PRODUCT = 3
"""Letters that may be multiplied on a side of a stroke: "nRT/P"."""
_LONGEST_BARS = 9
"""How many tokens further a bar may close: "|a - b|"."""
_PAUSES = frozenset(["—", "--"])
_DASHES = frozenset(words("- – — −"))


@lru_cache(maxsize=1000)
def is_compound(core: str) -> bool:
    """Whether hyphens join words, single letters among them: "a-t-il".

    Every hyphen of a token asks; the answer is kept.
    """
    return _COMPOUND.fullmatch(core) is not None


def sign(text: str, around: Around) -> str:
    """Words for a sign; empty for one that is not said."""
    before, after, language = around.before, around.after, around.language
    tokens, place, formulas = around.tokens, around.place, language.formulas
    if text in _PAUSES and _is_pause(before, after):
        return INNER_PAUSE
    if text in _DASHES:
        return _dash(text, around)
    if text in _SUMS and after is None and not is_operand(word_after(tokens, place)[:1]):
        return formulas.signs[text].rsplit(" ", 1)[0]
    if text in ("/", "|", "#"):
        return _stroke(text, around)
    if text == "!" and before is not None and after is not None:
        return formulas.factorial
    if text in ("'", "′", "″") and before and after and before.kind != "sign":
        name = formulas.signs["″"] if text == "″" else formulas.prime
        return f"{name} {formulas.applied if after.text == '(' else ''}".strip()
    if text == ">" and place == 0 and after is None and not word_after(tokens, 0)[:1].isdigit():
        # The mark of a quotation.
        return ""
    if text in _NEEDS_BOTH_SIDES and before is None and (after or place == 0):
        return formulas.alone.get(text, "" if text in _ARROWS else formulas.signs.get(text, ""))
    if text in formulas.signs:
        reaction = text in _REACTIONS and _parts_substances(tokens, place)
        return (formulas.reaction if reaction else "") or formulas.signs[text]
    if text in language.numerals.halves:
        return language.numerals.halves[text][0]
    if text.isalnum():
        return letter(text, language)
    return ""


def _stroke(text: str, around: Around) -> str:
    """A stroke, a bar or a hash."""
    before, after, formulas = around.before, around.after, around.language.formulas
    if text == "/":
        divides = _divides(around) and not joins_words(around.core, around.language)
        return formulas.over if divides else ""
    if text == "|":
        following = around.tokens[around.place + 1 : around.place + _LONGEST_BARS]
        closed = any(token.core.endswith("|") for token in following)
        opens = before is None and after is not None and closed
        return formulas.absolute if opens else formulas.given if before and after else ""
    sharp = before and before.text in ("C", "F", "A", "G", "D", "Do", "Re", "Fa", "Sol", "La")
    if sharp:
        return formulas.sharp
    return formulas.signs["#"] if after and after.kind == "word" else ""


def _is_pause(before: Piece | None, after: Piece | None) -> bool:
    """Whether a dash parts words rather than the ends of a range."""
    if before is None or after is None:
        return False
    sides = (before.kind, after.kind)
    return "word" in sides and "sign" not in sides


def _parts_substances(tokens: Sequence[Token], place: int) -> bool:
    """Whether a chemical formula stands beside an arrow."""
    beside = tokens[max(place - 1, 0) : place + 2]
    return any(is_substance(token.core.lstrip("0123456789")) for token in beside)


def _dash(text: str, around: Around) -> str:
    """A minus, "to" between numbers, or nothing: the pause between words."""
    before, after = around.before, around.after
    minus = around.language.formulas.signs["−"]
    if text == "−":
        return minus
    if before is None:
        return minus if after is not None and (after.kind == "number" or text == "-") else ""
    if after is None or is_compound(around.core):
        return ""
    if text == "-":
        return minus if _is_minus(before, after, around) else ""
    ends = before.text + after.text
    ranged = ends.isdecimal() or (len(ends) == 2 and ends.isupper())
    return around.language.numerals.to if ranged and text == "–" else ""


def _is_minus(before: Piece, after: Piece, around: Around) -> bool:
    """A hyphen between a small variable or a bracket and a number or another variable."""
    left = before.text in ("(", ")") or before.kind in ("super", "sub")
    left = left or (before.kind == "word" and len(before.text) == 1 and before.text.islower())
    left = left or (before.kind == "number" and in_formula(around.tokens, around.place))
    right = after.kind == "number" or (len(after.text) == 1 and after.text not in "'")
    return left and right


def _divides(around: Around) -> bool:
    """Whether a stroke stands between numbers or variables rather than words: "y/o"."""
    before, after, tokens, place = around.before, around.after, around.tokens, around.place
    if before is None and after is None:
        return between_operands(tokens, place)
    if before is None or after is None:
        other = before or after
        return other is not None and (in_formula(tokens, place) or other.text == ")")
    if before.text.isupper() and after.text.isupper():
        return in_formula(tokens, place)
    if in_formula(tokens, place) and max(len(before.text), len(after.text)) <= _LONGEST_PRODUCT:
        return True
    return _is_short(before) and _is_short(after)


def _is_short(part: Piece) -> bool:
    short = len(part.text) == 1 or part.text in ("dx", "dt", "dy")
    return short or part.kind in ("number", "super", "sub")
