"""The index as we read it, beside what PyAV reads of the same file."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import MediaError
from app.media.ffmpeg import run
from app.media.mp4 import Index, read_index
from app.media.probe import probe
from tests.unit.media.conftest import MakeClip, in_seconds

PICTURES = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=25:duration=1.24"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=300:sample_rate=48000:duration=1.24"]


@pytest.mark.parametrize(
    "options",
    [
        ["-c:v", "libx264", "-bf", "0", "-c:a", "aac"],
        ["-c:v", "libx264", "-bf", "2", "-c:a", "aac", "-ar", "44100", "-ac", "2"],
        ["-c:v", "libx264", "-r", "30", "-c:a", "aac", "-movflags", "+faststart"],
        ["-c:v", "libx264", "-c:a", "aac", "-use_editlist", "0", "-bf", "0"],
        ["-c:v", "libx264", "-an"],
        ["-vn", "-c:a", "aac", "-ar", "24000"],
        ["-c:v", "libx264", "-bf", "0", "-c:a", "aac", "-af", "asetpts=PTS+0.5/TB"],
        ["-c:v", "libx264", "-bf", "0", "-c:a", "aac", "-f", "mov"],
    ],
    ids=["ours", "reordered", "30", "no edits", "no sound", "no picture", "late sound", "mov"],
)
def test_an_index_says_what_another_reader_finds(tmp_path: Path, options: list[str]) -> None:
    video = tmp_path / "clip.mp4"
    run([*PICTURES, *SOUND, *options, str(video)], purpose="encoding", timeout=20)
    ours = probe(video)
    with av.open(str(video)) as container:
        if container.streams.video:
            picture = container.streams.video[0]
            assert ours.video_codec == picture.codec_context.name
            assert (ours.width, ours.height) == (64, 48)
            assert ours.frames == picture.frames
            assert ours.frame_rate == pytest.approx(float(picture.average_rate or 0))
            assert ours.decoder_setup == bytes(picture.codec_context.extradata or b"")
            assert ours.video_start == in_seconds(picture.start_time, picture.time_base)
            assert ours.video_duration == in_seconds(picture.duration, picture.time_base)
        else:
            assert (ours.video_codec, ours.frames, ours.video_duration) == ("", 0, 0.0)
        if container.streams.audio:
            sound = container.streams.audio[0]
            assert ours.audio_codec == sound.codec_context.name
            assert ours.audio_packets == sound.frames
            assert ours.audio_start == in_seconds(sound.start_time, sound.time_base)
            assert ours.audio_duration == in_seconds(sound.duration, sound.time_base)
        else:
            assert (ours.audio_codec, ours.audio_packets, ours.audio_duration) == ("", 0, 0.0)
        assert ours.duration == pytest.approx((container.duration or 0) / av.time_base, abs=0.001)


def test_sound_in_another_coding_is_not_taken_for_aac(tmp_path: Path) -> None:
    run([*SOUND, "-c:a", "libmp3lame", str(tmp_path / "a.mp4")], purpose="encoding", timeout=20)
    assert probe(tmp_path / "a.mp4").audio_codec == "mp4a"


def test_the_setup_of_a_decoder_is_found(make_clip: MakeClip) -> None:
    clip = make_clip("a", 8)
    sound, setup = read_index(clip.video).sound, None
    with av.open(str(clip.video)) as container:
        setup = container.streams.audio[0].codec_context.extradata
    assert sound is not None
    assert sound.decoder_setup == setup != b""


def test_a_box_may_tell_its_size_in_eight_bytes_or_reach_to_the_end(make_clip: MakeClip) -> None:
    clip = make_clip("a", 8)
    read = read_index(clip.video)
    content = clip.video.read_bytes()
    at = content.index(b"mdat") - 4
    size = struct.unpack_from(">I", content, at)[0]
    assert at + size == len(content)
    for header in (struct.pack(">I4sQ", 1, b"mdat", size + 8), struct.pack(">I4s", 0, b"mdat")):
        clip.video.write_bytes(content[:at] + header + content[at + 8 :])
        assert read_index(clip.video) == read


def test_an_index_behind_the_pictures_is_found(tmp_path: Path) -> None:
    video = tmp_path / "late.mp4"
    run([*PICTURES, "-c:v", "libx264", str(video)], purpose="encoding", timeout=20)
    content = video.read_bytes()
    assert content.index(b"mdat") < content.index(b"moov")
    assert probe(video).frames == 31
    video.write_bytes(content[: content.index(b"moov") + 200])
    with pytest.raises(MediaError, match=r"cannot read late\.mp4"):
        probe(video)


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF\x00\x00\x00\x00WAVE", b"#EXTM3U\nfile:///etc/passwd\n", bytes(100), b"\xff" * 64],
    ids=["empty", "wav", "playlist", "zeros", "ones"],
)
def test_what_is_no_mp4_is_told_as_such(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(MediaError, match=r"cannot read a\.mp4 as a video"):
        read_index(tmp_path / "a.mp4")


def test_a_missing_file_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"cannot read a\.mp4 as a video"):
        read_index(tmp_path / "a.mp4")


@given(
    places=st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=4)), max_size=6)
)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_index_is_read_or_refused_and_nothing_else(
    tmp_path: Path, make_clip: MakeClip, places: list[tuple[int, bytes]]
) -> None:
    whole = tmp_path / "whole.mp4"
    if not whole.exists():
        make_clip("whole", 8)
    content = bytearray(whole.read_bytes())
    start = content.index(b"moov")
    for place, damage in places:
        content[start + place : start + place + len(damage)] = damage
    (tmp_path / "damaged.mp4").write_bytes(content)
    try:
        assert isinstance(read_index(tmp_path / "damaged.mp4"), Index)
    except MediaError:
        return
