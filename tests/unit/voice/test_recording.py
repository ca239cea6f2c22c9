"""A recording is kept whole, or refused in words that its owner understands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.errors import RecordingError
from app.media.passages import KEPT
from app.voice.recording import Recording, keep_recording
from benchmarks.recordings.sounds import RATE, Sound
from tests.unit.voice.conftest import SAMPLE, Record, silence

OURS = 24000
Keep = Callable[..., Recording]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    def kept(path: Path, most_seconds: float = 3600.0) -> Recording:
        return keep_recording(path, tmp_path / "kept.f32", most_seconds=most_seconds)

    return kept


def samples(folder: Path) -> np.ndarray:
    return np.fromfile(folder / "kept.f32", KEPT)


def test_a_recording_is_kept_whole_and_as_it_was(keep: Keep, tmp_path: Path) -> None:
    given, _ = soundfile.read(SAMPLE)
    recording = keep(SAMPLE)
    assert recording.seconds == given.size / RATE
    assert samples(tmp_path).size == round(recording.seconds * OURS)
    assert recording.cuts == ()
    assert recording.caution == ""
    assert 3.0 < recording.gain < 4.0  # from -19.4 LUFS to -16


def test_two_channels_are_mixed(keep: Keep, tmp_path: Path, voice: Sound) -> None:
    both = np.stack([voice, np.roll(voice, 800)], axis=1)
    soundfile.write(tmp_path / "both.wav", both, RATE)
    keep(tmp_path / "both.wav")
    mixed = samples(tmp_path)
    soundfile.write(tmp_path / "one.wav", both.mean(axis=1), RATE)
    keep(tmp_path / "one.wav")
    assert np.abs(mixed - samples(tmp_path)).max() < 1e-3


def test_a_channel_that_is_the_inverse_of_the_other_does_not_silence_it(
    keep: Keep, tmp_path: Path, voice: Sound
) -> None:
    soundfile.write(tmp_path / "both.wav", np.stack([voice, -voice], axis=1), RATE)
    assert keep(tmp_path / "both.wav").seconds == voice.size / RATE
    assert np.abs(samples(tmp_path)).max() == pytest.approx(np.abs(voice).max(), rel=0.1)


def test_a_long_one_is_cut_in_its_pauses(keep: Keep, record: Record, voice: Sound) -> None:
    recording = keep(record(*([voice, silence(0.5)] * 9)))
    period = voice.size / RATE + 0.5
    assert len(recording.cuts) >= 1
    for cut in recording.cuts:
        assert cut % period > period - 0.6 or cut % period < 0.2
        assert cut * 25 == round(cut * 25)


def test_quiet_ones_are_raised_and_no_more_than_peaks_allow(
    keep: Keep, record: Record, voice: Sound
) -> None:
    assert keep(record(0.01 * voice, kind="FLOAT")).gain == pytest.approx(
        keep(record(voice, kind="FLOAT")).gain + 40.0 - 3.35, abs=0.1
    )
    click = np.zeros(RATE)
    click[RATE // 2] = 1.0
    assert keep(record(0.001 * voice, click, kind="FLOAT")).gain <= 13.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the recording holds no sound: it is empty"),
        (b"Good morning. " * 99, "the recording holds no sound: it is a text"),
        (b"#EXTM3U\nhttp://127.0.0.1/a.mp3\n", "it is a playlist, which only names other files"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "it is a PNG picture"),
    ],
)
def test_what_is_no_recording_is_refused(
    keep: Keep, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "sound.wav").write_bytes(content)
    with pytest.raises(RecordingError, match=said):
        keep(tmp_path / "sound.wav")


def test_silence_is_refused(keep: Keep, record: Record) -> None:
    with pytest.raises(RecordingError, match=r"is silent: nothing is heard in its 3\.0 s"):
        keep(record(silence(3.0)))


def test_one_that_is_too_long_is_refused_before_it_is_decoded_whole(
    keep: Keep, tmp_path: Path, record: Record, voice: Sound
) -> None:
    with pytest.raises(
        RecordingError, match=r"longer than 15\.0 s, which is the most that is left"
    ):
        keep(record(*[voice] * 20), 15.0)
    assert samples(tmp_path).size <= 20 * OURS


def test_a_moment_is_refused(keep: Keep, record: Record, voice: Sound) -> None:
    with pytest.raises(RecordingError, match=r"is 0\.06 s long, at least 0\.2 s"):
        keep(record(voice[5000:6000]))


@pytest.mark.parametrize("kind", ["wav", "flac", "mp3"])
def test_one_that_is_cut_off_is_refused(
    keep: Keep, tmp_path: Path, voice: Sound, kind: str
) -> None:
    whole, part = tmp_path / f"whole.{kind}", tmp_path / f"part.{kind}"
    soundfile.write(whole, np.tile(voice, 3), RATE)
    assert keep(whole).seconds == pytest.approx(3 * voice.size / RATE, abs=0.1)
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(RecordingError, match=r"is cut off: by its own account it has 26\.\d s"):
        keep(part)


def test_music_is_taken_and_said_to_be_none_that_speaks(keep: Keep, record: Record) -> None:
    time = np.arange(5 * RATE) / RATE
    chord = sum(0.1 * np.sin(2 * np.pi * pitch * time) for pitch in (220.0, 277.2, 329.6))
    assert keep(record(np.asarray(chord))).caution.startswith("nobody is heard to speak")
