"""Pauses within a phrase: a comma that a voice runs over is given its moment of silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common.loudness import faded, silence
from app.engines.speech.common.symbols import CLAUSE_MARKS
from app.engines.speech.common.timing import Sound, moved

if TYPE_CHECKING:
    from app.ports.sound import Samples

_WINDOW = 0.01
"""Seconds over which loudness is taken."""
_FADE = 0.015
"""Seconds in which sound goes and comes again beside a pause that was put in."""
_AROUND = 0.04
"""Seconds beside the gap in which its quietest moment is looked for: durations are this exact."""


def with_pauses(
    samples: Samples, rate: int, heard: Sequence[Sound], marked: frozenset[int], least: float
) -> tuple[Samples, list[Sound]]:
    """The sound with at least some silence behind every word that a clause ends with.

    It is put in at the quietest moment between the two words, so that nothing is cut off.

    Args:
        samples: Mono, shape ``(n_samples,)``.
        rate: Hertz.
        heard: The sounds of the phrase, in time order.
        marked: Numbers of the words that a clause ends with.
        least: Seconds of silence behind each of them.

    Returns:
        Sound, and the times of what is heard in it.
    """
    parts: list[Samples] = []
    times: list[Sound] = []
    done = first = 0
    added = 0.0
    for place, missing in _short_gaps(heard, marked, least):
        before, after = heard[place], heard[place + 1]
        cut = _quietest(samples, rate, before.end - _AROUND, after.start + _AROUND)
        pause = silence(missing, rate)
        parts += [faded(samples[done:cut], rate, seconds=_FADE, begins=done > 0), pause]
        times += moved(heard[first : place + 1], added)
        times[-1] = replace(times[-1], end=min(times[-1].end, cut / rate + added))
        done, first = cut, place + 1
        added += pause.size / rate
    parts.append(faded(samples[done:], rate, seconds=_FADE, begins=done > 0, ends=False))
    times += moved(heard[first:], added)
    return np.concatenate(parts), times


def clause_ends(symbols: str, words: Sequence[int]) -> frozenset[int]:
    """Numbers of the words whose last symbol ends a clause.

    >>> sorted(clause_ends("a, b c", (0, 0, -1, 1, -1, 2)))
    [0]
    """
    last = dict(zip(words, symbols, strict=True))
    return frozenset(word for word, symbol in last.items() if symbol in CLAUSE_MARKS)


def _short_gaps(
    heard: Sequence[Sound], marked: frozenset[int], least: float
) -> Iterator[tuple[int, float]]:
    """Where a pause is too short, and how many seconds it lacks."""
    for place, (before, after) in enumerate(pairwise(heard)):
        lacks = least - max(0.0, after.start - before.end)
        if before.word != after.word and before.word in marked and lacks > _WINDOW:
            yield place, lacks


def _quietest(samples: Samples, rate: int, start: float, end: float) -> int:
    """The sample in the middle of the quietest stretch between two times."""
    window = round(_WINDOW * rate)
    first = max(0, round(start * rate))
    power = np.square(samples[first : round(end * rate) + window], dtype=np.float64)
    if power.size < 2 * window:
        return min(samples.size, first + power.size // 2)
    energy = np.convolve(power, np.ones(window), "valid")
    return first + int(energy.argmin()) + window // 2
