"""The media tools as a worker has them."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

import config
from app.bootstrap import workshop
from app.ports.speech import Speech, VoiceUsed

RATE = 24000


def test_english_figures_are_written_out_before_they_are_aligned(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    media = workshop(config.load()).media
    hum = (0.1 * np.sin(np.arange(RATE) / 20)).astype(np.float32)
    sound = tmp_path / "speech.wav"
    media.write_speech(Speech(hum, RATE, VoiceUsed("preset")), sound)
    with caplog.at_level(logging.WARNING):
        media.visemes_from_sound(sound, "1974", "it")
        assert not caplog.records
        # "Nineteen seventy four" forty times does not fit into a second.
        media.visemes_from_sound(sound, "1974 " * 40, "en")
    assert "text does not fit sound" in caplog.text
