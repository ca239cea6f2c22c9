"""Numbers whose groups of three digits are tokens of their own, "1 000 000 €"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.text.tokens import Token, Verbalized

_LEADING = re.compile(r"[−<>≈±$€£-]*(?:1:)?[1-9]\d{0,2}")
_GROUP = re.compile(r"\d{3}")
_LAST_GROUP = re.compile(r"\d{3}(?:,\d+)?[%‰€$£°]?[A-Za-z]?")
_NUMERIC = re.compile(r"[+(]?\d[\d,.-]*")


def joined(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which such a number is one; its text keeps the spaces, its core has none.

    >>> joined([Token("1", "", "1", ""), Token("000,", "", "000", ",")])
    [Token(text='1 000,', opening='', core='1000', closing=',')]
    """
    result: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _end(tokens, place)
        run = tokens[place:end]
        core = "".join(token.core for token in run)
        text = " ".join(token.text for token in run)
        result.append(Token(text, run[0].opening, core, run[-1].closing))
        place = end
    return result


def separated(pieces: Iterable[Verbalized]) -> list[Verbalized]:
    """Pieces of the text again: the first of a number has its words, the others are silent."""
    result: list[Verbalized] = []
    for piece in pieces:
        first, *rest = piece.written.split(" ")
        if not rest:
            result.append(piece)
            continue
        result.append(Verbalized(first, piece.words, piece.opening))
        result += [Verbalized(written, ()) for written in rest[:-1]]
        result.append(Verbalized(rest[-1], (), "", piece.closing))
    return result


def _end(tokens: Sequence[Token], place: int) -> int:
    """Behind the last token of the number that begins at a place; the next place if none does."""
    before = tokens[place - 1] if place else None
    lone = before is None or before.closing != "" or not _NUMERIC.fullmatch(before.core)
    if not lone or not _LEADING.fullmatch(tokens[place].core):
        return place + 1
    end = place + 1
    while end < len(tokens) and not tokens[end - 1].closing and not tokens[end].opening:
        if not _LAST_GROUP.fullmatch(tokens[end].core):
            break
        end += 1
        if not _GROUP.fullmatch(tokens[end - 1].core):
            return end
    follows = end < len(tokens) and not tokens[end - 1].closing
    if follows and _NUMERIC.fullmatch(tokens[end].core):
        # More figures behind it: a telephone number, or a list.
        return place + 1
    return end
