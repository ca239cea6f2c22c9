"""Pieces of a text that a dash without spaces parts: their parts, and what is said for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.text.tokens import INNER_PAUSE, Token, Verbalized, token_of


def cut(text: str, places: Sequence[int]) -> list[Token]:
    """The tokens that a piece becomes where it is cut.

    >>> [part.core for part in cut("old—which", [4])]
    ['old', 'which']

    Args:
        text: The piece.
        places: In order, before which characters.
    """
    ends = zip([0, *places], [*places, None], strict=True)
    return [token_of(text[first:last]) for first, last in ends]


def joined(groups: Iterable[Sequence[Token]], said: Sequence[Verbalized]) -> list[Verbalized]:
    """What is said for each piece, from what is said for its parts; a pause where a dash was.

    Args:
        groups: The parts of each piece; most pieces have one.
        said: For all of the parts, in order.
    """
    result: list[Verbalized] = []
    first = 0
    for group in groups:
        spoken = said[first : first + len(group)]
        first += len(group)
        result.append(spoken[0] if len(spoken) == 1 else _together(spoken))
    return result


def _together(spoken: Sequence[Verbalized]) -> Verbalized:
    words: list[str] = []
    for part in spoken:
        words += [INNER_PAUSE, *part.words] if words and part.words else part.words
    written = "".join(part.written for part in spoken)
    return Verbalized(written, tuple(words), spoken[0].opening, spoken[-1].closing)
