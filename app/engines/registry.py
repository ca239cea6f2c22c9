"""Find an engine by name, say what it lacks, and create it.

Built-in engines are listed here; any installed package can add one through an
entry point, without a change in this repository::

    [project.entry-points."videolecture.speech"]
    nightingale = "nightingale_lecture:NightingaleSpeech"

Nothing is imported until an engine is created: importing a model's framework takes
seconds and, on some processors, aborts the process.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from app.errors import ConfigError, EngineUnavailable

Kind = Literal["speech", "face"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an engine lives and what it needs."""

    target: str
    """``module:Class``."""
    version: str
    """Part of every input hash: raise it when the same input gives another result."""
    summary: str
    languages: frozenset[str] | None = None
    """ISO 639-1 codes that a speech engine speaks; ``None``: any, or it does not matter."""
    requires: tuple[str, ...] = ()
    """Top-level modules that must be importable."""
    files: tuple[str, ...] = ()
    """Weights, relative to the models folder, that ``python -m app setup`` puts there."""

    def lacks(self, models: Path) -> str:
        """Why the engine cannot run here and what to do; empty when it can.

        Nothing is imported to find out.
        """
        modules = [name for name in self.requires if importlib.util.find_spec(name) is None]
        if modules:
            return f"packages missing: {', '.join(modules)}; see docs/engines.md"
        files = [name for name in self.files if not (models / name).is_file()]
        if files:
            return f"weights missing in {models}: {', '.join(files)}; run: python -m app setup"
        return ""


BUILTIN: Mapping[Kind, Mapping[str, Entry]] = {
    "speech": {
        "kokoro": Entry(
            "app.engines.speech.kokoro:Kokoro",
            version="1",
            summary="Kokoro-82M int8: 54 voices, the nearest to the sample speaks",
            languages=frozenset({"en", "es", "fr", "it", "ru"}),
            files=("kokoro/model.onnx", "kokoro/voices.npz"),
        ),
        "hibari": Entry(
            "app.engines.speech.hibari:Hibari",
            version="1",
            summary="hibari-tts: one female English voice, about 40 times faster",
            languages=frozenset({"en"}),
            files=("hibari/model.onnx",),
        ),
    },
    "face": {
        "meshwarp": Entry(
            "app.engines.face.meshwarp:MeshWarp",
            version="1",
            summary="warps the photo by 478 landmarks; no neural renderer, any CPU",
        ),
    },
}


@cache
def entries(kind: Kind) -> dict[str, Entry]:
    """Every engine of a kind by name; a plugin may not replace a built-in one."""
    found = {
        point.name: Entry(
            point.value,
            version=point.dist.version if point.dist else "0",
            summary=f"plugin of {point.dist.name if point.dist else 'an unknown package'}",
        )
        for point in entry_points(group=f"videolecture.{kind}")
    }
    return found | dict(BUILTIN[kind])


def entry(kind: Kind, name: str) -> Entry:
    """The entry of that name.

    Raises:
        ConfigError: No engine has it.
    """
    known = entries(kind)
    if name not in known:
        raise ConfigError(f"unknown {kind} engine {name!r}; known: {', '.join(sorted(known))}")
    return known[name]


def identity(kind: Kind, name: str, options: Mapping[str, Any]) -> str:
    """Name, version and options as canonical JSON: what an input hash is made from."""
    version = entry(kind, name).version
    return json.dumps([name, version, dict(options)], sort_keys=True, default=str)


def create(kind: Kind, name: str, options: Mapping[str, Any], places: Mapping[str, Path]) -> Any:
    """Create an engine; its model is not loaded yet.

    Args:
        options: The engine's own, as the configuration and the request give them.
        places: ``models_dir``, ``cache_dir`` and ``ffmpeg`` where it is set, handed to engines
            whose options name them.

    Returns:
        A ``SpeechEngine`` or a ``FaceEngine``.

    Raises:
        ConfigError: No engine has that name, or it does not know an option.
        EngineUnavailable: A package or its weights are not installed.
    """
    found = entry(kind, name)
    if lacks := found.lacks(places["models_dir"]):
        raise EngineUnavailable(f"{kind} engine {name!r} cannot run: {lacks}")
    module, _, attribute = found.target.partition(":")
    engine = getattr(importlib.import_module(module), attribute)
    wanted = {key: path for key, path in places.items() if key in engine.Options.model_fields}
    try:
        return engine(engine.Options(**{**wanted, **options}))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(f"options of {kind} engine {name!r}: {faults}") from error
