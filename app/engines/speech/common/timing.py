"""Durations of symbols to mouth shapes and word times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.engines.speech.common.symbols import AFTER_MARKS, SHAPES, STRESS_MARKS
from app.phonetics import Viseme, spread
from app.ports.speech import Word

SHORTEST_REST = 0.06
"""Seconds; between two sounds a shorter gap does not bring the mouth to rest."""


HEARD_EARLIER = 0.06
"""Seconds by which a sound is heard before the time that the durations add up to.

The models learnt durations from an aligner that lags behind.  With this shift
vowels are 13-18 dB louder than stops for five voices and hibari alike, without
it 4 dB; pocketsphinx finds word starts 58-75 ms early (median) (2026-11-20).
"""


@dataclass(frozen=True, slots=True)
class Sound:
    """A spoken phoneme and when it is heard, in seconds."""

    symbol: str
    owner: int
    """Number of its word in the fragment."""
    start: float
    end: float


def sounds(symbols: str, owners: Sequence[int], durations: Sequence[float]) -> list[Sound]:
    """When the sounds of a phrase are heard.

    A stress mark's time goes to the sound after it, that of a length mark to
    the sound before it; a gap too short to be seen is shared by its neighbours.

    Args:
        symbols: What the model was given.
        owners: Number of the word of each symbol.
        durations: Seconds of the start pad, of each symbol and of the end pad.

    Returns:
        In time order; seconds from the start of the model's sound.
    """
    result: list[Sound] = []
    time = max(0.0, durations[0] - HEARD_EARLIER)
    start: float | None = None
    for symbol, owner, duration in zip(symbols, owners, durations[1:-1], strict=True):
        begun, time = time, time + duration
        if symbol in STRESS_MARKS:
            start = begun
        elif symbol in AFTER_MARKS and result:
            result[-1] = replace(result[-1], end=time)
            start = None
        elif symbol in SHAPES:
            result.append(Sound(symbol, owner, begun if start is None else start, time))
            start = None
    return _without_short_gaps(result)


def moved(spoken: Iterable[Sound], seconds: float) -> list[Sound]:
    """The same sounds, later by some seconds."""
    return [
        replace(sound, start=sound.start + seconds, end=sound.end + seconds) for sound in spoken
    ]


def visemes(spoken: Iterable[Sound], *, total: float) -> tuple[Viseme, ...]:
    """Mouth shapes without gaps from 0 to ``total`` seconds, at rest where nobody speaks."""
    shapes: list[Viseme] = []
    time = 0.0
    for sound in spoken:
        if sound.start > time:
            shapes.append(Viseme("sil", time, sound.start))
        shapes += spread(SHAPES[sound.symbol], sound.start, sound.end)
        time = sound.end
    if total > time:
        shapes.append(Viseme("sil", time, total))
    return tuple(shapes)


def word_times(words: Sequence[str], spoken: Iterable[Sound]) -> tuple[Word, ...]:
    """Every word with the time of its sounds.

    A word without any (a dash, a bullet) takes no time, at the end of the one
    before it.
    """
    spans: dict[int, tuple[float, float]] = {}
    for sound in spoken:
        start, end = spans.get(sound.owner, (sound.start, sound.end))
        spans[sound.owner] = (min(start, sound.start), max(end, sound.end))
    result: list[Word] = []
    time = 0.0
    for number, text in enumerate(words):
        start, end = spans.get(number, (time, time))
        result.append(Word(text, start, end))
        time = end
    return tuple(result)


def _without_short_gaps(spoken: Sequence[Sound]) -> list[Sound]:
    result = list(spoken)
    for index, (before, after) in enumerate(pairwise(spoken)):
        if 0.0 < after.start - before.end <= SHORTEST_REST:
            middle = (before.end + after.start) / 2
            result[index] = replace(result[index], end=middle)
            result[index + 1] = replace(result[index + 1], start=middle)
    return result
