from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import Cancelled, MediaError
from app.media.encoder import PixelFormat, VideoWriter
from app.media.probe import probe
from tests.unit.media.conftest import (
    HEIGHT,
    WIDTH,
    Frames,
    flashing,
    in_seconds,
    tone,
    write_exactly,
)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Ten frames of sound."""
    path = tmp_path / "sound.wav"
    write_exactly(tone(0.4), path)
    return path


def write(target: Path, sound: Path, frames: Frames) -> None:
    with VideoWriter(target, width=WIDTH, height=HEIGHT, sound=sound) as video:
        for frame in frames:
            video.write(frame)


def test_a_clip_has_every_frame_and_all_its_sound(tmp_path: Path, sound: Path) -> None:
    write(tmp_path / "clip.mp4", sound, flashing(10))
    found = probe(tmp_path / "clip.mp4")
    assert (found.video_codec, found.audio_codec) == ("h264", "aac")
    assert (found.width, found.height, found.frames, found.frame_rate) == (WIDTH, HEIGHT, 10, 25.0)
    assert found.video_duration == pytest.approx(0.4)
    assert found.audio_duration == pytest.approx(0.4)
    assert (found.video_start, found.audio_start) == (0.0, 0.0)


def test_the_index_stands_before_the_pictures(tmp_path: Path, sound: Path) -> None:
    write(tmp_path / "clip.mp4", sound, flashing(10))
    content = (tmp_path / "clip.mp4").read_bytes()
    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_a_key_frame_comes_every_two_seconds(tmp_path: Path) -> None:
    write_exactly(tone(5.0), tmp_path / "long.wav")
    write(tmp_path / "clip.mp4", tmp_path / "long.wav", np.repeat(flashing(2)[1:], 125, axis=0))
    with av.open(str(tmp_path / "clip.mp4")) as clip:
        stream = clip.streams.video[0]
        keys = [
            in_seconds(packet.pts, stream.time_base)
            for packet in clip.demux(stream)
            if packet.is_keyframe
        ]
    assert keys == [0, 2, 4]


def test_the_same_frames_give_the_same_bytes(tmp_path: Path, sound: Path) -> None:
    frames = np.random.default_rng(1).integers(0, 256, (10, HEIGHT, WIDTH, 3), np.uint8)
    for name in ("one.mp4", "two.mp4"):
        write(tmp_path / name, sound, frames)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_clip_tells_neither_when_nor_by_what_it_was_made(tmp_path: Path, sound: Path) -> None:
    write(tmp_path / "clip.mp4", sound, flashing(10))
    with av.open(str(tmp_path / "clip.mp4")) as clip:
        assert set(clip.metadata) == {"major_brand", "minor_version", "compatible_brands"}


def test_one_thread_encodes(tmp_path: Path, sound: Path) -> None:
    target = tmp_path / "clip.mp4"
    with VideoWriter(target, width=320, height=320, sound=sound) as video:
        for _ in range(10):
            video.write(bytes(320 * 320 * 3))
    # x264 writes its settings into the first picture.
    assert b" threads=1 lookahead_threads=1 " in target.read_bytes()


@pytest.mark.parametrize(
    ("pixel_format", "red"), [("rgb24", (250, 20, 20)), ("bgr24", (20, 20, 250))]
)
def test_colours_survive(
    tmp_path: Path, sound: Path, pixel_format: PixelFormat, red: tuple[int, int, int]
) -> None:
    target = tmp_path / "clip.mp4"
    with VideoWriter(
        target, width=WIDTH, height=HEIGHT, sound=sound, pixel_format=pixel_format
    ) as video:
        for _ in range(10):
            video.write(np.full((HEIGHT, WIDTH, 3), red, np.uint8))
    with av.open(str(target)) as clip:
        frame = next(clip.decode(video=0))
    assert frame.colorspace == av.video.reformatter.Colorspace.ITU709
    planes = frame.to_ndarray().ravel()
    first_of_each = planes[[0, WIDTH * HEIGHT, WIDTH * HEIGHT * 5 // 4]].tolist()
    # By the formulas of BT.709 in the limited range; BT.601 would give luma 92.
    assert first_of_each == pytest.approx([75, 105, 229], abs=2)


def test_planar_frames_are_taken_as_they_are(tmp_path: Path, sound: Path) -> None:
    target = tmp_path / "clip.mp4"
    grey = np.full(WIDTH * HEIGHT * 3 // 2, 128, np.uint8)
    grey[: WIDTH * HEIGHT] = 90
    with VideoWriter(
        target, width=WIDTH, height=HEIGHT, sound=sound, pixel_format="yuv420p"
    ) as video:
        for _ in range(10):
            video.write(grey.tobytes())
    with av.open(str(target)) as clip:
        planes = next(clip.decode(video=0)).to_ndarray()
    assert abs(int(planes[0, 0]) - 90) <= 1


@pytest.mark.parametrize("size", [(63, 48), (64, 47), (0, 48), (64, -2)])
def test_an_odd_or_empty_size_is_refused(
    tmp_path: Path, sound: Path, size: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match=f"{size[0]}x{size[1]}"):
        VideoWriter(tmp_path / "clip.mp4", width=size[0], height=size[1], sound=sound)


def test_a_frame_of_another_size_is_refused(tmp_path: Path, sound: Path) -> None:
    with (
        pytest.raises(ValueError, match=r"9216 contiguous bytes, not 12"),
        VideoWriter(tmp_path / "clip.mp4", width=WIDTH, height=HEIGHT, sound=sound) as video,
    ):
        video.write(bytes(12))


def test_fewer_frames_than_sound_are_an_error(tmp_path: Path, sound: Path) -> None:
    with pytest.raises(MediaError, match=r"clip.mp4 got 9 frames, its sound is 10 frames long"):
        write(tmp_path / "clip.mp4", sound, flashing(9))
    assert not (tmp_path / "clip.mp4").exists()


@pytest.mark.parametrize("error", [RuntimeError("the model failed"), Cancelled(), OSError("gone")])
def test_an_exception_leaves_nothing_behind(
    tmp_path: Path, sound: Path, error: BaseException
) -> None:
    former = tmp_path / "clip.mp4"
    former.write_bytes(b"former")
    with (
        pytest.raises(type(error)) as caught,
        VideoWriter(former, width=WIDTH, height=HEIGHT, sound=sound) as video,
    ):
        video.write(flashing(1)[0])
        raise error
    assert caught.value is error
    assert former.read_bytes() == b"former"
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4", "sound.wav"}


def test_the_file_appears_only_when_it_is_finished(tmp_path: Path, sound: Path) -> None:
    target = tmp_path / "clip.mp4"
    with VideoWriter(target, width=WIDTH, height=HEIGHT, sound=sound) as video:
        for frame in flashing(10):
            video.write(frame)
        assert not target.exists()
    assert target.exists()


def test_a_directory_that_is_missing_is_an_error(tmp_path: Path, sound: Path) -> None:
    with pytest.raises(MediaError, match=r"encoding clip.mp4"):
        write(tmp_path / "nowhere" / "clip.mp4", sound, flashing(10))


def test_sound_that_is_no_wav_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sound.wav").write_bytes(b"no sound")
    with pytest.raises(MediaError, match=r"sound.wav is no WAV"):
        write(tmp_path / "clip.mp4", tmp_path / "sound.wav", flashing(10))
