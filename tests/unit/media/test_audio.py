from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import MediaError
from app.media.audio import peak_level, read_wav, write_speech
from tests.unit.media.conftest import Samples, speech, tone


def test_a_wav_with_two_channels_is_not_ours(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros((100, 2)), 24000)
    with pytest.raises(MediaError, match=r"a\.wav has 2 channels"):
        read_wav(tmp_path / "a.wav")


def test_speech_is_written_as_24_khz_mono_16_bit(tmp_path: Path) -> None:
    write_speech(speech(tone(1.0)), tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as wav:
        assert wav.getparams()[:4] == (1, 2, 24000, 4 * 7680)


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 5000), rate=st.sampled_from([16000, 22050, 24000, 44100, 48000]))
def test_speech_is_padded_to_whole_pictures_and_aac_frames(
    tmp_path_factory: pytest.TempPathFactory, count: int, rate: int
) -> None:
    target = tmp_path_factory.mktemp("speech") / "a.wav"
    seconds = write_speech(speech(tone(count / rate, rate=rate), rate), target)
    samples, _ = read_wav(target)
    assert samples.size % 960 == 0
    # At the 48 kHz of the clips.
    assert 2 * samples.size % 1024 == 0
    assert seconds == samples.size / 24000
    assert 0 <= seconds - count / rate < 0.321


def test_samples_at_our_rate_come_back_as_they_were(tmp_path: Path) -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, 9600).astype(np.float32)
    write_speech(speech(samples), tmp_path / "a.wav")
    back, rate = read_wav(tmp_path / "a.wav")
    assert rate == 24000
    assert np.abs(back[: samples.size] - samples).max() < 1 / 16000
    assert not back[samples.size :].any()


def test_too_loud_samples_are_clipped_not_wrapped(tmp_path: Path) -> None:
    write_speech(speech(np.array([1.5, -1.5, 0.0], np.float32)), tmp_path / "a.wav")
    back, _ = read_wav(tmp_path / "a.wav")
    assert back[:3] == pytest.approx([1.0, -1.0, 0.0], abs=1e-4)


@pytest.mark.parametrize("samples", [[], [0.1, float("nan")], [[0.1, 0.2]]])
def test_unusable_samples_are_an_error(tmp_path: Path, samples: list[float]) -> None:
    with pytest.raises(MediaError, match=r"no usable samples for a\.wav"):
        write_speech(speech(np.array(samples, np.float32)), tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"cannot write a\.wav: No such file or directory"):
        write_speech(speech(tone(0.1)), tmp_path / "nowhere" / "a.wav")


def test_the_level_of_the_largest_sample_is_known() -> None:
    assert peak_level(tone(2.0, level=0.5)) == pytest.approx(-6.0, abs=0.1)


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(24000, np.float32)])
def test_silence_has_the_least_level(samples: Samples) -> None:
    assert peak_level(samples) == -120.0
