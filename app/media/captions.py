"""Words with times in, captions that can be read in comfort out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.media.caption_pieces import CLOSERS, LINE_WIDTH, STEP, Piece, pieces_of
from app.ports.media import SpokenSlide

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
_APART = 200.0
"""Cost of words apart that stay together: other costs never add up to it."""

_CLAUSE_END = re.compile(rf"[,;:–—、，；：][{CLOSERS}]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: when it is shown, and its one or two lines."""

    start: float
    end: float
    lines: tuple[str, ...]


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
    groups = [(group, slide.end) for slide in slides for group in _cheapest_cut(pieces_of(slide))]
    starts = [group[0].start for group, _ in groups]
    return tuple(
        Cue(start, _end(group, following, latest), _lines(group))
        for (group, latest), start, following in zip(
            groups, starts, [*starts[1:], float("inf")], strict=False
        )
    )


def _cheapest_cut(pieces: Sequence[Piece]) -> list[Sequence[Piece]]:
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


def _fits(group: Sequence[Piece]) -> bool:
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


def _cost(group: Sequence[Piece], following: Piece | None) -> float:
    """How bad a cue is; the weights were set by reading the captions of real lectures."""
    width = _width(group)
    cost = 1.0 + 2.0 * (1.0 - width / (2 * LINE_WIDTH)) ** 2
    cost += _end_cost(group[-1], following)
    if width > LINE_WIDTH and any(piece.stays for piece in group):
        cost += _APART * group[_middle(group)].stays
    cost += sum(6.0 if piece.ends else 1.5 for piece in group[:-1] if piece.ends_sentence)
    shown = (following.start if following else group[-1].end + _LINGER) - group[0].start
    cost += 3.0 * max(0.0, 1.0 - shown)
    return cost


def _end_cost(piece: Piece, following: Piece | None) -> float:
    if following is None:
        return 0.0
    if following.stays:
        return _APART
    if piece.ends_sentence:
        return 0.0
    if not following.joins:
        return 9.0
    return 1.0 if _CLAUSE_END.search(piece.text) else 3.0


def _lines(group: Sequence[Piece]) -> tuple[str, ...]:
    return (_text(group),) if _width(group) <= LINE_WIDTH else _two_lines(group)


def _two_lines(group: Sequence[Piece]) -> tuple[str, str]:
    middle = _middle(group)
    return _text(group[:middle]), _text(group[middle:])


def _middle(group: Sequence[Piece]) -> int:
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


def _text(group: Sequence[Piece]) -> str:
    return group[0].text + "".join(piece.joins + piece.text for piece in group[1:])


def _length(group: Sequence[Piece]) -> int:
    return sum(len(piece.joins) + len(piece.text) for piece in group) - len(group[0].joins)


def _width(group: Sequence[Piece]) -> int:
    return sum(len(piece.joins) + piece.width for piece in group) - len(group[0].joins)


def _end(group: Sequence[Piece], following: float, latest: float) -> float:
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
    return following - GAP if following - GAP > start + STEP else min(wanted, following)
