"""Where somebody speaks, frame by frame."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

import app.voice
import config
from app.voice.activity import FRAME, FRAME_SECONDS, levels_of, spoken_frames
from benchmarks.recordings.sounds import RATE, Sound, noise
from tests.unit.voice.conftest import silence


def spoken_seconds(sound: Sound) -> float:
    samples = sound.astype(np.float32)
    return float(np.count_nonzero(spoken_frames(samples, levels_of(samples))) * FRAME_SECONDS)


def test_no_sound_has_no_frames() -> None:
    nothing = np.zeros(0, np.float32)
    assert spoken_frames(nothing, levels_of(nothing)).size == 0


@pytest.mark.parametrize("decibels", [0, -40, -60])
def test_speech_is_told_at_any_level(decibels: int, voice: Sound) -> None:
    assert spoken_seconds(voice * 10 ** (decibels / 20)) == pytest.approx(6.4, abs=0.3)


def test_a_loud_noise_does_not_hide_the_quiet_speech_after_it(voice: Sound) -> None:
    assert spoken_seconds(np.concatenate([0.9 * noise(3.0), silence(1.0), 0.003 * voice])) > 5.5


def test_noise_is_no_speech_however_quiet() -> None:
    for level in (1.0, 1e-3, 1e-5):
        assert spoken_seconds(level * noise(5.0)) == 0.0


def test_one_answer_is_given_for_each_32_ms() -> None:
    samples = noise(1.0).astype(np.float32)
    frames = -(-RATE // FRAME)
    assert levels_of(samples).size == spoken_frames(samples, levels_of(samples)).size == frames


def test_the_notice_tells_which_model_it_is() -> None:
    model = Path(app.voice.__path__[0]) / "models" / "silero_vad.onnx"
    notice = (config.ROOT / "NOTICE.md").read_text("utf-8")
    assert f"sha256\n`{hashlib.sha256(model.read_bytes()).hexdigest()}`" in notice
