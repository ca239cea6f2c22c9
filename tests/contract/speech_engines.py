"""The speech engines of the registry, for tests that run on each one that can run here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import config
from app.engines import registry
from app.ports.speech import PhraseEngine
from tests.services.programs import skip_without

VOICE = config.ROOT / "samples" / "voice.wav"

SENTENCES = {
    "en": "Packets travel alone.",
    "es": "Los paquetes viajan solos.",
    "fr": "Les paquets voyagent seuls.",
    "it": "I pacchetti viaggiano soli.",
    "ru": "Пакеты идут одни.",
}
"""One in each language that a lecture is tested in."""

_OPTIONS: dict[str, dict[str, Any]] = {
    # What a recognizer hears of the whole sound, no phrase can know.
    "xtts": {"word_times": "proportional"},
    "yourtts": {"word_times": "proportional"},
}


def names() -> list[str]:
    return sorted(registry.builtin("speech"))


def languages(name: str) -> list[str]:
    """Those of :data:`SENTENCES` that the engine speaks."""
    return [language for language in SENTENCES if language in _spoken(name)]


def made(name: str, models: Path, cache: Path) -> PhraseEngine:
    """The engine, loaded; the test is skipped with the registry's reason where it cannot run."""
    options, places = _OPTIONS.get(name, {}), {"models_dir": models, "cache_dir": cache}
    if lacking := registry.card("speech", name).lacks(options, places):
        skip_without(lacking)
    engine: PhraseEngine = registry.create("speech", name, options, places)
    engine.load()
    return engine


def _spoken(name: str) -> frozenset[str]:
    return registry.card("speech", name).languages
