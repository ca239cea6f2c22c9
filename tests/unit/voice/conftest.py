"""A voice, and recordings made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

import config
from benchmarks.recordings.sounds import RATE, Sound

SAMPLE = config.ROOT / "samples" / "voice.wav"

Record = Callable[..., Path]


@pytest.fixture(scope="session")
def voice() -> Sound:
    """Eight seconds of speech at 16 kHz."""
    sound, rate = soundfile.read(SAMPLE)
    assert rate == RATE
    return np.asarray(sound)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Writes a WAV of parts that follow each other."""

    def write(*parts: Sound, kind: str = "PCM_16", rate: int = RATE) -> Path:
        soundfile.write(tmp_path / "voice.wav", np.concatenate(parts), rate, kind)
        return tmp_path / "voice.wav"

    return write


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE))
