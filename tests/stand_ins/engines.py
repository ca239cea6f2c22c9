"""Engines whose outside part, a program or a model, is a stand-in: their own code is real."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from app.engines import registry
from app.engines.speech.common.coqui import cloning

if TYPE_CHECKING:
    from app.engines.speech.common.coqui.latents import Latents
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress

_PROGRAM = Path(__file__).with_name("program.py")


SPEAKS_FASTER = 1.0
"""Than people do: beyond 2 nobody believes that the whole text was spoken."""


@dataclass
class Outside:
    """What stands in for an engine's outside part, and what it was told."""

    options: dict[str, Any]
    """With which the engine finds it."""
    told: Callable[[], list[str]]
    """A line for each call."""


def rhvoice(folder: Path, _patch: pytest.MonkeyPatch) -> Outside:
    """RHVoice-test with a woman's and a man's voice for each language."""
    for name, language, gender in (
        ("anna", "Russian", "female"),
        ("aleksandr", "Russian", "male"),
        ("slt", "English", "female"),
        ("alan", "English", "male"),
    ):
        voice = folder / "data" / "voices" / name
        voice.mkdir(parents=True)
        (voice / "voice.info").write_text(f"language={language}\ngender={gender}\n")
    return _program("rhvoice", folder, data_dir=folder / "data")


def festival(folder: Path, _patch: pytest.MonkeyPatch) -> Outside:
    """Festival with its Russian voice."""
    (folder / "data" / "voices" / "russian" / "msu_ru_nsh_clunits").mkdir(parents=True)
    return _program("festival", folder, data_dir=folder / "data")


def espeak(folder: Path, _patch: pytest.MonkeyPatch) -> Outside:
    """espeak-ng."""
    return _program("espeak", folder)


def _program(name: str, folder: Path, **options: Any) -> Outside:
    path, noted = folder / name, folder / "noted"
    command = shlex.join([sys.executable, "-S", "-E", str(_PROGRAM), name, str(noted)])
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    options |= {"program": path, "cache_dir": folder / "cache"}
    return Outside(options, lambda: noted.read_text(encoding="utf-8").splitlines())


class _Tensor:
    """As much of a tensor as the store of latents asks for."""

    def cpu(self) -> _Tensor:
        return self

    def contiguous(self) -> _Tensor:
        return self


@dataclass
class _Model:
    """A network that hums as long as people take for the text, and notes what it is told."""

    speaks: Mapping[str, float]
    """Characters a second, by the model's own name of the language."""
    told: list[str] = field(default_factory=list)
    rate: int = 24000
    most_tokens: int = 402

    def knows(self, language: str) -> bool:
        return language in self.speaks

    def tokens(self, text: str, _language: str) -> int:
        return len(text)

    def latents(self, _samples: Samples) -> dict[str, Any]:
        return {"speaker": _Tensor()}

    def close(self) -> None: ...

    def hum(self, text: str, language: str, seed: int, cancel: Cancel) -> Samples:
        cancel.check()
        self.told.append(f"language={language} seed={seed}")
        seconds = 0.3 + len(text) / self.speaks[language] / SPEAKS_FASTER
        times = np.arange(round(seconds * self.rate)) / self.rate
        return (0.3 * np.sin(2 * np.pi * 150 * times)).astype(np.float32)


class _XttsModel(_Model):
    def say(
        self,
        text: str,
        language: str,
        latents: Latents,
        *,
        seed: int,
        longest: float,
        cancel: Cancel,
        progress: Progress,
    ) -> Any:
        from app.engines.speech.xtts.model import Said

        progress(0.5)
        return Said(self.hum(text, language, seed, cancel), stopped=False)


class _YourTtsModel(_Model):
    def say(
        self, text: str, language: str, latents: Latents, *, seed: int, cancel: Cancel
    ) -> Samples:
        return self.hum(text, language, seed, cancel)


def xtts(folder: Path, patch: pytest.MonkeyPatch) -> Outside:
    """XTTS without its network."""
    from app.engines.speech.xtts.engine import Xtts
    from app.engines.speech.xtts.languages import LANGUAGES

    model = _XttsModel({spoken.name: spoken.rate for spoken in LANGUAGES.values()})
    return _coqui(Xtts, model, folder, patch)


def yourtts(folder: Path, patch: pytest.MonkeyPatch) -> Outside:
    """YourTTS without its network."""
    from app.engines.speech.yourtts.engine import YourTts
    from app.engines.speech.yourtts.languages import LANGUAGES

    model = _YourTtsModel({spoken.name: spoken.rate for spoken in LANGUAGES.values()}, rate=16000)
    return _coqui(YourTts, model, folder, patch)


def _coqui(engine: type, model: _Model, folder: Path, patch: pytest.MonkeyPatch) -> Outside:
    def cleaned(text: str, _language: str) -> str:
        return text.lower()

    tokenizer = ModuleType("TTS.tts.layers.xtts.tokenizer")
    tokenizer.__dict__["multilingual_cleaners"] = cleaned
    tokenizer.__dict__["expand_abbreviations_multilingual"] = lambda text, _language: text
    patch.setitem(sys.modules, tokenizer.__name__, tokenizer)
    for package in ("TTS", "TTS.tts", "TTS.tts.layers", "TTS.tts.layers.xtts"):
        patch.setitem(sys.modules, package, ModuleType(package))
    patch.setattr(cloning, "lacks_packages", lambda _engine: "")
    patch.setattr(cloning, "weights", lambda _options: folder)
    patch.setattr(engine, "_open", lambda _self, _folder: (model, "stand-in"))
    return Outside({"word_times": "proportional"}, lambda: model.told)


SPEECH: Mapping[str, Callable[[Path, pytest.MonkeyPatch], Outside]] = {
    "rhvoice": rhvoice,
    "festival": festival,
    "espeak": espeak,
    "xtts": xtts,
    "yourtts": yourtts,
}
"""By the name of the engine; the others need no more than the packages of the tests."""


def create(kind: Any, name: str, options: Mapping[str, Any], places: Mapping[str, Path]) -> Any:
    """The engine, whatever it lacks here."""
    card = registry.card(kind, name)
    return card.create(card.chosen(options, places))
