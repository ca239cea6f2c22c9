"""The meter that hears a sound in pieces says what the library says of the whole."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest

from app.media.loudness_meter import LoudnessMeter

RATE = 24000


def sound(level: float) -> np.ndarray:
    rng = np.random.default_rng(2)
    envelope = np.repeat(rng.choice([0.0, 0.1, 1.0], 60), RATE // 4)
    return (level * envelope * rng.standard_normal(envelope.size)).astype(np.float32)


@pytest.mark.parametrize("level", [1e-5, 0.01, 0.3, 20.0])
@pytest.mark.parametrize("piece", [777, 2400, 10**6])
def test_pieces_of_any_size_measure_as_the_whole_does(level: float, piece: int) -> None:
    whole = sound(level)
    meter = LoudnessMeter(RATE)
    for start in range(0, whole.size, piece):
        meter.hear(whole[start : start + piece])
    peak = float(np.abs(whole).max())
    expected = pyloudnorm.Meter(RATE).integrated_loudness(whole / peak) + 20 * np.log10(peak)
    assert meter.peak == pytest.approx(peak)
    assert meter.loudness() == pytest.approx(expected, abs=0.02)


def test_silence_has_none_and_a_moment_has_some() -> None:
    meter = LoudnessMeter(RATE)
    meter.hear(np.zeros(RATE, np.float32))
    assert meter.loudness() == -np.inf
    meter.hear(np.full(1000, 0.5, np.float32))
    assert np.isfinite(meter.loudness())
