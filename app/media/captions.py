"""Words with times in, captions that can be read in comfort out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.media.togetherness import stay_together
from app.ports.media import SpokenSlide
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
_APART = 200.0
"""Cost of words apart that stay together: other costs never add up to it."""

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
    stays: bool = False
    """Whether it stays on the line of the piece before."""
    ends: bool = False
    """Whether a paragraph ends with it."""


def captions(slides: Iterable[SpokenSlide]) -> tuple[Cue, ...]:
    """Group the words of a lecture into cues.

    A cue is of one slide, has at most two lines of 42 columns and stays 6 s at most.  Among all
    ways to cut the text the cheapest is taken: numbers stay with their units and initials with
    their names; cues end at ends of sentences rather than at commas, and at commas rather than
    elsewhere; they are of even length, and long enough to be read.  Cues never overlap; where
    they do not touch, at least 0.08 s lie between.

    Args:
        slides: In order, their words in time order.  Words without text are left out.

    Returns:
        Every word exactly once, in order.  A word wider than a line is cut.
    """
    groups = [(group, slide.end) for slide in slides for group in _groups(slide)]
    starts = [group[0].start for group, _ in groups]
    return tuple(
        Cue(start, _end(group, following, latest), _lines(group))
        for (group, latest), start, following in zip(
            groups, starts, [*starts[1:], float("inf")], strict=False
        )
    )


def _groups(slide: SpokenSlide) -> list[Sequence[_Piece]]:
    ends = [
        number in slide.paragraph_ends
        for number, word in enumerate(slide.words, start=1)
        if word.text.strip()
    ]
    pieces = [
        piece
        for word, last in zip(_in_order(slide), ends, strict=True)
        for piece in _pieces(word, last=last)
    ]
    return _cheapest_cut(_bound(pieces))


def _in_order(slide: SpokenSlide) -> list[Word]:
    """The words with times inside of the slide, each after the one before."""
    texts = [(" ".join(word.text.split()), word) for word in slide.words]
    spoken = [(text, word) for text, word in texts if text]
    parts = [len(_cuts(text)) for text, _ in spoken]
    step = min(_STEP, (slide.end - slide.start) / (sum(parts) + 1))
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


def _bound(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces, each told whether it stays with the one before."""
    bound, first = list(pieces[:1]), True
    for before, piece in pairwise(pieces):
        together = not before.ends and stay_together(before.text, piece.text, first=first)
        stays = bool(piece.joins) and together
        bound.append(replace(piece, stays=stays))
        first = _ends_sentence(before, bound[-1])
    return bound


def _pieces(word: Word, *, last: bool) -> list[_Piece]:
    """The word, or its parts.

    Args:
        last: Whether a paragraph ends with it.
    """
    cuts = _cuts(word.text)
    step = (word.end - word.start) / len(word.text)
    return [
        _Piece(
            text=word.text[begin:end],
            start=word.start + step * begin,
            end=word.start + step * end,
            width=_columns(word.text[begin:end]),
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
    if silence > _PAUSE and not group[-1].stays:
        return False
    if group[-1].end - group[0].start > LONGEST:
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
    if any(piece.stays for piece in group) and _width(group) > LINE_WIDTH:
        cost += _APART * group[_middle(group)].stays
    cost += sum(
        6.0 if piece.ends else 1.5
        for piece, after in pairwise(group)
        if _ends_sentence(piece, after)
    )
    shown = (following.start if following else group[-1].end + _LINGER) - group[0].start
    cost += 3.0 * max(0.0, 1.0 - shown)
    return cost


def _end_cost(piece: _Piece, following: _Piece | None) -> float:
    if following is None:
        return 0.0
    if following.stays:
        return _APART
    if _ends_sentence(piece, following):
        return 0.0
    if not following.joins:
        return 9.0
    return 1.0 if _CLAUSE_END.search(piece.text) else 3.0


def _ends_sentence(piece: _Piece, following: _Piece) -> bool:
    """Whether a sentence ends here; a small letter after the point means an abbreviation."""
    if piece.ends:
        return True
    if following.stays or not _SENTENCE_END.search(piece.text):
        return False
    if _ABBREVIATED.search(piece.text):
        return False
    return bool(following.joins) and not following.text[0].islower()


def _lines(group: Sequence[_Piece]) -> tuple[str, ...]:
    return (_text(group),) if _width(group) <= LINE_WIDTH else _two_lines(group)


def _two_lines(group: Sequence[_Piece]) -> tuple[str, str]:
    middle = _middle(group)
    return _text(group[:middle]), _text(group[middle:])


def _middle(group: Sequence[_Piece]) -> int:
    """Where the second line begins: the most even split, punctuation preferred."""
    whole, width, best = _width(group), group[0].width, (float("inf"), 1)
    for middle in range(1, len(group)):
        piece = group[middle]
        widths = (width, whole - width - len(piece.joins))
        too_wide = 10 * _APART * (max(widths) > LINE_WIDTH)
        uneven = abs(widths[0] - widths[1]) + 3 * _end_cost(group[middle - 1], piece)
        best = min(best, (too_wide + uneven, middle))
        width += len(piece.joins) + piece.width
    return best[1]


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


def _end(group: Sequence[_Piece], following: float, latest: float) -> float:
    """When a cue goes: it stays as long as reading takes, if the next one lets it.

    Args:
        following: Start of the next cue.
        latest: End of its slide.
    """
    start, spoken = group[0].start, min(group[-1].end, group[0].start + LONGEST)
    to_read = start + _length(group) / READING_SPEED
    wanted = min(max(spoken + _LINGER, to_read), start + LONGEST, latest)
    if wanted <= following - GAP:
        return wanted
    if spoken > following - GAP and following - start <= LONGEST and latest >= following:
        return following
    # Too short for a gap: then rather a small one than a word that is not shown.
    return following - GAP if following - GAP > start + _STEP else min(wanted, following)
