"""Pauses that are longer than a listener needs, made shorter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from app.ports.sound import Samples

_RAMP_SECONDS = 0.005
_KEPT_SECONDS = 0.02
"""At both ends of a pause: the last sound dies away there, the next one begins."""

_QUIET_BELOW_PEAK = 30.0
"""Decibels; where it is louder, something is heard, and nothing is cut."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch taken out of a sound, in seconds of the sound before."""

    start: float
    seconds: float


def shorten(
    samples: Samples, rate: int, pauses: Sequence[tuple[float, float]], *, seconds: float
) -> tuple[Samples, list[Cut]]:
    """The sound with its pauses no longer than ``seconds``, and what was taken out.

    The quietest stretch of a pause goes; the sound is led to silence before it and out of silence
    after it, over 5 ms each.

    Args:
        samples: Sound of a sentence.
        rate: Hertz.
        pauses: Start and end of each, in order.
        seconds: What is left of a pause; at least 0.05.
    """
    limit = float(np.abs(samples).max(initial=0.0)) * 10 ** (-_QUIET_BELOW_PEAK / 20)
    cuts: list[tuple[int, int]] = []
    for start, end in pauses:
        size = round((end - start - seconds) * rate)
        if size <= 0:
            continue
        begun = _quietest(samples, size, round(start * rate), round(end * rate), rate)
        if np.abs(samples[begun : begun + size]).max() <= limit:
            cuts.append((begun, begun + size))
    taken = [Cut(begun / rate, (ended - begun) / rate) for begun, ended in cuts]
    return _without(samples, cuts, round(_RAMP_SECONDS * rate)), taken


def earlier(time: float, cuts: Sequence[Cut]) -> float:
    """When that which was heard at ``time`` is heard after the cuts."""
    return time - sum(min(max(0.0, time - cut.start), cut.seconds) for cut in cuts)


def _quietest(samples: Samples, size: int, start: int, end: int, rate: int) -> int:
    """Where the ``size`` samples with the least energy begin, away from both ends."""
    kept = round(_KEPT_SECONDS * rate)
    inside = samples[start + kept : end - kept].astype(np.float64)
    energy = np.concatenate([[0.0], np.cumsum(np.square(inside))])
    return start + kept + int(np.argmin(energy[size:] - energy[:-size]))


def _without(samples: Samples, cuts: Sequence[tuple[int, int]], ramp: int) -> Samples:
    rising = np.linspace(0.0, 1.0, ramp, dtype=np.float32)
    led = samples.copy()
    for begun, ended in cuts:
        led[begun - ramp : begun] *= rising[::-1]
        led[ended : ended + ramp] *= rising
    edges = [0, *(edge for cut in cuts for edge in cut), samples.size]
    kept: Samples = np.concatenate(
        [led[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    )
    return kept
