"""What the rules of English ask about the neighbours of a token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.text.tables import words
from app.text.tokens import Token, Verbalized

MATHEMATICAL = frozenset("=+−×÷·<>≤≥≠≈≡∝±→⇒∞∈∉∪∩⊂⊆*^")
"""Signs that only stand in formulas; next to them "a" is a variable, "-" a minus."""
_LETTER = r"[A-Za-zΑ-ω∆∂∇](?:['′]|[²³⁰¹⁴-⁹ⁿ₀-₉]|[_^]\w+)*"
_FACTOR = re.compile(
    rf"""
    [+−-]?(?:\d+(?:[.,]\d+)*)?[½¼¾⅓⅔⅛]?(?:{_LETTER})?!?
    |\d+(?:[.,]\d+)*[a-z]{{2,3}}                         # 4ac
    |(?=.*[Α-ω∆∂])(?=.*[A-Za-z])(?:\d*{_LETTER}){{2,4}}  # TΔS
    |.*[²³⁰¹⁴-⁹ⁿ₀-₉∞].*
    """,
    re.VERBOSE,
)
"""A number, a variable, a power, or a product of such."""
_JOINT = re.compile(r"[-+−*/·×÷^|=(),\[\]√∑∏∫]+")
_APPLIED = re.compile(r"[A-Za-zΑ-ω]{1,4}(?=\()")
_CLOSES = ")]}'′!|‖"
_OPENS = "([{|‖+-−"
_CLAUSE_ENDS = frozenset(",;:.?!—")
_REACH = 8
"""Tokens within which an equals sign makes words an equation."""

_NOT_NOUNS = frozenset(
    words(
        """
        of in on at to from by for with and or but is was are were has had have as than that this
        which who if when while because so it its away long tall wide thick deep high old later ago
        before after then each only apart between per into over under thus plus minus times above
        below out up down i he she we they you will would can could may must should
        """
    )
)


def word_before(tokens: Sequence[Token], place: int) -> str:
    """Lower-case core of the token before, if nothing parts them."""
    if place == 0 or tokens[place - 1].closing:
        return ""
    return tokens[place - 1].core.lower()


def word_after(tokens: Sequence[Token], place: int) -> str:
    """Core of the token after, if nothing parts them."""
    if place + 1 >= len(tokens) or tokens[place].closing or tokens[place + 1].opening:
        return ""
    return tokens[place + 1].core


def core_after(tokens: Sequence[Token], place: int) -> str:
    """Core of the token after, whatever stands between."""
    return tokens[place + 1].core if place + 1 < len(tokens) else ""


def is_noun(word: str) -> bool:
    """Whether a word may be what a number counts or what a measure describes."""
    return word.isalpha() and word.islower() and word not in _NOT_NOUNS


def describes(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a measure is an attribute, "a 5 kg mass", whose unit has no plural."""
    return word_before(tokens, first) in ("a", "an") and is_noun(word_after(tokens, last))


def in_formula(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign of mathematics stands beside the token or within it, brackets apart."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    near = (
        before.core[-1:] if before and not before.closing.strip(_CLOSES) else "",
        after.core[:1] if after and not tokens[place].closing.strip(_CLOSES) else "",
        tokens[place].core,
    )
    return any(map(_is_mathematical, near))


@lru_cache(maxsize=256)
def _is_mathematical(core: str) -> bool:
    """Asked once for each sign of a token, which may have thousands."""
    return not MATHEMATICAL.isdisjoint(core)


def in_equation(tokens: Sequence[Token], place: int) -> bool:
    """Whether an equals sign stands before the token in the same clause: "profit = income - cost".

    A hyphen that stands alone there is a minus, even between words.
    """
    for token in reversed(tokens[max(0, place - _REACH) : place]):
        if not _CLAUSE_ENDS.isdisjoint(token.closing):
            return False
        if "=" in token.core:
            return True
    return False


def is_operand(core: str) -> bool:
    """Whether a token can stand beside a minus: a number, a variable, a power, an expression.

    >>> [is_operand(core) for core in ("2x", "n", "10⁻³", "4ac", "TΔS", "f(x", "a/b")]
    [True, True, True, True, True, True, True]
    >>> [is_operand(core) for core in ("word", "and/or", "x-axis", "")]
    [False, False, False, False]
    """
    if not core:
        return False
    parts = [part for part in _JOINT.split(_APPLIED.sub("", core)) if part]
    return all(map(_FACTOR.fullmatch, parts)) and any(map(str.isalnum, core))


def follows_operand(tokens: Sequence[Token], place: int) -> bool:
    """Whether an operand stands before the token, closed brackets included: "(a + b) - c"."""
    if place == 0:
        return False
    before = tokens[place - 1]
    if not before.core:
        return bool(before.opening) and not before.opening.strip(")]}")
    return not before.closing.strip(_CLOSES) and is_operand(before.core)


def precedes_operand(tokens: Sequence[Token], place: int) -> bool:
    """Whether an operand stands behind the token, opened brackets included: "a - (b + c)"."""
    if place + 1 >= len(tokens) or tokens[place].closing.strip(_CLOSES):
        return False
    after = tokens[place + 1]
    if not after.core:
        return bool(after.opening) and not after.opening.strip("([{")
    return not after.opening.strip(_OPENS) and is_operand(after.core)


def said(token: Token, spoken: Sequence[str], *, abbreviated: bool = False) -> Verbalized:
    """A token as these words; the full stop that only marks an abbreviation is left out."""
    closing = token.closing
    if abbreviated and closing.startswith(".") and not closing.startswith(".."):
        closing = closing[1:]
    return token.said(spoken, closing=closing)


def is_last(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token ends its sentence."""
    return place + 1 == len(tokens)
