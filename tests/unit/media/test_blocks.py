"""Sound of a file, a block at a time."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from app.errors import MediaError
from app.media.blocks import sound_blocks
from app.media.ffmpeg import run
from tests.sounds import read_sound
from tests.unit.media.conftest import tone

PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{}\n#EXT-X-ENDLIST\n"
SCRIPT = "ffconcat version 1.0\nfile {}\n"


def test_blocks_have_the_size_asked_for_and_hold_all_of_the_sound(tmp_path: Path) -> None:
    samples = np.stack([tone(1.0, rate=16000), tone(1.0, rate=16000, level=0.1)], axis=1)
    soundfile.write(tmp_path / "a.wav", samples, 16000)
    blocks = list(sound_blocks(tmp_path / "a.wav", 16000, size=7000))
    assert [block.shape for block in blocks] == [(7000, 2), (7000, 2), (2000, 2)]
    assert np.abs(np.concatenate(blocks) - samples).max() < 1e-4


def test_sound_comes_at_the_rate_asked_for(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone(2.0, rate=48000), 48000)
    [block] = sound_blocks(tmp_path / "a.flac", 22050, size=10**6)
    assert block.shape == (44100, 1)


def test_a_sound_that_breaks_off_gives_what_there_is(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone(4.0, rate=16000), 16000)
    raw = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "a.flac").write_bytes(raw[: len(raw) // 2])
    blocks = list(sound_blocks(tmp_path / "a.flac", 16000, size=1000))
    assert 1.0 < sum(len(block) for block in blocks) / 16000 < 4.0


def test_a_track_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(1.0), 24000)
    with pytest.raises(MediaError, match=r"no sound in a\.wav"):
        next(sound_blocks(tmp_path / "a.wav", 16000, size=1000, track=1))


def test_whoever_stops_early_leaves_no_process(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(60.0), 24000)
    before = len(psutil.Process(os.getpid()).children(recursive=True))
    blocks = sound_blocks(tmp_path / "a.wav", 16000, size=1000)
    next(blocks)
    blocks.close()
    assert len(psutil.Process(os.getpid()).children(recursive=True)) == before


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
    with pytest.raises(MediaError, match=r"^no sound in nothing\.wav$"):
        read_sound(tmp_path / "nothing.wav", 16000)
