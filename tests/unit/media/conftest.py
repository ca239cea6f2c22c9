"""Sounds, clips and cancel requests made for these tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app.errors import Cancelled
from app.media.audio import write_pcm
from app.media.encoder import VideoWriter
from app.ports.media import Clip
from app.ports.speech import Speech, VoiceUsed

Samples = npt.NDArray[np.float32]
Frames = npt.NDArray[np.uint8]
MakeClip = Callable[..., Clip]

WIDTH, HEIGHT = 64, 48
RATE = 24000


class Never:
    """Nobody asks to stop."""

    def check(self) -> None:
        return


class After:
    """Somebody asks to stop after some seconds."""

    def __init__(self, seconds: float) -> None:
        self._when = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() >= self._when:
            raise Cancelled


def tone(seconds: float, *, level: float = 0.5, rate: int = RATE, hertz: float = 440.0) -> Samples:
    time_axis = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * time_axis)).astype(np.float32)


def speech(samples: Samples, rate: int = RATE) -> Speech:
    return Speech(samples, rate, VoiceUsed("preset"))


def write_exactly(samples: Samples, target: Path) -> None:
    """A WAV of these samples and no more; ``write_speech`` would fill it to whole blocks."""
    write_pcm(np.rint(samples * 32767).astype("<i2"), target)


def flashing(frames: int) -> Frames:
    """White at first, then black: shape (frames, HEIGHT, WIDTH, 3)."""
    pictures = np.zeros((frames, HEIGHT, WIDTH, 3), np.uint8)
    pictures[0] = 255
    return pictures


def beeping(frames: int, at: int = 0) -> Samples:
    """Silence but for a beep, one frame long, in one of the frames."""
    samples = np.zeros(frames * 960, np.float32)
    samples[at * 960 : (at + 1) * 960] = tone(0.04, level=0.8, hertz=1000.0)
    return samples


def in_seconds(ticks: int | None, time_base: Fraction | None) -> float:
    """A time of PyAV, whose parts may be missing by type but not in these files."""
    assert ticks is not None
    assert time_base is not None
    return float(ticks * time_base)


@pytest.fixture
def make_clip(tmp_path: Path) -> MakeClip:
    """Writes a clip that flashes and beeps in one frame, or sounds as it is told."""

    def make(
        name: str,
        frames: int = 10,
        *,
        at: int = 0,
        samples: Samples | None = None,
        size: tuple[int, int] = (WIDTH, HEIGHT),
        crf: int = 18,
    ) -> Clip:
        clip = Clip(tmp_path / f"{name}.mp4", tmp_path / f"{name}.wav")
        write_exactly(beeping(frames, at) if samples is None else samples, clip.sound)
        width, height = size
        pictures = np.zeros((frames, height, width, 3), np.uint8)
        pictures[at] = 255
        with VideoWriter(
            clip.video, width=width, height=height, sound=clip.sound, crf=crf
        ) as video:
            for picture in pictures:
                video.write(picture)
        return clip

    return make
