from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import Cancelled, MediaError
from app.media.audio import read_wav
from app.media.ffmpeg import run
from app.media.probe import probe
from app.media.video import join
from app.ports.media import Chapter, Clip
from tests.sounds import read_sound
from tests.unit.media.conftest import (
    After,
    MakeClip,
    Never,
    in_seconds,
    tone,
    write_exactly,
)

FRAME = 0.04
"""Seconds."""


def flashes(video: Path) -> list[float]:
    """When white pictures are shown, in seconds."""
    with av.open(str(video)) as container:
        return [
            float(frame.time or 0.0)
            for frame in container.decode(video=0)
            if frame.to_ndarray(format="gray").mean() > 128
        ]


def beeps(video: Path) -> list[float]:
    """When beeps begin as a player hears them, in seconds."""
    with av.open(str(video)) as container:
        frames = list(container.decode(audio=0))
    rate, start = frames[0].sample_rate, float(frames[0].time or 0.0)
    loud = np.flatnonzero(np.abs(np.concatenate([f.to_ndarray()[0] for f in frames])) > 0.2)
    first = loud[np.diff(loud, prepend=-rate) > rate / 2]
    return [start + float(index) / rate for index in first]


def packets(video: Path) -> Iterator[bytes]:
    with av.open(str(video)) as container:
        for packet in container.demux(video=0):
            if packet.size:
                yield bytes(packet)


@dataclass(frozen=True)
class Way:
    """How a join brings the sound into its file, and the clips that make it do so."""

    name: str
    step: int
    """Clips last a multiple of so many pictures."""
    at: int
    """In this picture they flash and beep."""

    def frames(self, least: int) -> int:
        return least + -least % self.step


@pytest.fixture(params=[Way("spliced", 8, 1), Way("encoded", 1, 0)], ids=lambda way: way.name)
def way(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[Way]:
    """Both ways; the test fails when one of its joins goes the other."""
    caplog.set_level(logging.DEBUG, "app.media.video")
    taken: Way = request.param
    yield taken
    told = [line.getMessage() for line in caplog.get_records("call")]
    assert {line.split()[2] for line in told if line.startswith("sound is ")} == {taken.name}


@pytest.fixture
def two(way: Way, make_clip: MakeClip) -> list[Clip]:
    return [make_clip(name, way.frames(least), at=way.at) for name, least in [("a", 30), ("b", 37)]]


@pytest.fixture
def lengths(way: Way) -> list[int]:
    """Frames of twelve fragments, of which the encoded ones are no multiples of AAC's."""
    return [way.frames(least) for least in random.Random(1).sample(range(26, 60), 12)]


def test_sound_and_picture_stay_together_over_twelve_fragments(
    tmp_path: Path, make_clip: MakeClip, way: Way, lengths: list[int]
) -> None:
    clips = [make_clip(f"it's {n} [%d]", frames, at=way.at) for n, frames in enumerate(lengths)]
    target = tmp_path / "all.mp4"
    seconds = join(clips, target, cancel=Never())
    starts = [(sum(lengths[:n]) + way.at) / 25 for n in range(12)]
    assert seconds == pytest.approx(sum(lengths) / 25)
    assert flashes(target) == pytest.approx(starts, abs=0.001)
    assert beeps(target) == pytest.approx(starts, abs=0.001)


def test_picture_and_sound_begin_and_end_together(tmp_path: Path, two: list[Clip]) -> None:
    seconds = join(two, tmp_path / "all.mp4", cancel=Never())
    found = probe(tmp_path / "all.mp4")
    assert (found.video_start, found.audio_start) == (0.0, 0.0)
    assert found.video_duration == pytest.approx(seconds)
    assert found.audio_duration == pytest.approx(seconds)


def test_a_clips_own_longer_sound_does_not_push_its_successor(
    tmp_path: Path, make_clip: MakeClip
) -> None:
    clip, successor = make_clip("a", 32, at=1), make_clip("b", 32, at=1)
    longer, pushing = tmp_path / "longer.wav", tmp_path / "pushing.mp4"
    write_exactly(tone(1.6), longer)
    muxed = ["-i", str(clip.video), "-i", str(longer), "-map", "0:v", "-map", "1:a", "-c:v", "copy"]
    run([*muxed, str(pushing)], purpose="muxing", timeout=20)
    join([replace(clip, video=pushing), successor], tmp_path / "all.mp4", cancel=Never())
    assert flashes(tmp_path / "all.mp4") == pytest.approx([0.04, 1.32], abs=0.001)


def test_the_pictures_are_copied(tmp_path: Path, two: list[Clip]) -> None:
    join(two, tmp_path / "all.mp4", cancel=Never())
    copied = list(packets(tmp_path / "all.mp4"))
    assert copied == [*packets(two[0].video), *packets(two[1].video)]


def test_the_sound_is_that_of_the_wavs(tmp_path: Path, make_clip: MakeClip, way: Way) -> None:
    frames = way.frames(31)
    voice = tone(frames * FRAME, hertz=300.0)
    voice[: way.at * 960] = 0.0
    clips = [make_clip("a", frames, at=way.at), make_clip("b", frames, samples=voice)]
    join(clips, tmp_path / "all.mp4", cancel=Never())
    heard = read_sound(tmp_path / "all.mp4", 24000)
    meant = np.concatenate([read_wav(clip.sound)[0] for clip in clips])
    # Before ffmpeg 8 the decoder keeps the silence that fills the last AAC packet.
    assert 0 <= heard.size - meant.size < 1024 * 24000 / 48000
    assert np.sqrt(np.mean((heard[: meant.size] - meant) ** 2)) < 0.02


def test_one_clip_is_joined_like_many(tmp_path: Path, make_clip: MakeClip, way: Way) -> None:
    frames = way.frames(30)
    clip = make_clip("a", frames, at=way.at)
    assert join([clip], tmp_path / "all.mp4", cancel=Never()) == pytest.approx(frames / 25)
    assert probe(tmp_path / "all.mp4").frames == frames


def test_the_same_clips_give_the_same_bytes(tmp_path: Path, two: list[Clip]) -> None:
    for name in ("one.mp4", "two.mp4"):
        join(two, tmp_path / name, cancel=Never(), chapters=[Chapter("A", 0.0, 0.8)])
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_lecture_tells_neither_when_nor_by_what_it_was_made(
    tmp_path: Path, two: list[Clip]
) -> None:
    join(two, tmp_path / "all.mp4", cancel=Never())
    with av.open(str(tmp_path / "all.mp4")) as lecture:
        assert set(lecture.metadata) == {"major_brand", "minor_version", "compatible_brands"}


def test_the_index_stands_before_the_pictures(tmp_path: Path, two: list[Clip]) -> None:
    join(two, tmp_path / "all.mp4", cancel=Never())
    content = (tmp_path / "all.mp4").read_bytes()
    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_chapters_carry_their_titles_and_times(tmp_path: Path, two: list[Clip]) -> None:
    chapters = [Chapter("E = mc²; #1 \\ [x]", 0.0, 1.2), Chapter("Глава\nвторая", 1.2, 2.44)]
    join(two, tmp_path / "all.mp4", cancel=Never(), chapters=chapters)
    with av.open(str(tmp_path / "all.mp4")) as container:
        found = container.chapters()
    assert [c["metadata"]["title"] for c in found] == ["E = mc²; #1 \\ [x]", "Глава вторая"]
    spans = [in_seconds(c[at], c["time_base"]) for c in found for at in ("start", "end")]
    assert spans == pytest.approx([0.0, 1.2, 1.2, 2.44])


def test_nothing_but_the_target_is_left(tmp_path: Path, two: list[Clip]) -> None:
    before = set(tmp_path.iterdir())
    join(two, tmp_path / "all.mp4", cancel=Never())
    assert set(tmp_path.iterdir()) - before == {tmp_path / "all.mp4"}


def test_what_a_killed_join_left_is_no_hindrance(tmp_path: Path, two: list[Clip]) -> None:
    (tmp_path / "all.mp4.work.part").mkdir()
    (tmp_path / "all.mp4.work.part" / "1.mp4").write_bytes(b"old")
    join(two, tmp_path / "all.mp4", cancel=Never())
    assert not (tmp_path / "all.mp4.work.part").exists()


def test_a_cancelled_join_leaves_nothing_behind(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a")]
    before = set(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        join(clips, tmp_path / "all.mp4", cancel=After(0.0))
    assert set(tmp_path.iterdir()) == before


def test_no_clips_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"no clips to join into all\.mp4"):
        join([], tmp_path / "all.mp4", cancel=Never())


def test_clips_of_two_sizes_do_not_fit(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a"), make_clip("b", size=(32, 48))]
    with pytest.raises(MediaError, match=r"b\.mp4 is 32x48, a\.mp4 is 64x48"):
        join(clips, tmp_path / "all.mp4", cancel=Never())


def test_sound_of_another_length_does_not_fit(tmp_path: Path, make_clip: MakeClip) -> None:
    clip = replace(make_clip("a", 10), sound=make_clip("b", 12).sound)
    with pytest.raises(MediaError, match=r"a\.mp4 has 10 frames, b\.wav has sound for 12"):
        join([clip], tmp_path / "all.mp4", cancel=Never())


def test_a_clip_that_is_no_video_is_an_error(tmp_path: Path, make_clip: MakeClip) -> None:
    clip = make_clip("a")
    broken = Clip(tmp_path / "broken.mp4", clip.sound)
    broken.video.write_bytes(clip.video.read_bytes()[:500])
    with pytest.raises(MediaError, match=r"cannot read broken\.mp4 as a video"):
        join([clip, broken], tmp_path / "all.mp4", cancel=Never())


def test_clips_of_two_encoder_settings_do_not_fit(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a", crf=18), make_clip("b", crf=30)]
    with pytest.raises(MediaError, match=r"b\.mp4 and a\.mp4 were encoded with different settings"):
        join(clips, tmp_path / "all.mp4", cancel=Never())
