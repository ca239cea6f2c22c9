"""RHVoice's voices and which of them is nearest to a sample."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from app.engines.speech.common.known_voices import (
    LEAST_SIMILARITY,
    KnownVoice,
    gender,
    read_voices,
    similarity,
)
from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.rhvoice.preflight import Installed
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


@lru_cache(maxsize=1)
def measured() -> Mapping[str, KnownVoice]:
    """The voices of Debian's packages by name."""
    return {voice.name: voice for voice in read_voices(TABLE)}


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
    best = max(known, key=lambda name: similarity(measured()[name], sample))
    most = similarity(measured()[best], sample)
    if most >= LEAST_SIMILARITY:
        floor = max(LEAST_SIMILARITY, most - _AS_SIMILAR)
        alike = [name for name in known if similarity(measured()[name], sample) >= floor]
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
    near = round(similarity(measured()[name], sample), 3) if name in measured() else None
    return VoiceUsed("preset_matched" if matched else "preset", preset=name, similarity=near)
