from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.voice.pitch import median_pitch

if TYPE_CHECKING:
    from app.ports.sound import Samples

RATE = 16000


def buzz(hertz: float) -> Samples:
    time = np.arange(RATE) / RATE
    harmonics = sum(np.sin(2 * np.pi * n * hertz * time) / n for n in range(1, 12))
    return (0.1 * np.asarray(harmonics)).astype(np.float32)


@pytest.mark.parametrize("hertz", [75.0, 110.0, 160.0, 230.0, 350.0])
def test_the_pitch_of_a_buzz_is_its_frequency(hertz: float) -> None:
    assert median_pitch(buzz(hertz), RATE) == pytest.approx(hertz, rel=0.03)


def test_noise_has_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    assert median_pitch(noise, RATE) is None


def test_a_sound_shorter_than_a_frame_has_no_pitch() -> None:
    assert median_pitch(buzz(100)[:100], RATE) is None


def test_a_faint_hum_between_words_does_not_count() -> None:
    words_and_hum = np.concatenate([buzz(200), buzz(100) * np.float32(0.01)])
    assert median_pitch(words_and_hum, RATE) == pytest.approx(200, rel=0.03)
