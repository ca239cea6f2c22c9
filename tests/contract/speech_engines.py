"""The speech engines of the registry, for tests that run on each one that can run here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import config
from app.engines import registry
from app.ports.speech import PhraseEngine

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
    return sorted(registry.BUILTIN["speech"])


def languages(name: str) -> list[str]:
    """Those of :data:`SENTENCES` that the engine speaks."""
    return [language for language in SENTENCES if language in (_spoken(name) or SENTENCES)]


def made(name: str, models: Path, cache: Path) -> PhraseEngine:
    """The engine, loaded; the test is skipped with the registry's reason where it cannot run."""
    options, places = _OPTIONS.get(name, {}), {"models_dir": models, "cache_dir": cache}
    if lacking := registry.entry("speech", name).lacks(options, places):
        pytest.skip(lacking)
    engine: PhraseEngine = registry.create("speech", name, options, places)
    engine.load()
    return engine


def _spoken(name: str) -> frozenset[str] | None:
    return registry.entry("speech", name).languages
