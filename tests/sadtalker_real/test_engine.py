"""The service's own engine on the real checkout, in both of its ways."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.engines import registry
from app.errors import Cancelled, NoFaceError
from app.media.probe import probe
from app.ports.face import FaceEngine
from tests.sadtalker_real import place
from tests.sadtalker_real.conftest import FACE
from tests.sadtalker_real.likeness import State, state_of
from tests.sadtalker_real.place import Place

pytestmark = pytest.mark.slow


class GoOn:
    def check(self) -> None: ...


class StopAfter:
    """Asks to stop at the n-th look."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.fixture(params=["warm", "oneshot"], scope="module")
def engine(
    request: pytest.FixtureRequest, sadtalker: Place, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FaceEngine]:
    folder = tmp_path_factory.mktemp("engine")
    options = {
        "mode": request.param,
        "device": "cpu",
        "sad_talker_dir_path": sadtalker.furnished(folder / 'it\'s a "папка" $(touch PWNED)'),
        "sad_talker_python_path": sadtalker.interpreter(folder),
        "cache_dir": folder / "cache of 'clips'",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIM_RENDER", "stub")
        made: FaceEngine = registry.create("face", "sadtalker", options, {"models_dir": folder})
        made.load()
        yield made
        made.close()
    assert not list(folder.rglob("PWNED"))


def test_a_clip_has_the_frames_of_its_sound(engine: FaceEngine, tmp_path: Path) -> None:
    sound = place.speech(tmp_path / "$(touch PWNED).wav", 0.64)
    image = Path(shutil.copy(FACE, tmp_path / "лицо 'её'.jpg"))
    target = tmp_path / "clip $(touch PWNED).mp4"
    told: list[float] = []
    engine.animate(engine.prepare(image), sound, (), target, cancel=GoOn(), progress=told.append)
    found = probe(target)
    assert found.frames == 16
    assert found.duration == pytest.approx(0.64, abs=0.03)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert not list(tmp_path.rglob("PWNED"))


def test_a_clip_is_cancelled_and_the_next_one_made(engine: FaceEngine, tmp_path: Path) -> None:
    sound = place.speech(tmp_path / "audio.wav", 0.96)
    face = engine.prepare(FACE)
    target = tmp_path / "clip.mp4"
    with pytest.raises(Cancelled):
        engine.animate(face, sound, (), target, cancel=StopAfter(3), progress=lambda _: None)
    assert not target.exists()
    engine.animate(face, sound, (), target, cancel=GoOn(), progress=lambda _: None)
    assert target.exists()


def test_a_picture_without_a_face_is_refused(engine: FaceEngine, tmp_path: Path) -> None:
    sound = place.speech(tmp_path / "audio.wav", 0.96)
    target = tmp_path / "clip.mp4"
    wall = tmp_path / "wall.png"
    Image.new("RGB", (400, 400), "grey").save(wall)
    with pytest.raises(NoFaceError):
        engine.animate(
            engine.prepare(wall), sound, (), target, cancel=GoOn(), progress=lambda _: None
        )


def test_nothing_is_written_into_the_checkout(
    sadtalker: Place, before: State, engine: FaceEngine, tmp_path: Path
) -> None:
    sound = place.speech(tmp_path / "audio.wav", 0.96)
    target = tmp_path / "clip.mp4"
    face = engine.prepare(FACE)
    engine.animate(face, sound, (), target, cancel=GoOn(), progress=lambda _: None)
    assert state_of(sadtalker.checkout) == before
