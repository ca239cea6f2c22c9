"""Where a long recording is cut: in pauses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from app.ports.face import FRAMES_PER_SECOND

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.voice.activity import Levels

SHORTEST = 20.0
LONGEST = 60.0
"""Seconds of a piece: what a fragment of text has, and a little more."""

_WANTED = 30.0
_LONG_PAUSE = 0.8
"""Seconds; a longer one is no better."""
_PAUSE_PER_SECOND = 0.005
"""Seconds that a pause must be longer to be taken a second further from the wanted place."""

_FLOOR, _VOICE = 5, 75
"""Percentiles of the levels that tell what is between words, and how loud words are."""
_QUIET = 0.3
"""Of the way from the one to the other; what is below belongs to a pause."""

_ROUNDED = 0.5
"""Decibels that make no difference."""


def cuts(levels: Levels) -> list[int]:
    """Frames before which to cut, in order; none when the sound is short.

    Pieces have 20 to 60 s, and the pause at each cut is the longest that is near.  Where there is
    none, in music, the quietest frame is taken.

    Args:
        levels: dBFS of each frame of the picture, 25 a second.
    """
    return list(_cuts(levels))


def _cuts(levels: Levels) -> Iterator[int]:
    shortest, longest = (round(each * FRAMES_PER_SECOND) for each in (SHORTEST, LONGEST))
    begun = 0
    while levels.size - begun > longest:
        first, last = begun + shortest, min(begun + longest, levels.size - shortest)
        begun = first + _best(levels[first:last])
        yield begun


def _best(levels: Levels) -> int:
    """The middle of the best pause."""
    rounded = np.round(levels / _ROUNDED)
    floor, voice = np.percentile(rounded, (_FLOOR, _VOICE))
    quiet = rounded <= floor + _QUIET * (voice - floor)
    starts, ends = _runs(quiet)
    middles = (starts + ends) // 2
    seconds = (ends - starts) / FRAMES_PER_SECOND
    away = np.abs(middles / FRAMES_PER_SECOND - (_WANTED - SHORTEST))
    worth = np.minimum(seconds, _LONG_PAUSE) - _PAUSE_PER_SECOND * away
    return int(middles[np.argmax(worth)])


def _runs(quiet: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """First frames of the quiet stretches, and those behind the last."""
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8), prepend=0, append=0))
    return edges[::2], edges[1::2]
