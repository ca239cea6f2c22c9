"""What every face engine must keep: each one of the registry, SadTalker on a stand-in checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import config
from app.engines import registry
from app.errors import Cancelled
from app.media.audio import write_speech
from app.media.probe import probe
from app.phonetics import Viseme
from app.ports.face import FaceEngine
from app.ports.speech import Speech, VoiceUsed
from tests.bridge.checkout import interpreter, make_checkout
from tests.contract.test_speech_engines import GoOn, Stop

__all__ = ["interpreter"]

pytestmark = pytest.mark.slow

PORTRAIT = config.ROOT / "samples" / "lecturer-man.jpg"
VISEMES_SHOWN = (Viseme("sil", 0, 0.2), Viseme("aa", 0.2, 0.7), Viseme("sil", 0.7, 1.28))

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "meshwarp": ("meshwarp", {}),
    "sadtalker": ("sadtalker", {}),
    "sadtalker, once per fragment": ("sadtalker", {"mode": "oneshot"}),
}


def test_every_face_engine_is_here() -> None:
    assert {name for name, _ in CASES.values()} == registry.builtin("face").keys()


@pytest.fixture(params=CASES, scope="module")
def face(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FaceEngine]:
    name, options = CASES[request.param]
    place = tmp_path_factory.mktemp("face")
    places = {"models_dir": config.ROOT / "models", "cache_dir": place / "cache"}
    if name == "sadtalker":
        python: Path = request.getfixturevalue("interpreter")
        places["sad_talker_dir_path"] = make_checkout(place / "SadTalker", python).folder
    engine: FaceEngine = registry.create("face", name, {"size": 256, **options}, places)
    engine.load()
    yield engine
    engine.close()
    engine.close()


@pytest.fixture
def driving_audio(tmp_path: Path) -> Path:
    tone = 0.3 * np.sin(2 * np.pi * 200 * np.arange(32 * 960) / 24000)
    samples = tone.astype(np.float32)
    write_speech(Speech(samples, 24000, VoiceUsed("preset")), tmp_path / "speech.wav")
    return tmp_path / "speech.wav"


def test_it_has_the_methods_of_its_port(face: FaceEngine) -> None:
    assert isinstance(face, FaceEngine)


def test_a_clip_has_a_frame_for_every_960_samples(
    face: FaceEngine, driving_audio: Path, tmp_path: Path
) -> None:
    shares: list[float] = []
    face.animate(
        face.prepare(PORTRAIT),
        driving_audio,
        VISEMES_SHOWN,
        tmp_path / "clip.mp4",
        cancel=GoOn(),
        progress=shares.append,
    )
    clip = probe(tmp_path / "clip.mp4")
    assert (clip.video_codec, clip.audio_codec, clip.frames) == ("h264", "aac", 32)
    assert shares == sorted(shares) and 0 <= shares[0] <= shares[-1] <= 1


def test_the_same_input_gives_the_same_bytes(
    face: FaceEngine, driving_audio: Path, tmp_path: Path
) -> None:
    prepared = face.prepare(PORTRAIT)
    clips = [tmp_path / "one.mp4", tmp_path / "two.mp4"]
    for clip in clips:
        face.animate(
            prepared, driving_audio, VISEMES_SHOWN, clip, cancel=GoOn(), progress=lambda _: None
        )
    assert clips[0].read_bytes() == clips[1].read_bytes()


def test_animation_stops_when_asked_and_leaves_nothing(
    face: FaceEngine, driving_audio: Path, tmp_path: Path
) -> None:
    prepared = face.prepare(PORTRAIT)
    before = set(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        face.animate(
            prepared,
            driving_audio,
            VISEMES_SHOWN,
            tmp_path / "clip.mp4",
            cancel=Stop(),
            progress=lambda _: None,
        )
    assert set(tmp_path.iterdir()) == before
