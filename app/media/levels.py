"""How loud speech is made, and how its peaks are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.ports.sound import Samples

LOUDNESS = -16.0
"""LUFS of every fragment, the usual level of spoken podcasts."""

TRUE_PEAK = -1.0
"""dBFS that no reconstructed wave exceeds, so that AAC does not clip."""

MOST_GAIN = 40.0
MOST_LIMITED = 14.0
"""Decibels by which peaks may be turned down; what needs more stays quieter than the others."""

LIMITER_SECONDS = 0.012
"""Window of the limiter: longer than a period of most voices, so that the gain follows syllables
and not the wave."""

_LIMITER_MARGIN = 0.1


def limited(samples: Samples, peaks: npt.NDArray[np.float64], gain: float, window: int) -> Samples:
    """Raise the sound by ``gain`` decibels, and smoothly less around places over the true peak.

    The reduction is the most that any place within half the window needs, averaged over as
    long, hence enough at the peak itself and begun before it.

    Args:
        samples: Any level.
        peaks: As :func:`peaks_of` gives them.
        gain: Decibels.
        window: Samples, an odd number.
    """
    from scipy.ndimage import convolve1d, minimum_filter1d

    factor = 10 ** (gain / 20)
    limit = 10 ** ((TRUE_PEAK - _LIMITER_MARGIN) / 20)
    needed = limit / np.maximum(peaks * factor, limit)
    smooth = np.hanning(window + 2)[1:-1]
    reduction = convolve1d(minimum_filter1d(needed, window), smooth / smooth.sum(), mode="nearest")
    held: Samples = (samples * (factor * reduction)).astype(np.float32)
    return held


def peaks_of(samples: Samples) -> npt.NDArray[np.float64]:
    """Highest level of the reconstructed wave around each sample."""
    from scipy.signal import resample_poly

    fourfold = resample_poly(samples.astype(np.float64), 4, 1)
    peaks: npt.NDArray[np.float64] = np.abs(fourfold).reshape(-1, 4).max(axis=1)
    return peaks
