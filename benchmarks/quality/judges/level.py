"""How loud a sound is, and whether it clips.

Units: LUFS of the file as it is, mono (ITU-R BS.1770-5, integrated, gated); dBTP, the peak of
the wave reconstructed at four times the rate.  A sound under 0.4 s has no LUFS; its RMS stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.ports.speech import Speech

WANTED = -16.0
"""LUFS of every fragment and of the whole lecture."""
_SHORTEST = 0.4
_SILENCE = -120.0


@dataclass(frozen=True, slots=True)
class Level:
    """Of one fragment, or of all in a row."""

    loudness: float
    true_peak: float


def judge_level(speech: Speech) -> Level:
    """Measure one sound."""
    # Heavy to import, which the tests of other parts would wait for.
    from scipy.signal import resample_poly

    samples = speech.samples.astype(np.float64)
    peaks = np.abs(resample_poly(samples, 4, 1)) if samples.size else np.zeros(1)
    return Level(_loudness(samples, speech.rate), _decibels(float(peaks.max())))


def in_a_row(fragments: Sequence[Speech]) -> Speech:
    """All fragments as one sound; they must have one rate."""
    first = fragments[0]
    return Speech(np.concatenate([each.samples for each in fragments]), first.rate, first.voice)


def _loudness(samples: npt.NDArray[np.float64], rate: int) -> float:
    if samples.size < _SHORTEST * rate:
        return _decibels(float(np.sqrt(np.mean(samples**2))) if samples.size else 0.0)
    import pyloudnorm

    return max(float(pyloudnorm.Meter(rate).integrated_loudness(samples)), _SILENCE)


def _decibels(amplitude: float) -> float:
    return max(20 * float(np.log10(max(amplitude, 1e-9))), _SILENCE)
