"""An option of each engine does what it says, where it acts: it is not only accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.engines import registry
from app.media.probe import probe
from app.ports.face import FaceEngine
from app.ports.speech import Speech, SpeechEngine
from tests.bridge.checkout import interpreter, make_checkout
from tests.contract.test_face_engines import PORTRAIT, VISEMES_SHOWN, driving_audio
from tests.contract.test_speech_engines import SAMPLES, WORDS, GoOn
from tests.stand_ins import engines

__all__ = ["driving_audio", "interpreter"]

pytestmark = pytest.mark.slow

Say = Callable[..., tuple[Speech, list[str]]]


@pytest.fixture
def say(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Speaks with options; returns the sound, and what a stand-in was told."""

    def run(name: str, language: str = "en", **options: Any) -> tuple[Speech, list[str]]:
        place = tmp_path / str(len(list(tmp_path.iterdir())))
        place.mkdir()
        outside = engines.Outside({}, list)
        if name in engines.SPEECH:
            outside = engines.SPEECH[name](place, monkeypatch)
        given = {**outside.options, **options}
        engine: SpeechEngine = engines.create("speech", name, given, {"models_dir": models})
        engine.load()
        voice = engine.voice(SAMPLES / "voice.wav")
        speech = engine.synthesize(WORDS[language], voice, language, GoOn())
        engine.close()
        return speech, outside.told()

    return run


def test_the_voice_of_kokoro(say: Say) -> None:
    assert say("kokoro", voice="bm_george")[0].voice.preset == "bm_george"


def test_the_length_scale_of_hibari(say: Say) -> None:
    usual, slower = (say("hibari", length_scale=scale)[0] for scale in (1.0, 1.5))
    assert slower.words[-1].end / usual.words[-1].end == pytest.approx(1.5, abs=0.15)


def test_the_voice_and_speed_of_rhvoice(say: Say) -> None:
    _, told = say("rhvoice", "ru", voice="anna", speed=1.5)
    assert "-p anna -r 150" in told[0]


def test_the_speed_of_festival(say: Say) -> None:
    usual, faster = (say("festival", "ru", speed=speed)[0] for speed in (1.0, 1.5))
    assert usual.words[-1].end / faster.words[-1].end == pytest.approx(1.5, abs=0.15)


def test_the_variant_of_espeak(say: Say) -> None:
    _, told = say("espeak", "de", variant="f4")
    assert "-v de+f4" in told[0]


@pytest.mark.parametrize("name", ["xtts", "yourtts"])
def test_the_seed_of_cloned_voices(say: Say, name: str) -> None:
    usual, again, other = (say(name, seed=seed)[1] for seed in (1, 1, 2))
    assert usual == again != other


def test_the_tries_of_xtts(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody speaks as fast as that: the phrase is of an impossible length.
    monkeypatch.setattr(engines, "SPEAKS_FASTER", 20.0)
    assert [len(say("xtts", retries=retries)[1]) for retries in (0, 2)] == [1, 3]


@pytest.mark.parametrize("size", [256, 512])
def test_the_size_of_meshwarp(size: int, driving_audio: Path, tmp_path: Path) -> None:
    engine: FaceEngine = registry.create("face", "meshwarp", {"size": size}, {})
    _show(engine, driving_audio, tmp_path / "clip.mp4")
    clip = probe(tmp_path / "clip.mp4")
    assert (clip.width, clip.height) == (size, size)


def test_the_pose_and_angles_of_sadtalker(
    interpreter: Path, driving_audio: Path, tmp_path: Path
) -> None:
    checkout = make_checkout(tmp_path / "SadTalker", interpreter)
    places = {"sad_talker_dir_path": checkout.folder, "cache_dir": tmp_path / "cache"}
    options = {"mode": "oneshot", "pose_style": 45, "input_yaw": [-20, 20]}
    engine: FaceEngine = registry.create("face", "sadtalker", options, places)
    _show(engine, driving_audio, tmp_path / "clip.mp4")
    arguments = json.loads(checkout.arguments.read_text(encoding="utf-8"))
    assert (arguments["pose_style"], arguments["input_yaw"]) == (45, [-20, 20])


def _show(engine: FaceEngine, sound: Path, target: Path) -> None:
    engine.load()
    face = engine.prepare(PORTRAIT)
    engine.animate(face, sound, VISEMES_SHOWN, target, cancel=GoOn(), progress=lambda _: None)
    engine.close()
