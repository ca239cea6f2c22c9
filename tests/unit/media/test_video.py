from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import Cancelled, MediaError
from app.media.audio import read_sound, read_wav, write_speech
from app.media.ffmpeg import run
from app.media.probe import probe
from app.media.video import join
from app.ports import Chapter, Clip
from tests.unit.media.conftest import After, MakeClip, Never, in_seconds, speech, tone


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


@pytest.fixture(scope="module")
def lengths() -> list[int]:
    """Frames of twelve fragments; not a multiple of AAC's 1024 samples among them."""
    return random.Random(1).sample(range(26, 60), 12)


def test_sound_and_picture_stay_together_over_twelve_fragments(
    tmp_path: Path, make_clip: MakeClip, lengths: list[int]
) -> None:
    clips = [make_clip(f"it's {n} [%d]", frames) for n, frames in enumerate(lengths)]
    target = tmp_path / "all.mp4"
    seconds = join(clips, target, cancel=Never())
    starts = [sum(lengths[:n]) / 25 for n in range(12)]
    assert seconds == pytest.approx(sum(lengths) / 25)
    assert flashes(target) == pytest.approx(starts, abs=0.001)
    assert beeps(target) == pytest.approx(starts, abs=0.010)


def test_a_clips_own_longer_sound_does_not_push_its_successor(
    tmp_path: Path, make_clip: MakeClip
) -> None:
    clip, successor = make_clip("a", 30), make_clip("b", 31)
    longer, pushing = tmp_path / "longer.wav", tmp_path / "pushing.mp4"
    write_speech(speech(tone(1.6)), longer)
    muxed = ["-i", str(clip.video), "-i", str(longer), "-map", "0:v", "-map", "1:a", "-c:v", "copy"]
    run([*muxed, str(pushing)], purpose="muxing", timeout=20)
    join([replace(clip, video=pushing), successor], tmp_path / "all.mp4", cancel=Never())
    assert flashes(tmp_path / "all.mp4") == pytest.approx([0.0, 1.2], abs=0.001)


def test_the_pictures_are_copied(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a", 30), make_clip("b", 31)]
    join(clips, tmp_path / "all.mp4", cancel=Never())
    copied = list(packets(tmp_path / "all.mp4"))
    assert copied == [*packets(clips[0].video), *packets(clips[1].video)]


def test_the_sound_is_that_of_the_wavs(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a", 30), make_clip("b", 31)]
    write_speech(speech(tone(1.24, hertz=300.0)), clips[1].sound)
    join(clips, tmp_path / "all.mp4", cancel=Never())
    heard = read_sound(tmp_path / "all.mp4", 24000)
    meant = np.concatenate([read_wav(clip.sound)[0] for clip in clips])
    # Before ffmpeg 8 the decoder keeps the silence that fills the last AAC packet.
    assert 0 <= heard.size - meant.size < 1024 * 24000 / 48000
    assert np.sqrt(np.mean((heard[: meant.size] - meant) ** 2)) < 0.02


def test_one_clip_is_joined_like_many(tmp_path: Path, make_clip: MakeClip) -> None:
    assert join([make_clip("a", 30)], tmp_path / "all.mp4", cancel=Never()) == pytest.approx(1.2)
    assert probe(tmp_path / "all.mp4").frames == 30


def test_the_same_clips_give_the_same_bytes(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a"), make_clip("b")]
    for name in ("one.mp4", "two.mp4"):
        join(clips, tmp_path / name, cancel=Never(), chapters=[Chapter("A", 0.0, 0.8)])
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_chapters_carry_their_titles_and_times(tmp_path: Path, make_clip: MakeClip) -> None:
    chapters = [Chapter("E = mc²; #1 \\ [x]", 0.0, 1.2), Chapter("Глава\nвторая", 1.2, 2.44)]
    join(
        [make_clip("a", 30), make_clip("b", 31)],
        tmp_path / "all.mp4",
        cancel=Never(),
        chapters=chapters,
    )
    with av.open(str(tmp_path / "all.mp4")) as container:
        found = container.chapters()
    assert [c["metadata"]["title"] for c in found] == ["E = mc²; #1 \\ [x]", "Глава вторая"]
    spans = [in_seconds(c[at], c["time_base"]) for c in found for at in ("start", "end")]
    assert spans == pytest.approx([0.0, 1.2, 1.2, 2.44])


def test_nothing_but_the_target_is_left(tmp_path: Path, make_clip: MakeClip) -> None:
    clips = [make_clip("a"), make_clip("b")]
    before = set(tmp_path.iterdir())
    join(clips, tmp_path / "all.mp4", cancel=Never())
    assert set(tmp_path.iterdir()) - before == {tmp_path / "all.mp4"}


def test_what_a_killed_join_left_is_no_hindrance(tmp_path: Path, make_clip: MakeClip) -> None:
    (tmp_path / "all.mp4.work.part").mkdir()
    (tmp_path / "all.mp4.work.part" / "1.mp4").write_bytes(b"old")
    join([make_clip("a")], tmp_path / "all.mp4", cancel=Never())
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
