from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from pydantic import ValidationError

from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.engines.face.meshwarp.puppet import Puppet
from app.errors import (
    Cancelled,
    EngineError,
    EngineUnavailable,
    MediaError,
    SourceImageError,
)
from app.ports.face import FaceEngine
from tests.unit.meshwarp.measure import read_clip
from tests.unit.meshwarp.speaking import SENTENCE, sound_of, speak, write_wav

VISEMES = speak(SENTENCE[:4], start=0.2)


class Go:
    """A cancel that is never asked for."""

    def check(self) -> None:
        pass


class StopAt:
    """A cancel that is asked for at the n-th look."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks == 0:
            raise Cancelled


@pytest.fixture(scope="module")
def wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    return write_wav(sound_of(VISEMES, 1.0), folder / "speech.wav")


@pytest.fixture(scope="module")
def clip(
    engine: MeshWarp, portrait: Path, wav: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    target = tmp_path_factory.mktemp("clip") / "speech.mp4"
    face = engine.prepare(portrait)
    engine.animate(face, wav, VISEMES, target, cancel=Go(), progress=lambda _: None)
    return target


def test_it_is_a_face_engine(engine: MeshWarp) -> None:
    assert isinstance(engine, FaceEngine)


def test_a_clip_has_as_many_frames_as_its_sound(clip: Path) -> None:
    assert len(read_clip(clip)) == 25


def test_a_clip_has_picture_and_sound(clip: Path) -> None:
    with av.open(str(clip)) as opened:
        assert [stream.codec_context.name for stream in opened.streams] == ["h264", "aac"]


def test_a_clip_starts_with_the_portrait(engine: MeshWarp, portrait: Path, clip: Path) -> None:
    puppet = engine.prepare(portrait)
    difference = np.abs(read_clip(clip)[0].astype(int) - puppet.picture)
    assert difference.mean() < 1.8


def test_the_same_input_gives_the_same_frames(
    engine: MeshWarp, portrait: Path, wav: Path, clip: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.mp4"
    face = engine.prepare(portrait)
    engine.animate(face, wav, VISEMES, again, cancel=Go(), progress=lambda _: None)
    assert all(np.array_equal(a, b) for a, b in zip(read_clip(clip), read_clip(again), strict=True))


def test_another_sound_moves_the_head_another_way(
    engine: MeshWarp, portrait: Path, clip: Path, tmp_path: Path
) -> None:
    other = write_wav(0.5 * sound_of(VISEMES, 1.0), tmp_path / "other.wav")
    target = tmp_path / "other.mp4"
    face = engine.prepare(portrait)
    engine.animate(face, other, VISEMES, target, cancel=Go(), progress=lambda _: None)
    assert not np.array_equal(read_clip(clip)[12], read_clip(target)[12])


def test_a_sound_of_no_whole_number_of_frames_is_rounded_up(
    engine: MeshWarp, portrait: Path, tmp_path: Path
) -> None:
    wav = write_wav(sound_of(VISEMES, 0.5)[:-100], tmp_path / "short.wav")
    target = tmp_path / "short.mp4"
    face = engine.prepare(portrait)
    engine.animate(face, wav, (), target, cancel=Go(), progress=lambda _: None)
    assert len(read_clip(target)) == 13


def test_progress_never_falls_and_ends_at_one(
    engine: MeshWarp, portrait: Path, wav: Path, tmp_path: Path
) -> None:
    shares: list[float] = []
    face = engine.prepare(portrait)
    engine.animate(face, wav, VISEMES, tmp_path / "a.mp4", cancel=Go(), progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) >= 3
    assert shares[-1] == 1.0


def test_a_cancelled_clip_leaves_no_file(
    engine: MeshWarp, portrait: Path, wav: Path, tmp_path: Path
) -> None:
    face = engine.prepare(portrait)
    with pytest.raises(Cancelled):
        engine.animate(
            face, wav, VISEMES, tmp_path / "a.mp4", cancel=StopAt(4), progress=lambda _: None
        )
    assert list(tmp_path.iterdir()) == []


def test_cancel_is_looked_at_every_four_frames(
    engine: MeshWarp, portrait: Path, wav: Path, tmp_path: Path
) -> None:
    cancel = StopAt(1000)
    face = engine.prepare(portrait)
    engine.animate(face, wav, VISEMES, tmp_path / "a.mp4", cancel=cancel, progress=lambda _: None)
    assert 1000 - cancel.looks >= 7


def test_a_picture_is_prepared_once(engine: MeshWarp, portrait: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(portrait.read_bytes())
    assert engine.prepare(copy) is engine.prepare(portrait)


def test_a_missing_picture_is_refused_by_name(engine: MeshWarp, tmp_path: Path) -> None:
    with pytest.raises(SourceImageError, match="the picture is missing"):
        engine.prepare(tmp_path / "nobody.png")


def test_a_picture_without_a_face_is_refused(engine: MeshWarp, tmp_path: Path) -> None:
    import cv2

    grey = tmp_path / "grey.png"
    cv2.imwrite(str(grey), np.full((300, 300, 3), 128, np.uint8))
    with pytest.raises(SourceImageError):
        engine.prepare(grey)


def test_an_engine_that_is_not_loaded_says_so(portrait: Path) -> None:
    with pytest.raises(EngineUnavailable, match="not loaded"):
        MeshWarp(MeshWarpOptions()).prepare(portrait)


def test_the_face_of_another_engine_is_refused(engine: MeshWarp, wav: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="str"):
        engine.animate("face", wav, (), tmp_path / "a.mp4", cancel=Go(), progress=lambda _: None)


def test_a_sound_without_a_sample_is_refused(
    engine: MeshWarp, portrait: Path, tmp_path: Path
) -> None:
    wav = write_wav(np.zeros(0, np.float32), tmp_path / "empty.wav")
    face = engine.prepare(portrait)
    with pytest.raises(MediaError, match=r"empty\.wav"):
        engine.animate(face, wav, (), tmp_path / "a.mp4", cancel=Go(), progress=lambda _: None)


def test_a_fragment_of_one_frame_is_the_portrait(
    engine: MeshWarp, portrait: Path, tmp_path: Path
) -> None:
    wav = write_wav(np.full(960, 0.3, np.float32), tmp_path / "one.wav")
    target = tmp_path / "one.mp4"
    face = engine.prepare(portrait)
    engine.animate(face, wav, (), target, cancel=Go(), progress=lambda _: None)
    assert len(read_clip(target)) == 1


def test_closing_twice_is_safe(portrait: Path) -> None:
    engine = MeshWarp(MeshWarpOptions(size=256))
    engine.load()
    assert isinstance(engine.prepare(portrait), Puppet)
    engine.close()
    engine.close()
    with pytest.raises(EngineUnavailable):
        engine.prepare(portrait)


@pytest.mark.parametrize("options", [{"motion": "still"}, {"motion": "lively", "still": True}])
def test_a_still_head_is_stiller_than_a_calm_one(
    portrait: Path, wav: Path, tmp_path: Path, options: dict[str, object]
) -> None:
    def turning(chosen: dict[str, object]) -> float:
        engine = MeshWarp(MeshWarpOptions.model_validate({"size": 256, "blink": False} | chosen))
        engine.load()
        target = tmp_path / "a.mp4"
        face = engine.prepare(portrait)
        engine.animate(face, wav, (), target, cancel=Go(), progress=lambda _: None)
        frames = read_clip(target)
        return float(np.abs(frames[12].astype(int) - frames[0]).mean())

    assert turning(options) < 0.5 * turning({})


@pytest.mark.parametrize(
    "options",
    [
        {"size": 300},
        {"preprocess": "extfull"},
        {"expression_scale": 2.0},
        {"head_motion": -0.1},
        {"motion": "wild"},
        {"preset": "placebo"},
        {"enhancer": "gfpgan"},
    ],
)
def test_options_it_does_not_know_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        MeshWarpOptions.model_validate(options)
