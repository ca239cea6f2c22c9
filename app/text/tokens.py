"""Tokens of a text: what is spoken of them, and the punctuation around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SPOKEN = "\\w\u0301%№§°$€£₽+−=<>×÷≈±&²³"
"""Characters that may begin or end what is spoken; the acute marks a stressed vowel."""
_EDGES = re.compile(rf"^([^{_SPOKEN}]*)(.*?)([^{_SPOKEN}]*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One whitespace-delimited piece of a text."""

    text: str
    """As it stands in the text."""
    opening: str
    """Punctuation before the core."""
    core: str
    """What is spoken; empty for a lone dash or bullet."""
    closing: str
    """Punctuation after the core."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A token written out as it is spoken."""

    words: tuple[str, ...]
    """Lower-case words, numbers and abbreviations expanded."""
    opening: str = ""
    closing: str = ""
    """Punctuation that stays; the full stop of an abbreviation does not."""


def tokenize(text: str) -> list[Token]:
    """Tokens in order; joined by spaces they are the text with its spaces made single.

    >>> [(t.opening, t.core, t.closing) for t in tokenize("«Да», — 5 %…")]
    [('«', 'Да', '»,'), ('—', '', ''), ('', '5', ''), ('', '%', '…')]
    """
    return [_token(piece) for piece in text.split()]


def shouted(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token stands among at least three words in capitals."""
    first = last = place
    while first and _in_capitals(tokens[first - 1]):
        first -= 1
    while last + 1 < len(tokens) and _in_capitals(tokens[last + 1]):
        last += 1
    return last - first >= 2


def _token(piece: str) -> Token:
    match = _EDGES.match(piece)
    assert match is not None  # every string matches
    opening, core, closing = match.groups()
    return Token(piece, opening, unicodedata.normalize("NFC", core), closing)


def _in_capitals(token: Token) -> bool:
    return len(token.core) > 1 and token.core.isalpha() and token.core.isupper()
