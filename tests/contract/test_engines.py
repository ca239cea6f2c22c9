"""What every engine must keep, run on each one that the registry knows."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import config
from app.engines import registry
from app.errors import Cancelled, ConfigError, EngineUnavailable, LanguageError, VoiceSampleError
from app.media.audio import write_speech
from app.media.probe import probe
from app.phonetics import VISEMES, Viseme
from app.ports.face import FaceEngine
from app.ports.speech import Speech, SpeechEngine, VoiceUsed

pytestmark = pytest.mark.slow

SAMPLES = config.ROOT / "samples"

WORDS = {
    "en": "In 1974, Dr. Smith sent 3 packets.",
    "es": "En 1974 el doctor envió 3 paquetes.",
    "fr": "En 1974, le docteur envoya 3 paquets.",
    "it": "Nel 1974 il dottore inviò 3 pacchetti.",
    "ru": "В 1974 году инженер отправил 3 пакета.",
}


class GoOn:
    """Nobody asks to stop."""

    def check(self) -> None: ...


class Stop:
    """Somebody asked to stop already."""

    def check(self) -> None:
        raise Cancelled


def test_options_that_do_not_change_the_result_do_not_change_the_identity() -> None:
    one = registry.identity("face", "sadtalker", {"size": 256, "stall_seconds": 5})
    assert one == registry.identity("face", "sadtalker", {"size": 256, "stall_seconds": 9})
    assert one != registry.identity("face", "sadtalker", {"size": 512, "stall_seconds": 5})


def test_every_immaterial_option_exists() -> None:
    for kind in ("speech", "face"):
        for entry in registry.BUILTIN[kind].values():
            module, _, name = entry.options.partition(":")
            if module:
                fields = getattr(importlib.import_module(module), name).model_fields
                assert entry.immaterial <= fields.keys()


def embedded(kind: registry.Kind) -> list[str]:
    """Engines that need nothing but packages and weights; the others are tested at their own."""
    return sorted(name for name, entry in registry.BUILTIN[kind].items() if not entry.check)


@pytest.fixture(params=embedded("speech"), scope="module")
def speech_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def speech(
    speech_name: str, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SpeechEngine]:
    places = {"models_dir": models, "cache_dir": tmp_path_factory.mktemp("cache")}
    engine: SpeechEngine = registry.create("speech", speech_name, {}, places)
    engine.load()
    yield engine
    engine.close()
    engine.close()


def languages(name: str) -> list[str]:
    return sorted(registry.entry("speech", name).languages or ())


def spoken(engine: SpeechEngine, text: str, language: str) -> Speech:
    return engine.synthesize(text, engine.voice(SAMPLES / "voice.wav"), language, GoOn())


def test_a_speech_engine_has_the_methods_of_its_port(speech: SpeechEngine) -> None:
    assert isinstance(speech, SpeechEngine)


def test_every_language_it_claims_is_spoken(speech: SpeechEngine, speech_name: str) -> None:
    for language in languages(speech_name):
        text = WORDS[language]
        said = spoken(speech, text, language)
        seconds = len(said.samples) / said.rate
        assert said.samples.dtype == np.float32 and said.samples.ndim == 1
        assert 1.5 < seconds < 10, language
        assert 0.05 < float(np.abs(said.samples).max()) <= 1.0
        assert [word.text for word in said.words] == text.split()
        times = [time for word in said.words for time in (word.start, word.end)]
        assert times == sorted(times) and times[-1] <= seconds
        assert {viseme.name for viseme in said.visemes} <= set(VISEMES)
        assert said.visemes[0].start == 0 and said.visemes[-1].end == pytest.approx(
            seconds, abs=0.05
        )


def test_the_same_words_sound_the_same_again(speech: SpeechEngine) -> None:
    first, second = (spoken(speech, "The same words.", "en") for _ in range(2))
    assert np.array_equal(first.samples, second.samples)
    assert first.visemes == second.visemes


def test_a_preset_is_never_called_a_clone(speech: SpeechEngine) -> None:
    voice = spoken(speech, "Hello.", "en").voice
    assert voice.fidelity in ("preset_matched", "preset")
    assert voice.preset


def test_a_language_it_does_not_speak_is_refused(speech: SpeechEngine) -> None:
    with pytest.raises(LanguageError, match="de"):
        spoken(speech, "Guten Tag.", "de")


def test_speech_stops_when_asked(speech: SpeechEngine) -> None:
    voice = speech.voice(SAMPLES / "voice.wav")
    with pytest.raises(Cancelled):
        speech.synthesize("One. Two. Three.", voice, "en", Stop())


def test_a_picture_is_no_voice_sample(speech: SpeechEngine) -> None:
    with pytest.raises(VoiceSampleError):
        speech.voice(SAMPLES / "lecturer-man.jpg")


@pytest.fixture(params=embedded("face"), scope="module")
def face(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    places = {"models_dir": config.ROOT / "models", "cache_dir": tmp_path_factory.mktemp("cache")}
    engine: FaceEngine = registry.create("face", str(request.param), {"size": 256}, places)
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


VISEMES_SHOWN = (Viseme("sil", 0, 0.2), Viseme("aa", 0.2, 0.7), Viseme("sil", 0.7, 1.28))


def test_a_face_engine_has_the_methods_of_its_port(face: FaceEngine) -> None:
    assert isinstance(face, FaceEngine)


def test_a_clip_has_a_frame_for_every_960_samples(
    face: FaceEngine, driving_audio: Path, tmp_path: Path
) -> None:
    shares: list[float] = []
    face.animate(
        face.prepare(SAMPLES / "lecturer-man.jpg"),
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
    prepared = face.prepare(SAMPLES / "lecturer-man.jpg")
    clips = [tmp_path / "one.mp4", tmp_path / "two.mp4"]
    for clip in clips:
        face.animate(
            prepared, driving_audio, VISEMES_SHOWN, clip, cancel=GoOn(), progress=lambda _: None
        )
    assert clips[0].read_bytes() == clips[1].read_bytes()


def test_animation_stops_when_asked_and_leaves_nothing(
    face: FaceEngine, driving_audio: Path, tmp_path: Path
) -> None:
    prepared = face.prepare(SAMPLES / "lecturer-man.jpg")
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


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown face engine 'mask'"):
        registry.create("face", "mask", {}, {"models_dir": Path(), "cache_dir": Path()})


def test_an_unknown_option_is_named() -> None:
    with pytest.raises(ConfigError, match="colour"):
        registry.create("face", "meshwarp", {"colour": 1}, {"models_dir": Path()})


def test_missing_weights_say_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="python -m app setup"):
        registry.create("speech", "kokoro", {}, {"models_dir": tmp_path})
