"""Voice samples: whether they hold speech, and how often they are decoded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

import config
from app.engines.speech.common.sample import RATE, SampleChecks, only_speech, read_sample
from app.engines.speech.common.voiceprint import VoicePrints
from app.engines.speech.festival.engine import Festival
from app.engines.speech.festival.options import FestivalOptions
from app.engines.speech.hibari.engine import Hibari
from app.engines.speech.hibari.options import HibariOptions
from app.errors import VoiceSampleError
from app.media.ffmpeg import locate
from tests.unit.speech.conftest import Switch

if TYPE_CHECKING:
    from app.ports.sound import Samples
    from app.ports.speech import SpeechEngine

SENTENCE = "Every summer we would walk along the river and watch the boats go by."
SAMPLE = config.ROOT / "samples" / "voice.wav"


@pytest.fixture
def ffmpeg(tmp_path: Path) -> Path:
    """The program, which writes down each time that it is started."""
    program = tmp_path / "ffmpeg"
    program.write_text(f'#!/bin/sh\necho >>{tmp_path}/starts\nexec {locate()} "$@"\n')
    program.chmod(0o755)
    return program


def starts(ffmpeg: Path) -> int:
    return len(ffmpeg.with_name("starts").read_text().splitlines())


def hibari_with(ffmpeg: Path) -> SpeechEngine:
    return Hibari(HibariOptions(models_dir=Path("models"), ffmpeg=ffmpeg))


def festival_with(ffmpeg: Path) -> SpeechEngine:
    return Festival(FestivalOptions(ffmpeg=ffmpeg))


@pytest.mark.parametrize("engine_with", [hibari_with, festival_with])
def test_an_engine_that_does_not_follow_the_sample_decodes_it_once(
    engine_with: Callable[[Path], SpeechEngine],
    ffmpeg: Path,
    tmp_path: Path,
) -> None:
    engine, same = engine_with(ffmpeg), tmp_path / "same.wav"
    shutil.copy(SAMPLE, same)
    for path in (SAMPLE, SAMPLE, same):
        engine.voice(path)
    assert starts(ffmpeg) == 1
    sound, rate = soundfile.read(SAMPLE)
    soundfile.write(tmp_path / "other.wav", -sound, rate)
    engine.voice(tmp_path / "other.wav")
    assert starts(ffmpeg) == 2


def test_a_sample_that_was_refused_is_looked_at_again(
    ffmpeg: Path, write_sound: Callable[[Samples], Path]
) -> None:
    checks, silence = SampleChecks(ffmpeg=ffmpeg), write_sound(np.zeros(RATE, np.float32))
    with pytest.raises(VoiceSampleError, match="silent"):
        checks.check(silence)
    once = starts(ffmpeg)
    with pytest.raises(VoiceSampleError, match="silent"):
        checks.check(silence)
    assert starts(ffmpeg) == 2 * once


def test_a_sample_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceSampleError, match="the voice sample is missing"):
        SampleChecks(ffmpeg=None).check(tmp_path / "gone.wav")


def test_silence_between_words_is_cut_out() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    with_pause = np.concatenate([noise, np.zeros(2 * RATE, np.float32), noise])
    assert only_speech(with_pause).size / RATE == pytest.approx(2.3, abs=0.2)


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.zeros(3 * RATE, np.float32), r"is silent: nothing is heard in its 3\.0 s"),
        (np.full(8000, 0.1, np.float32), "is silent"),
        (np.random.default_rng(0).normal(0, 0.1, 2 * RATE).astype(np.float32), "holds no speech"),
    ],
)
def test_a_sample_without_enough_speech_is_refused(
    samples: Samples,
    message: str,
    write_sound: Callable[[Samples], Path],
) -> None:
    with pytest.raises(VoiceSampleError, match=message):
        read_sample(write_sound(samples))


def test_a_picture_is_no_voice_sample(tmp_path: Path) -> None:
    picture = tmp_path / "face.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(VoiceSampleError, match="holds no sound"):
        read_sample(picture)


def test_the_voice_is_measured_where_it_speaks(tmp_path: Path) -> None:
    sound, rate = soundfile.read(SAMPLE)
    late = np.concatenate([np.zeros(70 * rate), sound])
    soundfile.write(tmp_path / "late.wav", np.stack([late, -late], axis=1), rate)
    prints = VoicePrints(None)
    measured, expected = prints.of(tmp_path / "late.wav"), prints.of(SAMPLE)
    assert float(measured.embedding @ expected.embedding) > 0.98
    assert measured.pitch == pytest.approx(expected.pitch, rel=0.03)


def test_a_sample_of_several_channels_and_another_rate_is_read(
    hibari: Hibari, tmp_path: Path
) -> None:
    speech = hibari.synthesize(SENTENCE, None, "en", Switch())
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([speech.samples] * 2, axis=1), speech.rate, "PCM_24")
    assert read_sample(path).size / RATE > 2.0
