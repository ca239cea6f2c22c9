"""Trimming, joining and levelling of synthesized sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.media.levels import (
    LIMITER_SECONDS,
    LOUDNESS,
    MOST_GAIN,
    MOST_LIMITED,
    limited,
    peaks_of,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.ports.sound import Samples

_SILENCE_BELOW_PEAK = 50.0
_STEP_SECONDS = 0.01
LEAD_SECONDS = 0.03
TRAIL_SECONDS = 0.05
"""Silence that trimming leaves before the first and after the last sound."""

_FADE_SECONDS = 0.005
_SHORTEST_PHONEME = 0.05

_WHOLE_SECONDS = 0.32
"""A WAV of the service is padded to a multiple of it, see :mod:`app.media.audio`."""

_CLOSE_ENOUGH = 0.05
_ROUNDS = 8
_NEARLY = 0.5
_LIMITER_WINDOWS = (LIMITER_SECONDS, 0.004)
"""A lone short vowel may need the second to be loud enough."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A phrase without the silence around it."""

    samples: Samples
    """Faded in and out over 5 ms."""
    cut: float
    """Seconds taken from its start."""
    end: float
    """Seconds, before cutting, at which the last phoneme has died away."""


def trim(samples: Samples, rate: int, *, first: float, last: float) -> Trimmed:
    """Cut the silence a model puts around its speech, the same way every time.

    Silence is what is 50 dB below the peak.  The first phoneme, and 50 ms of the
    last one, are kept whatever their level: weak consonants begin and end words.

    Args:
        samples: Sound of one phrase.
        rate: Hertz.
        first: Seconds at which the first phoneme starts.
        last: Seconds at which the last phoneme starts.
    """
    step = round(_STEP_SECONDS * rate)
    blocks = np.pad(samples, (0, -samples.size % step)).reshape(-1, step)
    peaks = np.abs(blocks).max(axis=1)
    loud = np.flatnonzero(peaks > peaks.max() * 10 ** (-_SILENCE_BELOW_PEAK / 20))
    end = last + _SHORTEST_PHONEME
    if loud.size:
        first = min(first, float(loud[0]) * _STEP_SECONDS)
        end = max(end, float(loud[-1] + 1) * _STEP_SECONDS)
    start = max(0, round((first - LEAD_SECONDS) * rate))
    stop = min(samples.size, round((end + TRAIL_SECONDS) * rate))
    return Trimmed(
        faded(samples[start:stop], rate, seconds=_FADE_SECONDS), start / rate, min(end, stop / rate)
    )


def level(samples: Samples, rate: int) -> Samples:
    """Bring speech to -16 LUFS; its few highest peaks are held under -1 dBFS.

    The loudness is that of the WAV which the service will write, silence at its end
    included, so that short fragments come out as loud as long ones.  Sound without
    anything but sharp peaks stays below it.  Silence stays silence.
    """
    loudness = _loudness(samples, rate)
    if not np.isfinite(loudness):
        return samples
    gain = min(LOUDNESS - loudness, MOST_GAIN)
    peaks = peaks_of(samples)
    for seconds in _LIMITER_WINDOWS:
        levelled, missing = _raised(samples, peaks, gain, rate, seconds)
        if missing < _NEARLY:
            break
    return levelled


def true_peak(samples: Samples) -> float:
    """Peak of the reconstructed wave in dBFS, by fourfold oversampling (ITU-R BS.1770-5)."""
    with np.errstate(divide="ignore"):
        return float(20 * np.log10(peaks_of(samples).max(initial=0.0)))


def silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)


def faded(
    samples: Samples, rate: int, *, seconds: float, begins: bool = True, ends: bool = True
) -> Samples:
    """A copy that comes and goes softly.

    Args:
        samples: Any level.
        rate: Hertz.
        seconds: Of each ramp; half of a sound that is shorter than two.
        begins: Whether it comes softly.
        ends: Whether it goes softly.
    """
    length = min(round(seconds * rate), samples.size // 2)
    ramp = np.linspace(0.0, 1.0, length, dtype=np.float32)
    result = samples.astype(np.float32, copy=True)
    if begins:
        result[:length] *= ramp
    if ends:
        result[result.size - length :] *= ramp[::-1]
    return result


def _raised(
    samples: Samples, peaks: npt.NDArray[np.float64], gain: float, rate: int, seconds: float
) -> tuple[Samples, float]:
    """The sound raised until it is loud enough though its peaks are held, and what is missing.

    Args:
        samples: Any level.
        peaks: Of the reconstructed wave around each sample.
        gain: Decibels that would do if no peak had to be held.
        rate: Hertz.
        seconds: Length of the limiter's window.
    """
    most = gain + MOST_LIMITED
    for _ in range(_ROUNDS):
        levelled = limited(samples, peaks, gain, round(seconds * rate) | 1)
        missing = LOUDNESS - _loudness(levelled, rate)
        if missing < _CLOSE_ENOUGH or gain >= most:
            break
        gain = min(gain + missing, most)
    return levelled, missing


def _loudness(samples: Samples, rate: int) -> float:
    """LUFS of the WAV that is written of it; minus infinity for silence.

    Measured at full scale: a faint sound is not taken for the silence that the measure leaves out.
    """
    import pyloudnorm

    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        return -np.inf
    whole = round(_WHOLE_SECONDS * rate)
    padded = np.pad(samples, (0, max(-samples.size % whole, 2 * whole - samples.size)))
    at_full_scale = pyloudnorm.Meter(rate).integrated_loudness(padded / peak)
    return float(at_full_scale + 20 * np.log10(peak))
