"""Durations of a phrase's symbols to its mouth shapes and word times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.engines.speech.common.symbols import AFTER_MARKS, SHAPES, STRESS_MARKS
from app.phonetics import Viseme, spread
from app.ports.speech import WordSpan

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
    word: int
    """Number of its word in the fragment, from 0."""
    start: float
    end: float


def sounds(symbols: str, words: Sequence[int], durations: Sequence[float]) -> list[Sound]:
    """When the sounds of a phrase are heard.

    A stress mark's time goes to the sound after it, that of a length mark to
    the sound before it; a gap too short to be seen is shared by its neighbours.

    Args:
        symbols: What the model was given.
        words: Number of the word of each symbol.
        durations: Seconds of the start pad, of each symbol and of the end pad.

    Returns:
        In time order; seconds from the start of the model's sound.
    """
    result: list[Sound] = []
    time = max(0.0, durations[0] - HEARD_EARLIER)
    start: float | None = None
    for symbol, word, duration in zip(symbols, words, durations[1:-1], strict=True):
        begun, time = time, time + duration
        if symbol in STRESS_MARKS:
            start = begun
        elif symbol in AFTER_MARKS and result:
            result[-1] = replace(result[-1], end=time)
            start = None
        elif symbol in SHAPES:
            result.append(Sound(symbol, word, begun if start is None else start, time))
            start = None
    return _without_short_gaps(result)


def moved(spoken: Iterable[Sound], seconds: float) -> list[Sound]:
    """The same sounds, later by some seconds."""
    return [
        replace(sound, start=sound.start + seconds, end=sound.end + seconds) for sound in spoken
    ]


def mouth_shapes(spoken: Iterable[Sound]) -> tuple[Viseme, ...]:
    """Mouth shapes in time order; in the gaps between them nobody speaks."""
    return tuple(
        shape for sound in spoken for shape in spread(SHAPES[sound.symbol], sound.start, sound.end)
    )


def word_spans(spoken: Iterable[Sound]) -> tuple[WordSpan, ...]:
    """The words that have sounds, from the first of them to the last."""
    spans: dict[int, WordSpan] = {}
    for sound in spoken:
        known = spans.get(sound.word)
        start, end = (known.start, known.end) if known else (sound.start, sound.end)
        spans[sound.word] = WordSpan(sound.word, min(start, sound.start), max(end, sound.end))
    return tuple(spans.values())


def _without_short_gaps(spoken: Sequence[Sound]) -> list[Sound]:
    result = list(spoken)
    for index, (before, after) in enumerate(pairwise(spoken)):
        if 0.0 < after.start - before.end <= SHORTEST_REST:
            middle = (before.end + after.start) / 2
            result[index] = replace(result[index], end=middle)
            result[index + 1] = replace(result[index + 1], start=middle)
    return result
