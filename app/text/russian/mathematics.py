"""Where a Russian text is mathematics: operands, signs around them, minus and factorial."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.numerals import Case
from app.text.tokens import Token

_OPERAND = re.compile(
    r"""
    [+−-]?√?\d+(?:[.,]\d+)*(?:[a-zA-Z]{0,3}|[α-ω])
    |√?[A-Za-zΑ-ω]{1,2}(?:_\w+)?
    |(?=.*[Α-ω∆])[A-Za-zΑ-ω∆]{2,5}
    |[A-Za-z]!?|.*[²³⁰¹⁴-⁹ⁿ₀-₉∞()√^].*
    """,
    re.VERBOSE,
)
_BEGINS_AS_OPERAND = re.compile(r"[A-Za-zα-ω√](?:[/^*·=+(]|[²³ⁿ₀-₉])")
_SIGNS = frozenset("=+−×÷·<>≤≥≠≈≡∝±→∞∈∉∪∩⊂⊆^√∑∫∂∥⊥∠")
CASE_OF_NOUGHT: dict[str, Case] = {
    **dict.fromkeys(("=", "==", "≠", "!=", "≡", "→", "≥", ">=", "≤", "<="), "dative"),
    **dict.fromkeys((">", "<", "≫", "≪"), "genitive"),
}
"""Case of nought, of the empty set and of infinity behind a sign: "равно нулю", "больше нуля"."""
_CLOSES = re.compile(r"[)\]}|'!]*")
_OPENS = re.compile(r"[(\[{|]*[-−–]?")
_REACH = 2
"""Tokens beside one that tell whether it belongs to a formula."""


def is_operand(core: str) -> bool:
    """Whether a token can stand beside a minus: a number, a variable, a power."""
    bare = core.strip("|‖")
    return bool(bare) and _OPERAND.fullmatch(bare) is not None


def between_operands(tokens: Sequence[Token], place: int) -> bool:
    """Whether what stands on both sides can be added and divided."""
    if not 0 < place < len(tokens) - 1:
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    if not (_CLOSES.fullmatch(before.closing) and _OPENS.fullmatch(after.opening)):
        return False
    return is_operand(before.core) and is_operand(after.core)


def is_signed(core: str) -> bool:
    """Whether a sign of mathematics is in a token."""
    return not _SIGNS.isdisjoint(core)


def beside(tokens: Sequence[Token], place: int, reach: int = 1) -> list[Token]:
    """The tokens before and behind one, so many on either side."""
    return [*tokens[max(0, place - reach) : place], *tokens[place + 1 : place + 1 + reach]]


def beside_a_sign(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign of mathematics stands directly before or behind a token."""
    return any(set(token.core) <= _SIGNS for token in beside(tokens, place) if token.core)


def in_formula(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token, or one near it, has a sign of mathematics."""
    near = tokens[max(0, place - _REACH) : place + _REACH + 1]
    return any(is_signed(token.core) for token in near)


def opens_a_bar(tokens: Sequence[Token], place: int) -> bool:
    """Whether the bar that a token begins with is closed further on, "|x - 1|"."""
    return any(token.core.endswith("|") for token in tokens[place + 1 : place + 6])


def has_minus_before(token: Token) -> bool:
    """Whether a hyphen before a variable is its sign, "(-b": numbers have theirs in the core."""
    if token.opening[-1:] not in ("-", "–"):
        return False
    return is_operand(token.core) or _BEGINS_AS_OPERAND.match(token.core) is not None


def is_factorial(tokens: Sequence[Token], place: int) -> bool:
    """Whether the mark behind a short operand is a factorial rather than a call."""
    token = tokens[place]
    if token.closing[:1] != "!" or not (is_operand(token.core) or "!/" in token.core):
        return False
    last = place + 1 == len(tokens) or tokens[place + 1].text[:1].isupper()
    mathematical = "!" in token.core or any(is_signed(token.core) for token in tokens)
    return (len(token.core) <= 3 and (not last or len(tokens) == 1)) or (
        mathematical and len(token.core) <= 6
    )
