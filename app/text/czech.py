"""Czech ordinals in words; whatever else stands in a text stays."""

from __future__ import annotations

import re

from app.text.tables import words
from app.text.tokens import Verbalized

_NAMES = words(
    """
    nultý první druhý třetí čtvrtý pátý šestý sedmý osmý devátý desátý jedenáctý dvanáctý
    třináctý čtrnáctý patnáctý šestnáctý sedmnáctý osmnáctý devatenáctý dvacátý
    """
)
_ORDINAL = re.compile(r"\b(\d{1,2})\.$")
_STOPPED = re.compile(r"(\d)\.$")
_WORD = re.compile(r"\w")


def in_words(text: str) -> list[Verbalized]:
    """Pieces of a text with ordinals up to 31, as in dates, in words.

    A number before the end of the text or before a mark is no ordinal; its full stop goes.

    >>> [piece.spoken for piece in in_words("23. května 1999.")]
    ['dvacátý třetí', 'května', '1999']
    """
    pieces = text.split()
    return [
        Verbalized(piece, tuple(_spoken(piece, after).split()))
        for piece, after in zip(pieces, [*pieces, ""][1:], strict=True)
    ]


def _spoken(piece: str, after: str) -> str:
    numbered = _ORDINAL.sub(_ordinal, piece) if _WORD.match(after) else piece
    return _STOPPED.sub(r"\1", numbered)


def _ordinal(found: re.Match[str]) -> str:
    value = int(found[1])
    if value < len(_NAMES):
        return _NAMES[value]
    if value > 31:
        return found[0]
    tens = "dvacátý" if value < 30 else "třicátý"
    return f"{tens} {_NAMES[value % 10]}" if value % 10 else tens
