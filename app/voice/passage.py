"""The best passage of a recording: where it is, and how clearly somebody speaks in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.voice.activity import FLOOR_DB, FRAME_SECONDS

if TYPE_CHECKING:
    from app.voice.activity import Levels, Spoken

LONGEST = 30.0
"""Seconds of a recording that a passage is taken from; a voice is known by then."""

LEAST_SPEECH = 1.0
"""Seconds of speech that an engine can follow."""

LEAST_CLEARANCE = 1.5
"""Decibels; with less, what an engine would follow is the noise.  Speech that a recorder levels in
an echoing hall can come near it."""

AMPLE_SPEECH = 15.0
"""Seconds of speech, and decibels over the background: what is above is not better."""
AMPLE_CLEARANCE = 25.0

_BACKGROUND = 10
"""Percentile of the levels that tells the background: between words, or under them."""

_STEP_FRAMES = 31
_PAUSE_FRAMES = 31
"""A second; what lasts longer between two words is left out."""

_MARGIN_FRAMES = 6
"""Kept before the first sound and after the last, which may be too soft to be told."""

_SHORTEST_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in a recording somebody speaks; times are seconds of its decoded sound."""

    track: int
    """Which of the sound tracks, from 0."""
    channel: int
    """Which channel of that, from 0."""
    spans: tuple[tuple[float, float], ...]
    """Starts and ends in order of time, long pauses left out."""
    speech: float
    """Seconds in which a voice is heard."""
    level: float
    """dBFS, of the speech."""
    clearance: float
    """Decibels by which the speech is above what else is heard."""

    @property
    def end(self) -> float:
        """Of its last span."""
        return self.spans[-1][1]

    @property
    def is_usable(self) -> bool:
        """Whether an engine can follow it."""
        return self.speech >= LEAST_SPEECH and self.clearance >= LEAST_CLEARANCE

    @property
    def rank(self) -> tuple[bool, float]:
        """What makes it better than another: a clear word is worth less than a noisy talk."""
        return self.is_usable, self.score

    @property
    def score(self) -> float:
        """How good it is, from 0 to 1: twice the speech counts less than 10 dB."""
        enough = min(1.0, self.speech / AMPLE_SPEECH)
        clear = min(1.0, max(0.0, self.clearance) / AMPLE_CLEARANCE)
        return float(enough**0.5 * clear)


class Search:
    """Looks for the best passage of one channel while the recording goes by."""

    def __init__(self, track: int, channel: int) -> None:
        self._place = track, channel
        self._levels: Levels = np.zeros(0)
        self._spoken: Spoken = np.zeros(0, np.bool_)
        self._begins = 0
        self.best: Passage | None = None

    def hear(self, levels: Levels, spoken: Spoken) -> None:
        """The next frames; the earliest of equally good passages stays the best."""
        self._levels = np.concatenate([self._levels, levels])
        self._spoken = np.concatenate([self._spoken, spoken])
        width = min(round(LONGEST / FRAME_SECONDS), self._levels.size)
        last = self._levels.size - width
        for start in dict.fromkeys([*range(0, last, _STEP_FRAMES), last]):
            found = self._passage(start, start + width)
            if found and (self.best is None or found.rank > self.best.rank):
                self.best = found
        # The next windows may begin in these; whatever is before was looked at.
        self._levels, self._spoken = self._levels[last:], self._spoken[last:]
        self._begins += last

    def _passage(self, start: int, stop: int) -> Passage | None:
        levels, spoken = self._levels[start:stop], _lasting(self._spoken[start:stop])
        if not spoken.any():
            return None
        spans = _spans(spoken)
        within = np.concatenate([levels[first:stop] for first, stop in spans])
        level = _mean_level(levels[spoken])
        begins = self._begins + start
        track, channel = self._place
        return Passage(
            track=track,
            channel=channel,
            spans=tuple(
                ((begins + first) * FRAME_SECONDS, (begins + stop) * FRAME_SECONDS)
                for first, stop in spans
            ),
            speech=float(np.count_nonzero(spoken) * FRAME_SECONDS),
            level=level,
            clearance=level - float(np.percentile(within, _BACKGROUND)),
        )


def _lasting(spoken: Spoken) -> Spoken:
    """Without moments too short for a syllable."""
    kept = np.zeros_like(spoken)
    for first, stop in _runs(spoken):
        if stop - first >= _SHORTEST_FRAMES:
            kept[first:stop] = True
    return kept


def _runs(spoken: Spoken) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(spoken.astype(np.int8), prepend=0, append=0))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _spans(spoken: Spoken) -> list[tuple[int, int]]:
    """First frames and ends of speech with its margins, shorter pauses included."""
    spans: list[tuple[int, int]] = []
    for first, stop in _runs(spoken):
        begins = max(0, first - _MARGIN_FRAMES)
        ends = min(spoken.size, stop + _MARGIN_FRAMES)
        if spans and first - spans[-1][1] <= _PAUSE_FRAMES - _MARGIN_FRAMES:
            begins, _ = spans.pop()
        spans.append((begins, ends))
    return spans


def _mean_level(levels: Levels) -> float:
    return max(FLOOR_DB, float(10 * np.log10(np.mean(10 ** (levels / 10)))))
