"""Programs that stand in for the real ones, and a voice sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

import config

RATE = 24000


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a program of the lines of a shell script."""

    def make(lines: str) -> Path:
        path = tmp_path / "program"
        path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def syllables(tmp_path: Path) -> Path:
    """A WAV of one second that sounds a little like speech."""
    time = np.arange(RATE) / RATE
    sound = 0.3 * np.sin(2 * np.pi * 140 * time) * np.abs(np.sin(2 * np.pi * 3 * time))
    path = tmp_path / "syllables.wav"
    soundfile.write(path, sound, RATE)
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A man's voice: the sample of this repository, played at 0.62 of its speed."""
    sound, rate = soundfile.read(config.ROOT / "samples" / "voice.wav")
    path = tmp_path / "sample.wav"
    soundfile.write(path, sound, round(0.62 * rate))
    return path
