"""The models of the embedded engines, and small parts the tests share."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile

from app.engines.speech.hibari.engine import Hibari
from app.engines.speech.hibari.options import HibariOptions
from app.engines.speech.kokoro.engine import Kokoro, KokoroModel
from app.engines.speech.kokoro.options import KokoroOptions
from app.errors import Cancelled

if TYPE_CHECKING:
    from app.ports.sound import Samples


class Switch:
    """A cancel request that comes after some seconds, or never."""

    def __init__(self, after: float = float("inf")) -> None:
        self.asked_at = time.monotonic() + after
        self.checks = 0

    def check(self) -> None:
        self.checks += 1
        if time.monotonic() >= self.asked_at:
            raise Cancelled


@pytest.fixture(scope="session")
def models_dir(models: Path) -> Path:
    return models


@pytest.fixture(scope="session")
def hibari(models_dir: Path) -> Hibari:
    engine = Hibari(HibariOptions(models_dir=models_dir))
    engine.load()
    return engine


@pytest.fixture(scope="session")
def kokoro_model(models_dir: Path) -> KokoroModel:
    return KokoroModel(models_dir, threads=1, length_scale=1.0)


@pytest.fixture(scope="session")
def kokoro(models_dir: Path) -> Kokoro:
    engine = Kokoro(KokoroOptions(models_dir=models_dir))
    engine.load()
    return engine


@pytest.fixture(scope="session")
def woman(hibari: Hibari, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A voice sample of about six seconds: hibari's own voice."""
    text = (
        "Every summer we would walk along the river and watch the boats go by. "
        "Please think about this question until we meet again."
    )
    speech = hibari.synthesize(text, None, "en", Switch())
    path = tmp_path_factory.mktemp("voices") / "woman.wav"
    soundfile.write(path, speech.samples, speech.rate)
    return path


@pytest.fixture(scope="session")
def man(woman: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same words by a lower, larger voice: played at 0.62 of the speed."""
    samples, rate = soundfile.read(woman)
    path = tmp_path_factory.mktemp("voices") / "man.wav"
    soundfile.write(path, samples, round(0.62 * rate))
    return path


def loudness_of(samples: Samples, rate: int) -> float:
    """LUFS by the meter of another project."""
    import pyloudnorm  # takes as long to import as all that is tested here

    return float(pyloudnorm.Meter(rate).integrated_loudness(samples))


@pytest.fixture
def write_sound(tmp_path: Path) -> Callable[[Samples], Path]:
    def write(samples: Samples) -> Path:
        path = tmp_path / "sample.wav"
        soundfile.write(path, samples, 16000)
        return path

    return write
