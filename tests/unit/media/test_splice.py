from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import Cancelled, DiskFull, MediaError
from app.media.audio import write_speech
from app.media.concat import write_chapters, write_script
from app.media.encoder import VideoWriter
from app.media.ffmpeg import locate, run
from app.media.splice import INPOINT, obstacle, spliced
from app.media.video import join
from app.ports.media import Clip
from tests.unit.media.conftest import HEIGHT, WIDTH, MakeClip, Never, Samples, speech, tone

Packet = tuple[int | None, int | None, bytes]
"""Presentation and decoding times in ticks, and content."""

AAC_FRAME = 1024
"""Samples at 48 kHz; half as many of a WAV."""


class AtCheck:
    """Somebody asks to stop just before a given check, counted from 0."""

    def __init__(self, number: int) -> None:
        self._left = number

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


def voice(frames: int, seed: int) -> Samples:
    """Tone and noise after a silent AAC frame, loud to the very end."""
    noise = np.random.default_rng(seed).standard_normal(frames * 960).astype(np.float32)
    samples = tone(frames / 25, hertz=200.0 + 300.0 * seed, level=0.4) + 0.1 * noise
    samples[: AAC_FRAME // 2] = 0.0
    return np.clip(samples, -1.0, 1.0)


def heard(video: Path) -> Samples:
    with av.open(str(video)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def timed_packets(video: Path, stream: int) -> list[Packet]:
    with av.open(str(video)) as container:
        demuxed = container.demux(container.streams[stream])
        return [(packet.pts, packet.dts, bytes(packet)) for packet in demuxed if packet.size]


def muxed(clip: Clip, *sound_options: str) -> Clip:
    """The same clip with its sound put in by other settings."""
    video = clip.video.with_stem(f"other {clip.video.stem}")
    inputs = ["-i", str(clip.video), "-i", str(clip.sound), "-map", "0:v", "-c:v", "copy"]
    run([*inputs, *sound_options, str(video)], purpose="muxing", timeout=20)
    return replace(clip, video=video)


def test_a_spliced_lecture_sounds_as_each_clip_alone(tmp_path: Path, make_clip: MakeClip) -> None:
    lengths = (48, 8, 80, 56)
    clips = [
        make_clip(f"{n}", frames, samples=voice(frames, n)) for n, frames in enumerate(lengths)
    ]
    assert obstacle(clips, lengths, Never()) == ""
    join(clips, tmp_path / "all.mp4", cancel=Never())
    together = heard(tmp_path / "all.mp4")
    assert together.size == sum(lengths) * 1920
    starts = np.cumsum([0, *lengths[:-1]]) * 1920
    for clip, start in zip(clips, starts, strict=True):
        alone = heard(clip.video)
        stretch = together[start : start + alone.size]
        assert np.abs(alone[AAC_FRAME:]).max() > 0.3
        assert np.array_equal(stretch[AAC_FRAME:], alone[AAC_FRAME:])


def test_the_seam_between_loud_clips_stays_as_quiet_as_encoding_leaves_it(
    tmp_path: Path, make_clip: MakeClip
) -> None:
    clips = [make_clip(f"{n}", 48, samples=voice(48, n)) for n in range(2)]
    join(clips, tmp_path / "all.mp4", cancel=Never())
    seam = heard(tmp_path / "all.mp4")[48 * 1920 : 48 * 1920 + AAC_FRAME]
    assert np.sqrt(np.mean(seam**2)) < 0.02


def test_speech_as_the_service_writes_it_is_spliced(tmp_path: Path) -> None:
    clip = Clip(tmp_path / "clip.mp4", tmp_path / "speech.wav")
    said = np.concatenate([np.zeros(600, np.float32), tone(1.0)])
    seconds = write_speech(speech(said), clip.sound)
    frames = round(seconds * 25)
    with VideoWriter(clip.video, width=WIDTH, height=HEIGHT, sound=clip.sound) as video:
        for _ in range(frames):
            video.write(bytes(WIDTH * HEIGHT * 3))
    assert obstacle([clip, clip], [frames, frames], Never()) == ""


def test_a_clip_whose_sound_starts_at_once_is_encoded(
    tmp_path: Path, make_clip: MakeClip, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "app.media.video")
    early = voice(32, 1)
    early[AAC_FRAME // 2 - 1] = 0.1
    clips = [make_clip("a", 32, samples=voice(32, 0)), make_clip("b", 32, samples=early)]
    assert join(clips, tmp_path / "all.mp4", cancel=Never()) == pytest.approx(2.56)
    assert "sound is encoded" in caplog.text
    assert "reason=b.wav does not begin with silence" in caplog.text


def test_an_old_clip_of_any_number_of_frames_is_encoded(make_clip: MakeClip) -> None:
    clips = [make_clip("a", 32, at=1), make_clip("b", 31, at=1)]
    assert obstacle(clips, [32, 31], Never()) == "b.wav ends within an AAC frame"


@pytest.mark.parametrize(
    "options",
    [
        ("-an",),
        ("-map", "1:a", "-c:a", "aac", "-ar", "44100"),
        ("-map", "1:a", "-c:a", "aac", "-ar", "24000"),
        ("-map", "1:a", "-c:a", "aac", "-ar", "48000", "-ac", "2"),
        ("-map", "1:a", "-c:a", "aac", "-ar", "48000", "-af", "apad=pad_len=4000"),
        ("-map", "1:a", "-c:a", "aac", "-ar", "48000", "-af", "atrim=end=1.0"),
        ("-map", "1:a", "-c:a", "aac", "-ar", "48000", "-af", "volume=0.3,aecho=1:1:9:1,areverse"),
        ("-map", "1:a", "-c:a", "alac", "-ar", "48000"),
        ("-map", "0:a", "-c:a", "copy", "-video_track_timescale", "25000"),
    ],
    ids=["none", "44 kHz", "24 kHz", "stereo", "longer", "shorter", "loud", "lossless", "ticks"],
)
def test_a_clip_that_another_engine_put_together_is_encoded(
    make_clip: MakeClip, options: tuple[str, ...]
) -> None:
    ours, other = make_clip("a", 32, at=1), muxed(make_clip("b", 32, at=1), *options)
    reason = obstacle([ours, other], [32, 32], Never())
    assert reason == "the sound of other b.mp4 was encoded in another way"


@pytest.mark.parametrize("check", range(6))
def test_splicing_stops_at_every_check_and_leaves_nothing(
    tmp_path: Path, make_clip: MakeClip, check: int
) -> None:
    clips = [make_clip("a", 32, at=1), make_clip("b", 32, at=1)]
    before = set(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        join(clips, tmp_path / "all.mp4", cancel=AtCheck(check))
    assert set(tmp_path.iterdir()) == before


def test_every_packet_of_the_clips_is_in_the_lecture_at_its_time(
    tmp_path: Path, make_clip: MakeClip
) -> None:
    lengths = (48, 8, 80)
    clips = [
        make_clip(f"{n}", frames, samples=voice(frames, n)) for n, frames in enumerate(lengths)
    ]
    join(clips, tmp_path / "all.mp4", cancel=Never())
    pictures: list[Packet] = []
    sounds: list[Packet] = []
    before = 0
    for clip, frames in zip(clips, lengths, strict=True):
        for ticks, stream, wanted in ((512, 0, pictures), (1920, 1, sounds)):
            wanted += [
                (pts + before * ticks, dts + before * ticks, content)
                for pts, dts, content in timed_packets(clip.video, stream)
                if pts is not None and dts is not None and (pts >= 0 or not before)
            ]
        before += frames
    assert sounds[0][0] == -AAC_FRAME
    assert timed_packets(tmp_path / "all.mp4", 0) == pictures
    assert timed_packets(tmp_path / "all.mp4", 1) == sounds


def test_a_clip_whose_pictures_are_stored_in_another_order_is_encoded(
    tmp_path: Path, make_clip: MakeClip
) -> None:
    ours = make_clip("a", 32, at=1)
    reordered = tmp_path / "reordered.mp4"
    options = ["-c:v", "libx264", "-bf", "2", "-video_track_timescale", "12800", "-c:a", "copy"]
    noise = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=25:duration=1.28"]
    inputs = [*noise, "-i", str(ours.video), "-map", "0:v", "-map", "1:a"]
    run([*inputs, *options, str(reordered)], purpose="encoding", timeout=20)
    assert next(dts for _, dts, _ in timed_packets(reordered, 0)) != 0
    clips = [replace(ours, video=reordered)] * 2
    reason = obstacle(clips, [32, 32], Never())
    assert reason == "the sound of reordered.mp4 was encoded in another way"
    assert join(clips, tmp_path / "all.mp4", cancel=Never()) == pytest.approx(2.56)


def test_an_ffmpeg_that_keeps_a_packet_too_many_is_noticed(
    tmp_path: Path, make_clip: MakeClip
) -> None:
    program = tmp_path / "ffmpeg"
    # The script's line that leaves the priming out is taken away before ffmpeg sees it.
    program.write_text(
        f'#!/bin/sh\nsed -i /inpoint/d "{tmp_path}/all.mp4.work.part/clips.ffconcat"\n'
        f'exec "{locate()}" "$@"\n'
    )
    program.chmod(0o755)
    clips = [make_clip("a", 32, at=1), make_clip("b", 32, at=1)]
    with pytest.raises(MediaError, match=r"122 sound packets instead of 121"):
        join(clips, tmp_path / "all.mp4", cancel=Never(), ffmpeg=program)
    assert not (tmp_path / "all.mp4").exists()


def test_a_full_disk_is_told_as_such(tmp_path: Path, make_clip: MakeClip) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    write_chapters((), tmp_path)
    write_script([make_clip("a", 32, at=1)], [32], tmp_path, cancel=Never(), inpoint=INPOINT)
    with pytest.raises(DiskFull, match="no space left for joining"):
        run(spliced(tmp_path, Path("/dev/full")), purpose="joining", timeout=20)


def test_a_directory_that_is_missing_is_an_error(tmp_path: Path, make_clip: MakeClip) -> None:
    clip = make_clip("a", 32, at=1)
    with pytest.raises(MediaError, match=r"cannot write beside all\.mp4: No such file"):
        join([clip], tmp_path / "nowhere" / "all.mp4", cancel=Never())


@pytest.mark.parametrize("missing", [1, 200])
def test_a_clip_that_breaks_off_is_an_error(
    tmp_path: Path, make_clip: MakeClip, missing: int
) -> None:
    clip = make_clip("a", 32, samples=voice(32, 1))
    clip.video.write_bytes(clip.video.read_bytes()[:-missing])
    with pytest.raises(MediaError, match=r"a\.mp4 breaks off"):
        join([clip], tmp_path / "all.mp4", cancel=Never())
    assert not (tmp_path / "all.mp4").exists()
