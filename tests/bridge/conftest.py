"""A stand-in checkout, the engine on it, and what drives it."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

import config
from app.engines.face.sadtalker.engine import SadTalker
from app.engines.face.sadtalker.options import SadTalkerOptions
from app.errors import Cancelled
from tests.bridge.checkout import Checkout, interpreter, make_checkout

__all__ = ["interpreter"]

collect_ignore = ["stand_in_checkout"]

PORTRAIT = config.ROOT / "samples" / "lecturer-man.jpg"

MakeEngine = Callable[..., SadTalker]
MakeSound = Callable[..., Path]


class GoOn:
    """Nobody asks to stop."""

    def check(self) -> None: ...


class StopAfter:
    """Somebody asks to stop at a look, from then on."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled


@pytest.fixture
def checkout(tmp_path: Path, interpreter: Path) -> Checkout:
    return make_checkout(tmp_path / "SadTalker", interpreter)


@pytest.fixture
def make_engine(checkout: Checkout, tmp_path: Path) -> Iterator[MakeEngine]:
    """Engines on the stand-in checkout, loaded; ended and looked for afterwards."""
    made: list[SadTalker] = []

    def make(**options: Any) -> SadTalker:
        given = {"sad_talker_dir_path": checkout.folder, "cache_dir": tmp_path / "cache", **options}
        made.append(SadTalker(SadTalkerOptions(**given)))
        made[-1].load()
        return made[-1]

    yield make
    for engine in made:
        engine.close()
    assert psutil.Process().children(recursive=True) == []


@pytest.fixture
def engine(make_engine: MakeEngine) -> SadTalker:
    return make_engine()


@pytest.fixture
def make_sound(tmp_path: Path) -> MakeSound:
    """Driving audio of so many seconds: a quiet tone, 24 kHz."""

    def make(seconds: float, name: str = "speech.wav", pitch: float = 200.0) -> Path:
        times = np.arange(round(seconds * 24000)) / 24000
        pcm = (3000 * np.sin(2 * np.pi * pitch * times)).astype("<i2")
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as opened:
            opened.setnchannels(1)
            opened.setsampwidth(2)
            opened.setframerate(24000)
            opened.writeframes(pcm.tobytes())
        return path

    return make


def animate(engine: SadTalker, sound: Path, target: Path, **more: Any) -> list[float]:
    """The clip of the sample portrait; returns the shares of progress that were told."""
    shares: list[float] = []
    face = more.pop("face", None) or engine.prepare(PORTRAIT)
    cancel = more.pop("cancel", GoOn())
    engine.animate(face, sound, (), target, cancel=cancel, progress=shares.append)
    return shares
