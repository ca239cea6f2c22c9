"""RHVoice's voices and which of them is nearest to a sample."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.engines.speech.common.program.preflight import Installed
from app.engines.speech.common.speaker import Embedding
from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.kokoro.presets import LEAST_SIMILARITY, gender
from app.ports.speech import VoiceUsed

TABLE = Path(__file__).parent / "rhvoice_voices.npz"
"""Name, embedding and pitch of each voice; made by ``tools/measure_rhvoice.py voices``."""

_CLEAREST = ("irina", "anna", "elena")
"""Those that Whisper-base understands best come first: of 626 words of
``tools/russian_paragraphs.txt`` it misheard 9.6, 11.9 and 12.0 % (2026-11-20)."""

_AS_SIMILAR = 0.05
"""Difference of similarities within which voices fit a sample equally well: recordings of one
person differ by as much."""

_AS_HIGH = 0.1
"""The same for pitch: octaves, a little over a semitone."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """How a voice sounds."""

    embedding: Embedding
    """Shape (256,), of length 1."""
    pitch: float
    """Median, hertz."""


@lru_cache(maxsize=1)
def measured() -> Mapping[str, Measured]:
    """The voices of Debian's packages by name."""
    with np.load(TABLE) as table:
        rows = zip(table["names"], table["embeddings"], table["pitches"], strict=True)
        return {
            str(name): Measured(_unit(embedding), float(pitch)) for name, embedding, pitch in rows
        }


def choose(sample: VoicePrint, voices: Sequence[Installed]) -> VoiceUsed:
    """The voice to speak with: of the sample's gender if there is one, and similar to it.

    Args:
        sample: Print of the voice sample.
        voices: Of the language; at least one.  Of several, one whose sound nobody measured
            comes last, and of several that fit equally well the one that is understood best
            speaks.

    Returns:
        ``preset_matched`` when the similarity means something, ``preset`` when pitch and
        gender decided.
    """
    of_gender = gender(sample)
    candidates = [voice for voice in voices if voice.gender == of_gender] or list(voices)
    known = [voice.name for voice in candidates if voice.name in measured()]
    if not known:
        return VoiceUsed("preset", preset=candidates[0].name)
    best = max(known, key=lambda name: similarity(name, sample))
    most = similarity(best, sample)
    if most >= LEAST_SIMILARITY:
        floor = max(LEAST_SIMILARITY, most - _AS_SIMILAR)
        alike = [name for name in known if similarity(name, sample) >= floor]
        return used(_clearest(alike, best), sample, matched=True)
    if sample.pitch is not None:
        pitch = sample.pitch
        distances = {name: abs(math.log2(measured()[name].pitch / pitch)) for name in known}
        best = min(known, key=distances.__getitem__)
        alike = [name for name in known if distances[name] <= distances[best] + _AS_HIGH]
        best = _clearest(alike, best)
    return used(best, sample)


def _clearest(names: Sequence[str], best: str) -> str:
    """The first of the clearest; the best match among voices that were not compared."""
    return next((name for name in _CLEAREST if name in names), best)


def used(name: str, sample: VoicePrint, *, matched: bool = False) -> VoiceUsed:
    """What is reported of a voice of RHVoice."""
    near = round(similarity(name, sample), 3) if name in measured() else None
    return VoiceUsed("preset_matched" if matched else "preset", preset=name, similarity=near)


def similarity(name: str, sample: VoicePrint) -> float:
    """Cosine of the speaker embeddings."""
    return float(measured()[name].embedding @ sample.embedding)


def _unit(embedding: Embedding) -> Embedding:
    exact = embedding.astype(np.float32)
    unit: Embedding = exact / np.linalg.norm(exact)
    return unit
