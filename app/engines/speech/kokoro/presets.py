"""Kokoro's built-in voices and which of them is nearest to a sample."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.engines.speech.common.known_voices import (
    LEAST_SIMILARITY,
    REFERENCES,
    KnownVoice,
    gender,
    read_voices,
    similarity,
)
from app.engines.speech.common.voiceprint import VoicePrint
from app.errors import ConfigError
from app.ports.speech import VoiceUsed

Fidelity = Literal["preset_matched", "preset"]

ACCENTS: Mapping[str, Mapping[str, float]] = {
    "en": {"a": 0.0, "b": 0.0, "e": 0.05, "f": 0.05, "i": 0.05, "p": 0.05, "h": 0.05},
    "es": {"e": 0.0, "i": 0.04, "p": 0.04, "f": 0.04},
    "fr": {"f": 0.0, "i": 0.04, "b": 0.1, "e": 0.1, "p": 0.1},
    "it": {"i": 0.0, "e": 0.02, "p": 0.02, "f": 0.04},
    "ru": {"i": 0.0, "h": 0.02, "e": 0.02, "f": 0.03, "p": 0.03},
}
"""What a voice's own language (first letter of its name) costs it in each language, as similarity.

A voice keeps the accent, and in part the clarity, of the language that it was
trained on; families that are not listed are not used.  Nobody was trained on
Russian: these are understood well in the manner of Hindi voices, Italian ones
best; American and British ones are not.  French: a Spanish voice
12, others at most 3.  Spanish and Italian: no difference beyond chance.
``tools/measure_speech.py`` and ``tools/measure_russian.py``, 2026-11-20.
"""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a built-in voice is made to speak a language."""

    speaker: str
    """The voice whose rhythm and melody it takes."""
    length_scale: float
    """Above 1 is slower."""


_MANNERS: Mapping[str, tuple[Manner, ...]] = {
    "ru": tuple(Manner(name, 1.1) for name in ("hf_alpha", "hf_beta", "hm_omega", "hm_psi")),
}
"""Where a voice's own manner is not the best.

With Hindi rhythm and melody, and a tenth slower, Russian is far easier to follow; a Romance
timbre is as clear as a Hindi one.  ``docs/decisions/0005-russian-on-kokoro.md`` has the figures.
"""

PACES: Mapping[str, float] = {"fr": 1.2}
"""Where the voices hurry: how much longer each sound is made.

French is spoken at 227 words a minute without, at 190 with; English at 173, Spanish at 177.
"""

CLAUSE_PAUSES: Mapping[str, float] = {"es": 0.2, "fr": 0.2, "it": 0.2}
"""Least seconds of silence behind a comma, where the voices leave 0 to 0.15 themselves."""

CHARACTERS = frozenset({"af_nicole", "am_santa", "em_santa", "pm_santa", "zm_yunxia"})
"""Voices that play a part: one whispers and takes half as long again, three Santas, a child."""


@dataclass(frozen=True, slots=True, eq=False)
class Preset(KnownVoice):
    """A built-in voice; its name tells language, gender and given name, as in ``bf_emma``."""

    @property
    def family(self) -> str:
        """Letter of the language and accent it was trained on."""
        return self.name[0]

    @property
    def gender(self) -> str:
        return self.name[1]

    @property
    def british(self) -> bool:
        return self.family == "b"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A built-in voice and what to say of it."""

    preset: Preset
    used: VoiceUsed


@lru_cache(maxsize=1)
def presets() -> tuple[Preset, ...]:
    """The 54 voices, by name."""
    known = read_voices(REFERENCES)
    return tuple(Preset(voice.name, voice.embedding, voice.pitch) for voice in known)


def preset_named(name: str) -> Preset:
    """The built-in voice of that name.

    Raises:
        ConfigError: There is none; the message lists them.
    """
    by_name = {preset.name: preset for preset in presets()}
    if name not in by_name:
        raise ConfigError(f"no built-in voice {name!r}; there are {', '.join(by_name)}")
    return by_name[name]


def choose(voice: VoicePrint, language: str, *, fixed: Preset | None = None) -> Chosen:
    """The voice to speak with: of the sample's gender, similar to it, at home in the language.

    Args:
        voice: Of the sample.
        language: A key of :data:`ACCENTS`.
        fixed: Use this one, whatever the sample.

    Returns:
        The voice and what is reported of it: ``preset_matched`` when the
        similarity means something, ``preset`` when pitch and gender decided or
        the voice was fixed.
    """
    if fixed is not None:
        return _chosen(fixed, voice, "preset")
    candidates = _candidates(language, gender(voice))
    cost = ACCENTS[language]
    best = max(candidates, key=lambda preset: similarity(preset, voice) - cost[preset.family])
    if similarity(best, voice) >= LEAST_SIMILARITY:
        return _chosen(best, voice, "preset_matched")
    if voice.pitch is not None:
        best = min(candidates, key=lambda p: _octaves(p, voice) + cost[p.family])
    return _chosen(best, voice, "preset")


def manner(preset: Preset, language: str) -> Manner:
    """How this voice speaks that language.

    Its own way; in languages that others are better understood in, the way of
    the one of its gender that is nearest in pitch.

    >>> sara = preset_named("if_sara")
    >>> manner(sara, "ru").speaker, manner(sara, "it").speaker
    ('hf_alpha', 'if_sara')
    """
    of_gender = [
        other
        for other in _MANNERS.get(language, ())
        if preset_named(other.speaker).gender == preset.gender
    ]
    if not of_gender:
        return Manner(preset.name, PACES.get(language, 1.0))
    return min(
        of_gender,
        key=lambda other: abs(math.log2(preset_named(other.speaker).pitch / preset.pitch)),
    )


def _candidates(language: str, of_gender: str) -> list[Preset]:
    return [
        preset
        for preset in presets()
        if preset.gender == of_gender
        and preset.family in ACCENTS[language]
        and preset.name not in CHARACTERS
    ]


def _octaves(preset: Preset, voice: VoicePrint) -> float:
    """How far the pitches are apart."""
    assert voice.pitch is not None
    return abs(math.log2(preset.pitch / voice.pitch))


def _chosen(preset: Preset, voice: VoicePrint, fidelity: Fidelity) -> Chosen:
    measured = round(similarity(preset, voice), 3)
    return Chosen(preset, VoiceUsed(fidelity, preset=preset.name, similarity=measured))
