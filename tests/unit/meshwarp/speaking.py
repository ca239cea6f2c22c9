"""Made-up speech: visemes, and a sound that is loud where they are open."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.phonetics import Viseme, VisemeName
from app.ports.sound import SAMPLE_RATE

_VOWELS = ("aa", "ae", "E", "I", "Y", "O", "U", "V")

SENTENCE: tuple[VisemeName, ...] = (
    "PP", "aa", "DD", "E", "FF", "O", "SS", "I", "PP", "U", "kk", "aa", "LL", "ae", "PP", "Y",
    "CH", "O", "RR", "V", "PP", "ae", "TH", "E", "FF", "aa",
)  # fmt: skip


def speak(names: Sequence[VisemeName], *, start: float = 0.3) -> tuple[Viseme, ...]:
    """Vowels of 140 ms and consonants of 80 ms, one after another."""
    visemes = []
    for name in names:
        end = start + (0.14 if name in _VOWELS else 0.08)
        visemes.append(Viseme(name, start, end))
        start = end
    return tuple(visemes)


def sound_of(visemes: Sequence[Viseme], seconds: float) -> npt.NDArray[np.float32]:
    """Noise at 24 kHz, loud in vowels, soft in consonants, none in silence."""
    samples = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    noise = np.random.default_rng(5).standard_normal(len(samples)).astype(np.float32)
    for viseme in visemes:
        loud = {"sil": 0.0}.get(viseme.name, 0.2 if viseme.name in _VOWELS else 0.06)
        stretch = slice(round(viseme.start * SAMPLE_RATE), round(viseme.end * SAMPLE_RATE))
        samples[stretch] = loud * noise[stretch]
    return np.clip(samples, -1.0, 1.0)


def write_wav(samples: npt.NDArray[np.float32], target: Path) -> Path:
    """A 16-bit mono WAV at 24 kHz."""
    with wave.open(str(target), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(SAMPLE_RATE)
        opened.writeframes((samples * 32767.0).astype("<i2").tobytes())
    return target
