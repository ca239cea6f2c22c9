"""English words for a sign within a token: a hyphen may be a minus, a stroke a division."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import (
    follows_operand,
    in_equation,
    in_formula,
    is_operand,
    precedes_operand,
    word_after,
)
from app.text.english.letters import named
from app.text.english.ranges import joined_by_dash
from app.text.english.signs import HALVES, NEEDS_BOTH_SIDES, SIGNS, SIGNS_ALONE
from app.text.pieces import Piece
from app.text.tables import words
from app.text.tokens import Token

_SUMS = frozenset("∑∏∫∮√")
_UNARY_BEHIND = frozenset(words("( [ { | = == != < > ≤ ≥ ≈ + * / ^ , × · → √ ± ∓ ⇒"))
"""Signs behind which a hyphen is the sign of a number or a variable."""
_OPENERS = frozenset("([{|√∑∫")
_DIFFERENTIAL = re.compile(r"d[A-Za-z]|∂")
_VECTOR_PRODUCTS = {"×": "cross", "·": "dot", "⋅": "dot"}
_WIDEST = 6
"""Tokens from one bar of an absolute value to the other."""
_GREEK = re.compile(r"[Α-ωϑϕ∂∆]")
_INDEXED = re.compile(r"[²³⁰¹⁴-⁹ⁿ₀-₉_^]")


def sign(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    """Words for a sign; empty when it is not said.

    Args:
        text: It.
        before: What stands before it in the same token.
        after: What stands behind it there.
        tokens: Of the sentence.
        place: Of its token.
    """
    if text in _DECIDED:
        return _DECIDED[text](before, after, tokens, place)
    if text in HALVES:
        return HALVES[text].split()
    if text == "||" and tokens[place].core[0] == "|":
        return _double_bar(before, tokens, place)
    following = word_after(tokens, place).lower()
    if text in _SUMS and after is None and following in ("of", "from", "over", ""):
        return SIGNS[text].split()[:-1]
    if text in ("'", "′", "″") and before and after:
        prime = ["double", "prime"] if text == "″" else ["prime"]
        return [*prime, *(["of"] if after.text == "(" else [])]
    if text == "~" and _is_distribution(tokens, place):
        return ["is", "distributed", "as"]
    if text in _VECTOR_PRODUCTS and _behind_nabla(before, tokens, place):
        return [_VECTOR_PRODUCTS[text]]
    if text in NEEDS_BOTH_SIDES and before is None and (after or place == 0):
        return SIGNS_ALONE.get(text, "" if text in ("→", "->", "=>", "*") else SIGNS[text]).split()
    if text in SIGNS:
        return SIGNS[text].split()
    if text.isalnum():
        return named(text)
    silent = text in ")[]{}<>,.;:?\"'`«»“”„‘’‹›_\\…*" or not text.isprintable()
    return [] if silent or ord(text[0]) < 0x2000 else named(text)


def _is_distribution(tokens: Sequence[Token], place: int) -> bool:
    """Whether a tilde stands between a variable and a law, "X ~ N(0, 1)"."""
    variable = place > 0 and re.fullmatch("[A-Z]", tokens[place - 1].core)
    return bool(variable) and re.match(r"[A-Z][a-z]*\(", word_after(tokens, place)) is not None


def _behind_nabla(before: Piece | None, tokens: Sequence[Token], place: int) -> bool:
    return before.text == "∇" if before else place > 0 and tokens[place - 1].core == "∇"


def _hyphen(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    indexed = _INDEXED.search(tokens[place].core) is not None
    formula = indexed or in_formula(tokens, place)
    return ["minus"] if _is_minus(before, after, formula=formula) else []


def _dollar(
    _before: Piece | None, after: Piece | None, _tokens: Sequence[Token], _place: int
) -> list[str]:
    return ["dollar"] if after is not None and after.kind == "word" else SIGNS["$"].split()


def _stroke(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    return ["over"] if _divides(before, after, tokens, place) else []


def _exclamation(
    before: Piece | None, after: Piece | None, _tokens: Sequence[Token], _place: int
) -> list[str]:
    return ["factorial"] if _counts_orders(before, after) else []


def _bracket(
    before: Piece | None, _after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    return ["times"] if _multiplies(before, tokens[place]) else []


def _bar(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    """A bar of a condition, P(A|B), or the first of two around a difference, |x − y|."""
    if before and after:
        return ["given"]
    later = [token.core for token in tokens[place + 1 : place + _WIDEST]]
    closed = any(core.endswith("|") and is_operand(core.rstrip("|")) for core in later)
    operand = is_operand(tokens[place].core.lstrip("|"))
    return ["the", "absolute", "value", "of"] if after and closed and operand else []


def _double_bar(before: Piece | None, tokens: Sequence[Token], place: int) -> list[str]:
    """Two bars of a norm, ||v||, or of two absolute values, |a||b|."""
    core = tokens[place].core
    if not core.startswith("||"):
        return ["times", "the", "absolute", "value", "of"] if before else []
    closed = any("||" in token.core for token in tokens[place + 1 : place + _WIDEST])
    opens = before is None and (closed or core.count("||") > 1)
    return ["the", "norm", "of"] if opens else []


def _is_minus(before: Piece | None, after: Piece | None, *, formula: bool) -> bool:
    """A hyphen before a number, a variable or a bracket, behind another one or an open bracket."""
    if after is None:
        return False
    number = after.kind == "number"
    right = number or after.text in _OPENERS or _is_variable(after)
    if before is None:
        return number
    if before.text in _UNARY_BEHIND:
        return right
    if before.text in (")", "]", "!") or before.kind in ("super", "sub"):
        return right and (formula or after.kind != "word" or after.text.islower())
    if before.text in ("GMT", "UTC"):
        return number
    if before.kind == "number":
        return right and (formula or (not number and after.text.islower()))
    if before.kind != "word" or (after.text == "'" and not formula):
        return False
    if formula:
        return right and len(before.text) < 4
    greek = not before.text.isascii() and not after.text.isascii()
    return right and len(before.text) == 1 and before.text.islower() and not greek


def _is_variable(piece: Piece) -> bool:
    return piece.kind == "word" and (len(piece.text) == 1 or piece.text[0] in "ΔδΣ")


def _divides(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> bool:
    """Whether a stroke stands between numbers or variables rather than words: "and/or"."""
    if before is None and after is None:
        divided = follows_operand(tokens, place) and precedes_operand(tokens, place)
        return divided or in_equation(tokens, place)
    if before is None:
        return follows_operand(tokens, place) and _may_be_divided(after)
    if "/" in (before.text, after.text if after else ""):
        return False
    if after is None:
        return precedes_operand(tokens, place) and _may_be_divided(before)
    formula = in_formula(tokens, place) or _GREEK.search(tokens[place].core) is not None
    if before.text.isupper() and after.text.isupper() and not formula:
        return False
    short = formula and len(before.text) < 4 and len(after.text) < 4
    return short or (_may_be_divided(before) and _may_be_divided(after))


def _may_be_divided(piece: Piece | None) -> bool:
    if piece is None:
        return False
    mixed = len(piece.text) == 2 and piece.text[0].islower() and piece.text[1].isupper()
    single = len(piece.text) == 1 or piece.kind in ("number", "super", "sub")
    return single or mixed or _DIFFERENTIAL.fullmatch(piece.text) is not None


def _counts_orders(before: Piece | None, after: Piece | None) -> bool:
    """Whether an exclamation mark within a token is a factorial: "n!/k!"."""
    if before is None or after is None:
        return False
    operand = before.kind == "number" or before.text == ")" or len(before.text) == 1
    return operand and after.kind == "sign" and after.text in "/*·×+-−=()^,<>≤≥ "


def _multiplies(before: Piece | None, token: Token) -> bool:
    """Whether a bracket is a factor, "2(x + 1)", rather than a label, "3(b)"."""
    if before is None or (before.text not in (")", "!") and before.kind != "number"):
        return False
    if before.kind == "number" and not re.search(
        rf"(?:^|[-+−*/=,^(·×<>]){re.escape(before.text)}\(", token.core
    ):
        return False
    behind = token.core.partition(before.text + "(")[2]
    inner = behind.partition(")")[0]
    closed = ")" in behind or ")" in token.closing
    return not closed or re.search(r"[-+−*/^·×]", inner) is not None


def _hash(
    before: Piece | None, after: Piece | None, _tokens: Sequence[Token], _place: int
) -> list[str]:
    if before and before.text in ("C", "F", "A", "G", "D", "c", "f"):
        return ["sharp"]
    return ["hash"] if after and after.kind == "word" else []


_DECIDED = {
    "-": _hyphen, "$": _dollar, "/": _stroke, "!": _exclamation, "(": _bracket,
    "–": joined_by_dash, "—": joined_by_dash, "|": _bar, "#": _hash,
}  # fmt: skip
"""Signs whose words depend on what stands around them."""
