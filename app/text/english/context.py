"""What the rules of English ask about the neighbours of a token."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.tables import words
from app.text.tokens import Token, Verbalized

MATHEMATICAL = frozenset("=+−×÷·<>≤≥≠≈≡∝±→⇒∞∈∉∪∩⊂⊆*^")
"""Signs that only stand in formulas; next to them "a" is a variable, "-" a minus."""
_OPERAND = re.compile(
    r"[+−-]?(?:\d+(?:[.,]\d+)*)?(?:[A-Za-zΑ-ω](?:['′]|[²³⁰¹⁴-⁹ⁿ₀-₉]|[_^]\w+)*)?!?|.*[²³⁰¹⁴-⁹ⁿ₀-₉∞].*"
)
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


def is_noun(word: str) -> bool:
    """Whether a word may be what a number counts or what a measure describes."""
    return word.isalpha() and word.islower() and word not in _NOT_NOUNS


def describes(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a measure is an attribute, "a 5 kg mass", whose unit has no plural."""
    return word_before(tokens, first) in ("a", "an") and is_noun(word_after(tokens, last))


def in_formula(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign of mathematics stands beside the token or within it."""
    near = (word_before(tokens, place)[-1:], word_after(tokens, place)[:1], tokens[place].core)
    return any(not MATHEMATICAL.isdisjoint(core) for core in near)


def is_operand(core: str) -> bool:
    """Whether a token can stand beside a minus: a number, a variable, a power.

    >>> [is_operand(core) for core in ("2x", "n", "10⁻³", "word", "")]
    [True, True, True, False, False]
    """
    return bool(core) and _OPERAND.fullmatch(core) is not None


def said(token: Token, spoken: Sequence[str], *, abbreviated: bool = False) -> Verbalized:
    """A token as these words; the full stop that only marks an abbreviation is left out."""
    closing = token.closing
    if abbreviated and closing.startswith(".") and not closing.startswith(".."):
        closing = closing[1:]
    return token.said(spoken, closing=closing)


def is_last(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token ends its sentence."""
    return place + 1 == len(tokens)
