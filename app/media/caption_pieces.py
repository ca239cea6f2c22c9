"""The words of a slide as captions see them: what stays together, and where sentences end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.media.togetherness import stay_together
from app.ports.media import SpokenSlide
from app.ports.speech import Word

LINE_WIDTH = 42
"""Columns per line (Netflix, Timed Text Style Guide); a wide character takes two."""
STEP = 0.002
"""Seconds; least distance of two starts: survives rounding to the formats' milliseconds."""

_OPENERS = "\"'“‘«(\\["
CLOSERS = "\"'”’»)\\]"
"""Quotes and brackets behind a mark, for a class of a pattern."""
_SENTENCE_END = re.compile(rf"[.!?…。！？][{CLOSERS}]*$")
_ABBREVIATED = re.compile(
    rf"^[{_OPENERS}]*(?:\w|Dr|Mr|Mrs|Ms|Prof|St|Fig|No|vs|г|ул|им|проф|акад|рис|табл)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a part of one that is wider than a line."""

    text: str
    start: float
    end: float
    width: int
    """Columns."""
    joins: str
    """What stands between the piece before and this one: a space or nothing."""
    stays: bool = False
    """Whether it stays on the line of the piece before."""
    ends: bool = False
    """Whether a paragraph ends with it."""
    ends_sentence: bool = False
    """Whether a sentence ends with it; not asked of the last one of a slide."""


def pieces_of(slide: SpokenSlide) -> list[Piece]:
    """The words of a slide in order, those too wide for a line in parts.

    Args:
        slide: Words without text are left out; times beyond the slide are moved into it.
    """
    ends = [
        number in slide.paragraph_ends
        for number, word in enumerate(slide.words, start=1)
        if word.text.strip()
    ]
    return _bound(
        [
            piece
            for word, last in zip(_in_order(slide), ends, strict=True)
            for piece in _pieces(word, last=last)
        ]
    )


def _in_order(slide: SpokenSlide) -> list[Word]:
    """The words with times inside of the slide, each after the one before."""
    texts = [(" ".join(word.text.split()), word) for word in slide.words]
    spoken = [(text, word) for text, word in texts if text]
    parts = [len(_cuts(text)) for text, _ in spoken]
    step = min(STEP, (slide.end - slide.start) / (sum(parts) + 1))
    starts, earliest = [], slide.start
    for (_, word), count in zip(spoken, parts, strict=True):
        starts.append(max(word.start, earliest))
        earliest = starts[-1] + step * count
    latest = slide.end
    for place in reversed(range(len(starts))):
        starts[place] = min(starts[place], latest - step * parts[place])
        latest = starts[place]
    nexts = [*starts, slide.end][1:]
    return [
        Word(text, start, max(start + step * count, min(word.end, following)))
        for (text, word), start, following, count in zip(spoken, starts, nexts, parts, strict=True)
    ]


def _bound(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, each told whether it stays with the one before and whether it ends a sentence."""
    bound, first = list(pieces[:1]), True
    for before, piece in pairwise(pieces):
        together = not before.ends and stay_together(before.text, piece.text, first=first)
        bound.append(replace(piece, stays=bool(piece.joins) and together))
        first = _ends_sentence(before, bound[-1])
        bound[-2] = replace(bound[-2], ends_sentence=first)
    return bound


def _ends_sentence(piece: Piece, following: Piece) -> bool:
    """Whether a sentence ends here; a small letter after the point means an abbreviation."""
    if piece.ends:
        return True
    if following.stays or not _SENTENCE_END.search(piece.text):
        return False
    if _ABBREVIATED.search(piece.text):
        return False
    return bool(following.joins) and not following.text[0].islower()


def _pieces(word: Word, *, last: bool) -> list[Piece]:
    """The word, or its parts.

    Args:
        last: Whether a paragraph ends with it.
    """
    cuts = _cuts(word.text)
    step = (word.end - word.start) / len(word.text)
    return [
        Piece(
            text=word.text[begin:end],
            start=word.start + step * begin,
            end=word.start + step * end,
            width=columns(word.text[begin:end]),
            joins="" if begin else " ",
            ends=last and end == len(word.text),
        )
        for begin, end in pairwise([*cuts, len(word.text)])
    ]


def _cuts(text: str) -> list[int]:
    """Where the parts of a word begin, each no wider than a line."""
    cuts = [0]
    width = 0
    for position, character in enumerate(text):
        width += columns(character)
        if width > LINE_WIDTH:
            cuts.append(position)
            width = columns(character)
    return cuts


def columns(text: str) -> int:
    """Columns: two for a wide character, none for a combining mark."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1
        for c in text
    )
