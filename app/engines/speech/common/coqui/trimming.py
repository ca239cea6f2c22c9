"""Sound of a piece without what the model adds around the speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common import loudness

if TYPE_CHECKING:
    from app.engines.speech.common.loudness import Trimmed
    from app.ports.sound import Samples

_STEP_SECONDS = 0.01
_SPEECH_RANGE = 35.0
"""Decibels below the loud stretches down to which sound counts as speech."""

_LONE_SECONDS = 0.12
_LONELY_GAP = 0.25
"""A sound shorter than the first, further from the rest than the second, is a click or a breath;
XTTS ends phrases with such (idiap/coqui-ai-TTS issue 514)."""

_LAST_PHONEME = 0.05


def trim(samples: Samples, rate: int) -> Trimmed:
    """Cut silence, and lone short noises, off both ends of the sound of one piece."""
    first, last = _speech(samples, rate)
    stop = min(samples.size, round((last + _LONELY_GAP / 2) * rate))
    start = max(0, round((first - _LONELY_GAP / 2) * rate))
    within = samples[start:stop]
    return loudness.trim(
        within,
        rate,
        first=first - start / rate,
        last=max(0.0, last - start / rate - _LAST_PHONEME),
    )


def _speech(samples: Samples, rate: int) -> tuple[float, float]:
    """Seconds at which speech starts and ends; the whole length when there is none."""
    step = round(_STEP_SECONDS * rate)
    blocks = np.pad(samples, (0, -samples.size % step)).reshape(-1, step)
    levels = 10 * np.log10(np.mean(np.square(blocks, dtype=np.float64), axis=1) + 1e-12)
    loud = np.flatnonzero(levels > np.percentile(levels, 95) - _SPEECH_RANGE)
    if not loud.size:
        return 0.0, samples.size / rate
    runs = np.split(loud, np.flatnonzero(np.diff(loud) > _LONELY_GAP / _STEP_SECONDS) + 1)
    while len(runs) > 1 and runs[-1].size * _STEP_SECONDS < _LONE_SECONDS:
        runs.pop()
    while len(runs) > 1 and runs[0].size * _STEP_SECONDS < _LONE_SECONDS:
        runs.pop(0)
    return float(runs[0][0]) * _STEP_SECONDS, float(runs[-1][-1] + 1) * _STEP_SECONDS
