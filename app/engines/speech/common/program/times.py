"""When the words of a sentence are heard, for a program that does not tell.

Pauses in the sound are matched with the clause marks of the text; between them, words share the
time by their letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common.loudness import LEAD_SECONDS, TRAIL_SECONDS
from app.engines.speech.common.program.written import WrittenWord
from app.ports.speech import WordSpan

if TYPE_CHECKING:
    from app.ports.sound import Samples

_STEP_SECONDS = 0.01
_QUIET_BELOW_PEAK = 40.0
_SHORTEST_PAUSE = 0.12
"""Seconds; the closure of a stop consonant is shorter."""

_UNMATCHED = 0.7
"""Seconds of doubt above which a pause belongs to no mark."""


def spans(parts: Sequence[WrittenWord], samples: Samples, rate: int) -> list[WordSpan]:
    """Times of the words that are spoken, in order, without gaps but for the pauses.

    Args:
        parts: Of the sentence.
        samples: Its sound, trimmed.
        rate: Hertz.
    """
    spoken = [part for part in parts if part.weight]
    total = samples.size / rate
    start = min(LEAD_SECONDS, total / 4)
    stop = total - min(TRAIL_SECONDS, total / 4)
    pauses = [(begun, ended) for begun, ended in _pauses(samples, rate) if start < begun < stop]
    speech = stop - start - sum(ended - begun for begun, ended in pauses)
    weights = [0.0, *accumulate(part.weight for part in spoken)]
    expected = [start + weight / weights[-1] * speech for weight in weights]
    marks = [number for number in _marks(parts) if 0 < number < len(spoken)]
    heard = _heard_before(pauses)
    matched = dict(_matched([expected[number] for number in marks], heard))
    anchors = [(0, 0.0, start)]
    anchors += [(marks[mark], *pauses[pause]) for mark, pause in sorted(matched.items())]
    anchors.append((len(spoken), stop, stop))
    return list(_shared(spoken, anchors))


def _marks(parts: Sequence[WrittenWord]) -> Iterator[int]:
    """Numbers of the spoken words before which a pause may be heard."""
    number = 0
    for part in parts:
        number += part.weight > 0
        if part.breaks:
            yield number


def _pauses(samples: Samples, rate: int) -> list[tuple[float, float]]:
    """Start and end of each silence inside the sound."""
    step = round(_STEP_SECONDS * rate)
    blocks = np.pad(samples, (0, -samples.size % step)).reshape(-1, step)
    levels = np.sqrt(np.mean(np.square(blocks, dtype=np.float64), axis=1))
    quiet = levels < levels.max(initial=0.0) * 10 ** (-_QUIET_BELOW_PEAK / 20)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    starts, ends = edges[::2] * _STEP_SECONDS, edges[1::2] * _STEP_SECONDS
    return [
        (float(start), float(end))
        for start, end in zip(starts, ends, strict=True)
        if end - start >= _SHORTEST_PAUSE
    ]


def _heard_before(pauses: Sequence[tuple[float, float]]) -> list[float]:
    """Seconds of speech before each pause."""
    silent = [0.0, *accumulate(end - start for start, end in pauses)]
    return [start - before for (start, _), before in zip(pauses, silent, strict=False)]


def _matched(expected: Sequence[float], heard: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Pairs of mark and pause, in order, nearest in sum; some of both may stay alone."""
    rows, columns = len(expected), len(heard)
    cost = np.zeros((rows + 1, columns + 1))
    cost[1:, 0] = np.arange(1, rows + 1) * _UNMATCHED / 2
    cost[0, 1:] = np.arange(1, columns + 1) * _UNMATCHED / 2
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            cost[row, column] = min(
                cost[row - 1, column - 1] + abs(expected[row - 1] - heard[column - 1]),
                cost[row - 1, column] + _UNMATCHED / 2,
                cost[row, column - 1] + _UNMATCHED / 2,
            )
    row, column = rows, columns
    while row and column:
        if cost[row, column] == cost[row - 1, column] + _UNMATCHED / 2:
            row -= 1
        elif cost[row, column] == cost[row, column - 1] + _UNMATCHED / 2:
            column -= 1
        else:
            row, column = row - 1, column - 1
            yield row, column


def _shared(
    spoken: Sequence[WrittenWord], anchors: Sequence[tuple[int, float, float]]
) -> Iterator[WordSpan]:
    """Words between two anchors share the time between them."""
    for (first, _, begun), (last, ended, _) in pairwise(anchors):
        group = spoken[first:last]
        total = sum(part.weight for part in group)
        time = begun
        for part in group:
            start, time = time, time + (ended - begun) * part.weight / total
            yield WordSpan(part.word, start, min(time, ended))
