"""Dashes between Russian words without spaces: "идея—старая—вернулась" is read with pauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.addresses import address
from app.text.dashes import cut
from app.text.tokens import Token

_DASH = re.compile(r"[—―⸺]+|-{2,3}")
_TYPED = re.compile(r"-{2,3}")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W_]+)[\"'»”)\].,;:!?…%°]*$")
_WORD_AFTER = re.compile(r"[\"'«„“(\[]*(?P<word>[^\W_]+)")
_RUSSIAN = re.compile("[а-яё\u0301]+", re.IGNORECASE)
_FIGURE = re.compile(r"\d+|[IVXLCM]+")


def parted(tokens: Sequence[Token]) -> list[list[Token]]:
    """For each token the tokens that dashes make of it; the dash closes the one before it.

    >>> from app.text.tokens import tokenize
    >>> [[part.text for part in parts] for parts in parted(tokenize("идея—старая XIX—XX i--"))]
    [['идея—', 'старая'], ['XIX—XX'], ['i--']]
    """
    return [_parts(token) for token in tokens]


def _parts(token: Token) -> list[Token]:
    if not _DASH.search(token.text):
        return [token]
    cuts = [
        found.end()
        for found in _DASH.finditer(token.text)
        if _is_pause(token.text[: found.start()], token.text[found.end() :])
    ]
    if not cuts or address(token.core):
        return [_drawn(token)]
    return [_drawn(part) for part in cut(token.text, cuts)]


def _is_pause(before: str, after: str) -> bool:
    """Whether a dash between these parts parts words rather than the ends of a range."""
    last, first = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    if last is None or first is None:
        return False
    sides = (last["word"], first["word"])
    if any(map(_RUSSIAN.fullmatch, sides)):
        return not all(len(side) == 1 for side in sides)
    return not any(_FIGURE.fullmatch(side) or len(side) == 1 for side in sides)


def _drawn(token: Token) -> Token:
    """The token with typed dashes beside a Russian word drawn: "идея--" ends in "—"."""
    if not _RUSSIAN.fullmatch(token.core):
        return token
    opening, closing = (_TYPED.sub("—", mark) for mark in (token.opening, token.closing))
    return replace(token, opening=opening, closing=closing)
