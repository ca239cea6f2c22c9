"""Words with times in, captions that can be read in comfort out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ports.speech import Word

LINE_WIDTH = 42
"""Columns per line (Netflix, Timed Text Style Guide); a wide character takes two."""
LONGEST = 6.0
"""Seconds that one cue stays."""
READING_SPEED = 20.0
"""Characters per second that an adult reads in comfort; speech faster than that is still shown."""
GAP = 0.08
"""Two frames between cues, so that the change is seen."""
_LINGER = 0.5
"""Seconds that a cue stays after its last word when nothing follows."""
_PAUSE = 1.0
"""Seconds of silence that always end a cue."""
_STEP = 0.002
"""Least distance of two starts: survives rounding to the formats' milliseconds."""

_OPENERS = "\"'“‘«(\\["
_CLOSERS = "\"'”’»)\\]"
_SENTENCE_END = re.compile(rf"[.!?…。！？][{_CLOSERS}]*$")
_ABBREVIATED = re.compile(
    rf"^[{_OPENERS}]*(?:\w|Dr|Mr|Mrs|Ms|Prof|St|Fig|No|vs|г|ул|им|проф|акад|рис|табл)\.$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(rf"[,;:–—、，；：][{_CLOSERS}]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: when it is shown, and its one or two lines."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or a part of one that is wider than a line."""

    text: str
    start: float
    end: float
    width: int
    """Columns."""
    joins: str
    """What stands between the piece before and this one: a space or nothing."""


def captions(words: Sequence[Word]) -> tuple[Cue, ...]:
    """Group the words of a lecture into cues.

    A cue has at most two lines of 42 columns and stays 6 s at most.  Among all ways to
    cut the text the cheapest is taken: cues end at ends of sentences rather than at
    commas, and at commas rather than elsewhere; they are of even length, and long enough
    to be read.  Cues never overlap; where they do not touch, at least 0.08 s lie between.

    Args:
        words: In time order.  Words without text are left out.

    Returns:
        Every word exactly once, in order.  A word wider than a line is cut.
    """
    pieces = [piece for word in _in_order(words) for piece in _pieces(word)]
    groups = _cheapest_cut(pieces)
    starts = [group[0].start for group in groups]
    return tuple(
        Cue(start, _end(group, following), _lines(group))
        for group, start, following in zip(
            groups, starts, [*starts[1:], float("inf")], strict=False
        )
    )


def _in_order(words: Iterable[Word]) -> Iterable[Word]:
    earliest = 0.0
    for word in words:
        text = " ".join(word.text.split())
        if not text:
            continue
        start = max(word.start, earliest)
        earliest = start + _STEP
        yield Word(text, start, max(word.end, start))


def _pieces(word: Word) -> list[_Piece]:
    cuts = _cuts(word.text)
    step = max(word.end - word.start, _STEP * len(cuts)) / len(word.text)
    return [
        _Piece(
            text=word.text[begin:end],
            start=word.start + step * begin,
            end=word.start + step * end,
            width=_columns(word.text[begin:end]),
            joins="" if begin else " ",
        )
        for begin, end in pairwise([*cuts, len(word.text)])
    ]


def _cuts(text: str) -> list[int]:
    """Where the parts of a word begin, each no wider than a line."""
    cuts = [0]
    width = 0
    for position, character in enumerate(text):
        width += _columns(character)
        if width > LINE_WIDTH:
            cuts.append(position)
            width = _columns(character)
    return cuts


def _cheapest_cut(pieces: Sequence[_Piece]) -> list[Sequence[_Piece]]:
    """Cut pieces into cues at the least total cost, by dynamic programming."""
    best = [0.0] + [float("inf")] * len(pieces)
    cut_before = [0] * (len(pieces) + 1)
    for begin in range(len(pieces)):
        for end in range(begin + 1, len(pieces) + 1):
            group = pieces[begin:end]
            if end > begin + 1 and not _fits(group):
                break
            cost = best[begin] + _cost(group, pieces[end] if end < len(pieces) else None)
            if cost < best[end]:
                best[end], cut_before[end] = cost, begin
    groups = []
    end = len(pieces)
    while end:
        groups.append(pieces[cut_before[end] : end])
        end = cut_before[end]
    return groups[::-1]


def _fits(group: Sequence[_Piece]) -> bool:
    silence = group[-1].start - group[-2].end
    if silence > _PAUSE or group[-1].end - group[0].start > LONGEST:
        return False
    lines, width = 1, group[0].width
    for piece in group[1:]:
        width += len(piece.joins) + piece.width
        if width > LINE_WIDTH:
            lines, width = lines + 1, piece.width
    return lines <= 2


def _cost(group: Sequence[_Piece], following: _Piece | None) -> float:
    """How bad a cue is; the weights were set by reading the captions of real lectures."""
    cost = 1.0 + 2.0 * (1.0 - _width(group) / (2 * LINE_WIDTH)) ** 2
    cost += _end_cost(group[-1], following)
    cost += sum(1.5 for piece, after in pairwise(group) if _ends_sentence(piece, after))
    shown = (following.start if following else group[-1].end + _LINGER) - group[0].start
    cost += 3.0 * max(0.0, 1.0 - shown)
    return cost


def _end_cost(piece: _Piece, following: _Piece | None) -> float:
    if following is None or _ends_sentence(piece, following):
        return 0.0
    if not following.joins:
        return 9.0
    return 1.0 if _CLAUSE_END.search(piece.text) else 3.0


def _ends_sentence(piece: _Piece, following: _Piece) -> bool:
    """Whether a sentence ends here; a small letter after the point means an abbreviation."""
    if not _SENTENCE_END.search(piece.text) or _ABBREVIATED.search(piece.text):
        return False
    return bool(following.joins) and not following.text[0].islower()


def _lines(group: Sequence[_Piece]) -> tuple[str, ...]:
    return (_text(group),) if _width(group) <= LINE_WIDTH else _two_lines(group)


def _two_lines(group: Sequence[_Piece]) -> tuple[str, str]:
    """The most even split into two lines, punctuation preferred."""

    def unevenness(middle: int) -> float:
        first, second = group[:middle], group[middle:]
        widths = (_width(first), _width(second))
        too_wide = 1000 * (max(widths) > LINE_WIDTH)
        return too_wide + abs(widths[0] - widths[1]) + 3 * _end_cost(first[-1], second[0])

    middle = min(range(1, len(group)), key=unevenness)
    return _text(group[:middle]), _text(group[middle:])


def _text(group: Sequence[_Piece]) -> str:
    return group[0].text + "".join(piece.joins + piece.text for piece in group[1:])


def _length(group: Sequence[_Piece]) -> int:
    return sum(len(piece.joins) + len(piece.text) for piece in group) - len(group[0].joins)


def _width(group: Sequence[_Piece]) -> int:
    return sum(len(piece.joins) + piece.width for piece in group) - len(group[0].joins)


def _columns(text: str) -> int:
    """Columns: two for a wide character, none for a combining mark."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1
        for c in text
    )


def _end(group: Sequence[_Piece], following: float) -> float:
    """When a cue goes: it stays as long as reading takes, if the next one lets it."""
    start, spoken = group[0].start, min(group[-1].end, group[0].start + LONGEST)
    to_read = start + _length(group) / READING_SPEED
    wanted = min(max(spoken + _LINGER, to_read), start + LONGEST)
    if wanted <= following - GAP:
        return wanted
    touching = spoken > following - GAP and following - start <= LONGEST
    return following if touching else following - GAP
