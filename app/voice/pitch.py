"""How high a voice is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from app.ports.sound import Samples

LOWEST, HIGHEST = 65.0, 400.0
"""Hertz between which adults speak."""

_FRAME_SECONDS = 0.04
_HOP_SECONDS = 0.02
_LEAST_PERIODICITY = 0.5
_NEARLY_BEST = 0.9
"""Of several periods that fit about equally well the shortest is the pitch."""


def median_pitch(samples: Samples, rate: int) -> float | None:
    """Median fundamental frequency of the voiced stretches, in hertz.

    By the peak of the autocorrelation of frames of 40 ms, divided by that of
    the window (Boersma, "Accurate short-term analysis of the fundamental
    frequency", 1993).  ``None`` when nothing is voiced.

    >>> time = np.arange(16000) / 16000
    >>> round(median_pitch(np.sign(np.sin(2 * np.pi * 125 * time)).astype(np.float32), 16000))
    125
    """
    size, hop = round(_FRAME_SECONDS * rate), round(_HOP_SECONDS * rate)
    if samples.size < size:
        return None
    window = np.hanning(size)
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop].astype(np.float64)
    energy = np.sqrt(np.mean(frames**2, axis=1))
    frames = frames[energy > 0.1 * energy.max()]
    if not frames.size:
        return None
    frames = (frames - frames.mean(axis=1, keepdims=True)) * window
    periodicity = _autocorrelation(frames) / _autocorrelation(window[None])
    shortest, longest = int(rate / HIGHEST), int(rate / LOWEST)
    pitches = [
        rate / lag for row in periodicity if (lag := _period(row, shortest, longest)) is not None
    ]
    return float(np.median(pitches)) if pitches else None


def _autocorrelation(
    frames: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    size = frames.shape[1]
    spectrum = np.fft.rfft(frames, 2 * size, axis=1)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, : size - size // 8]
    return correlation / np.maximum(correlation[:, :1], 1e-12)


def _period(
    periodicity: np.ndarray[tuple[int], np.dtype[np.float64]], shortest: int, longest: int
) -> int | None:
    """Samples of the period, or ``None`` for a frame that is not voiced."""
    inside = periodicity[shortest - 1 : longest + 2]
    peaks = np.flatnonzero((inside[1:-1] >= inside[:-2]) & (inside[1:-1] > inside[2:])) + 1
    if not peaks.size or inside[peaks].max() < _LEAST_PERIODICITY:
        return None
    good = peaks[inside[peaks] >= _NEARLY_BEST * inside[peaks].max()]
    return int(good[0]) + shortest - 1
