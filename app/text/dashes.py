"""Pieces of a text that a dash without spaces parts: what is said for their parts together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.text.tokens import INNER_PAUSE, Token, Verbalized


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
