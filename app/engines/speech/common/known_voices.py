"""Voices that were measured once, and what a sample has in common with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from app.engines.speech.common.speaker import Embedding
from app.engines.speech.common.voiceprint import VoicePrint

LEAST_SIMILARITY = 0.6
"""Below it an embedding says no more than that the speakers differ: pitch decides."""

REFERENCES = Path(__file__).parent / "known_voices.npz"
"""Name, embedding and pitch of Kokoro's 54 voices, by which women and men are told apart; made
by ``tools/measure_voices.py``."""

_GENDER_NEIGHBOURS = 3
_CLEAR_MARGIN = 0.02
_BETWEEN_GENDERS = 165.0
"""Hertz; the highest of deep voices, the lowest of high ones."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownVoice:
    """How a voice sounds."""

    name: str
    embedding: Embedding
    """Shape (256,), of length 1."""
    pitch: float
    """Median, hertz."""


@lru_cache
def read_voices(table: Path) -> tuple[KnownVoice, ...]:
    """The voices of a table as the tools that measure them write it, by name."""
    with np.load(table) as opened:
        rows = zip(opened["names"], opened["embeddings"], opened["pitches"], strict=True)
        return tuple(
            KnownVoice(str(name), _unit(embedding), float(pitch)) for name, embedding, pitch in rows
        )


def similarity(known: KnownVoice, voice: VoicePrint) -> float:
    """Cosine of the speaker embeddings."""
    return float(known.embedding @ voice.embedding)


def gender(voice: VoicePrint) -> Literal["f", "m"]:
    """Which of :data:`REFERENCES` are nearer, women's or men's; pitch where neither are clearly.

    The three nearest of each tell it right for 53 of the 54, each left out in turn; the other
    one is a child (2026-11-20).
    """
    margin = _nearness(voice, "f") - _nearness(voice, "m")
    if abs(margin) < _CLEAR_MARGIN and voice.pitch is not None:
        return "f" if voice.pitch > _BETWEEN_GENDERS else "m"
    return "f" if margin > 0 else "m"


def _nearness(voice: VoicePrint, of_gender: str) -> float:
    references = read_voices(REFERENCES)
    # The second letter of a name: "bf_emma" is British and female.
    near = sorted(similarity(known, voice) for known in references if known.name[1] == of_gender)
    return sum(near[-_GENDER_NEIGHBOURS:]) / _GENDER_NEIGHBOURS


def _unit(embedding: Embedding) -> Embedding:
    exact = embedding.astype(np.float32)
    unit: Embedding = exact / np.linalg.norm(exact)
    return unit
