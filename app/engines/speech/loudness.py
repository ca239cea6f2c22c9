"""Trimming, joining and levelling of synthesized sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.ports import Samples

LOUDNESS = -19.0
"""LUFS of a mono fragment: as loud as stereo at -16, the usual level of spoken podcasts."""

TRUE_PEAK = -1.0
"""dBFS that no reconstructed wave exceeds, so that AAC does not clip."""

_SILENCE_BELOW_PEAK = 50.0
_STEP_SECONDS = 0.01
_LEAD_SECONDS = 0.03
_TAIL_SECONDS = 0.05
_FADE_SECONDS = 0.005
_SHORTEST_FOR_LUFS = 0.4
_MOST_GAIN = 30.0
_LIMITER_SECONDS = 0.005
_LIMITER_MARGIN = 0.1
_SHORTEST_PHONEME = 0.05


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
    start = max(0, round((first - _LEAD_SECONDS) * rate))
    stop = min(samples.size, round((end + _TAIL_SECONDS) * rate))
    return Trimmed(_faded(samples[start:stop], rate), start / rate, min(end, stop / rate))


def level(samples: Samples, rate: int) -> Samples:
    """Bring speech to -19 LUFS; its few highest peaks are held under -1 dBFS.

    Speech under 0.4 s, too short for the measure of ITU-R BS.1770, is brought
    to the same RMS instead.  Silence stays silence.
    """
    loudness = _loudness(samples, rate)
    if not np.isfinite(loudness):
        return samples
    gain = min(LOUDNESS - loudness, _MOST_GAIN)
    return _limited((samples * 10 ** (gain / 20)).astype(np.float32), rate)


def true_peak(samples: Samples) -> float:
    """Peak of the reconstructed wave in dBFS, by fourfold oversampling (ITU-R BS.1770-5)."""
    with np.errstate(divide="ignore"):
        return float(20 * np.log10(_peaks(samples).max(initial=0.0)))


def silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)


def _limited(samples: Samples, rate: int) -> Samples:
    """Turn the sound down, smoothly, around each place that exceeds the true peak.

    The gain is the least that any place within 2.5 ms needs, averaged over as
    long, hence low enough at the peak itself.
    """
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    limit = 10 ** ((TRUE_PEAK - _LIMITER_MARGIN) / 20)
    needed = limit / np.maximum(_peaks(samples), limit)
    window = round(_LIMITER_SECONDS * rate) | 1
    gain = uniform_filter1d(minimum_filter1d(needed, window), window)
    limited: Samples = (samples * gain).astype(np.float32)
    return limited


def _peaks(samples: Samples) -> npt.NDArray[np.float64]:
    """Highest level of the reconstructed wave around each sample."""
    from scipy.signal import resample_poly

    fourfold = resample_poly(samples.astype(np.float64), 4, 1)
    peaks: npt.NDArray[np.float64] = np.abs(fourfold).reshape(-1, 4).max(axis=1)
    return peaks


def _faded(samples: Samples, rate: int) -> Samples:
    length = min(round(_FADE_SECONDS * rate), samples.size // 2)
    ramp = np.linspace(0.0, 1.0, length, dtype=np.float32)
    result = samples.astype(np.float32, copy=True)
    result[:length] *= ramp
    result[result.size - length :] *= ramp[::-1]
    return result


def _loudness(samples: Samples, rate: int) -> float:
    """LUFS, or dBFS RMS of a very short sound; minus infinity for silence."""
    if samples.size < _SHORTEST_FOR_LUFS * rate:
        with np.errstate(divide="ignore"):
            mean_square = np.mean(np.square(samples, dtype=np.float64)) if samples.size else 0.0
            return float(10 * np.log10(mean_square))
    import pyloudnorm

    return float(pyloudnorm.Meter(rate).integrated_loudness(samples))
