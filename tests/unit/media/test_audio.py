from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import MediaError
from app.media.audio import peak_level, read_sound, read_wav, write_speech
from app.media.ffmpeg import run
from tests.unit.media.conftest import Samples, speech, tone

PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{}\n#EXT-X-ENDLIST\n"
SCRIPT = "ffconcat version 1.0\nfile {}\n"


def encoded(tmp_path: Path, name: str, *options: str) -> Path:
    """A second of tone, encoded by ffmpeg."""
    source, target = tmp_path / "source.wav", tmp_path / name
    soundfile.write(source, tone(1.0), 24000)
    arguments = ["-i", str(source), *options, "-y", str(target)]
    run(arguments, purpose=f"encoding {name}", timeout=20)
    return target


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp3", ()),
        ("a.m4a", ()),
        ("a.ogg", ("-c:a", "libvorbis")),
        ("a.opus", ("-c:a", "libopus")),
        ("a.flac", ()),
        ("a.webm", ()),
        ("a.aac", ()),
        ("a.aiff", ()),
        ("stereo.wav", ("-ac", "2")),
        ("deep.wav", ("-c:a", "pcm_s24le", "-ac", "6")),  # 24 bit, WAVE_FORMAT_EXTENSIBLE
        ("float.wav", ("-c:a", "pcm_f32le")),
    ],
)
def test_sound_of_any_usual_kind_is_read(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    samples = read_sound(encoded(tmp_path, name, *options), 16000)
    assert samples.dtype == np.float32
    assert samples.size == pytest.approx(16000, abs=1200)  # lossy coders pad
    middle = samples[4000:12000]
    strongest = np.fft.rfftfreq(8000, 1 / 16000)[np.abs(np.fft.rfft(middle)).argmax()]
    assert strongest == pytest.approx(440, abs=4)


def test_the_sound_of_a_video_with_cover_pictures_is_read(tmp_path: Path) -> None:
    cover = ["-f", "lavfi", "-i", "color=red:s=64x64:d=1", "-frames:v", "1"]
    run([*cover, "-y", str(tmp_path / "cover.png")], purpose="painting", timeout=20)
    song = encoded(tmp_path, "a.m4a", "-i", str(tmp_path / "cover.png"), "-map", "0", "-map", "1",
                   "-c:v", "mjpeg", "-disposition:v", "attached_pic")  # fmt: skip
    assert read_sound(song, 16000).size == pytest.approx(16000, abs=1200)


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(3.0), 24000)
    assert read_sound(tmp_path / "a.wav", 16000, max_seconds=0.5).size == 8000


def test_a_name_that_looks_like_a_protocol_is_only_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    soundfile.write("concat:a.wav", tone(1.0), 24000, format="WAV")
    assert read_sound(Path("concat:a.wav"), 24000).size == 24000


@pytest.mark.parametrize("disguise", ["voice.wav", "voice.mp3", "voice.m4a"])
@pytest.mark.parametrize("text", [PLAYLIST, SCRIPT, "file '{}'\n", "v=0\nc=IN IP4 127.0.0.1\n"])
def test_a_playlist_in_disguise_is_refused(tmp_path: Path, disguise: str, text: str) -> None:
    soundfile.write(tmp_path / "other.wav", tone(1.0), 24000)
    (tmp_path / disguise).write_text(text.format("other.wav"))
    with pytest.raises(MediaError, match=f"no sound in {disguise}"):
        read_sound(tmp_path / disguise, 16000)


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all", bytes(1000), b"RIFF\xff\xff\xff\xffWAVE"]
)
def test_a_file_without_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "voice.wav").write_bytes(content)
    with pytest.raises(MediaError, match=r"no sound in voice\.wav"):
        read_sound(tmp_path / "voice.wav", 16000)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"^no sound file nothing\.wav$"):
        read_sound(tmp_path / "nothing.wav", 16000)


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
