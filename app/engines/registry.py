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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from app.engines.speech.common.program.options import ESPEAK_LANGUAGES
from app.errors import ConfigError, EngineUnavailable

Kind = Literal["speech", "face"]

Options = TypeVar("Options", bound=BaseModel)


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
    options: str = ""
    """``module:Class`` of its options, where that is a module without a model's framework."""
    check: str = ""
    """``module:function`` that knows what else is missing, see :data:`Check`."""
    single_core: bool = False
    """A fragment keeps one core busy and no device: as many at a time as there are cores."""
    immaterial: frozenset[str] = frozenset()
    """Options that change how the work is done and not what comes out."""
    report: str = ""
    """``module:function`` that examines it thoroughly for ``doctor``, see :data:`Report`."""

    def lacks(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
        """Why the engine cannot run here and what to do; empty when it can.

        No model and no framework is imported to find out.

        Args:
            options: The engine's own, as the configuration gives them.
            places: As for :func:`create`.
        """
        modules = [name for name in self.requires if importlib.util.find_spec(name) is None]
        if modules:
            return f"packages missing: {', '.join(modules)}; see docs/engines.md"
        models = places["models_dir"]
        files = [name for name in self.files if not (models / name).is_file()]
        if files:
            return f"weights missing in {models}: {', '.join(files)}; run: python -m app setup"
        if self.check:
            check: Check = _named(self.check)
            return check(options, places)
        return ""

    def examine(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> Iterator[Finding]:
        """What a thorough look finds; nothing when the engine offers none."""
        if self.report:
            report: Report = _named(self.report)
            yield from report(options, places)

    def misfit(self, options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
        """Which of the options the engine does not know or allow; empty when all are fine.

        Told without a model, of engines that name their ``options``.
        """
        if not self.options:
            return ""
        known: type[BaseModel] = _named(self.options)
        try:
            with_places(known, options, places)
        except ValidationError as error:
            return faults(error)
        return ""


Check = Callable[[Mapping[str, Any], Mapping[str, Path]], str]
"""From options and places to what is missing and what to do; empty when nothing is.

Asked before a lecture is accepted, in the web process: it answers within a tenth of a
second and imports no framework.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of an engine's examination."""

    what: str
    ok: bool
    says: str
    """What was found or, when it is not right, what to do."""


Report = Callable[[Mapping[str, Any], Mapping[str, Path]], Iterator[Finding]]
"""Examines an engine for real, in the order in which its faults are to be mended."""


_OF_XTTS = frozenset(
    {"ar", "cs", "de", "en", "es", "fr", "hi", "hu", "it", "ja", "ko"}
    | {"nl", "pl", "pt", "ru", "tr", "zh"}
)

BUILTIN: Mapping[Kind, Mapping[str, Entry]] = {
    "speech": {
        "kokoro": Entry(
            "app.engines.speech.kokoro.engine:Kokoro",
            version="4",
            summary="Kokoro-82M int8: 54 voices, the nearest to the sample speaks",
            languages=frozenset({"en", "es", "fr", "it", "ru"}),
            files=("kokoro/model.onnx", "kokoro/voices.npz"),
            single_core=True,
            immaterial=frozenset({"threads"}),
        ),
        "hibari": Entry(
            "app.engines.speech.hibari.engine:Hibari",
            version="3",
            summary="hibari-tts: one female English voice, about 40 times faster",
            languages=frozenset({"en"}),
            files=("hibari/model.onnx",),
            single_core=True,
        ),
        "rhvoice": Entry(
            "app.engines.speech.rhvoice.engine:Rhvoice",
            version="2",
            summary="RHVoice of Debian non-free: the most intelligible Russian; English, too",
            languages=frozenset({"en", "ru"}),
            options="app.engines.speech.common.program.options:RhvoiceOptions",
            check="app.engines.speech.common.program.preflight:lacks_rhvoice",
            single_core=True,
        ),
        "festival": Entry(
            "app.engines.speech.festival.engine:Festival",
            version="2",
            summary="Festival of Debian: one male Russian voice",
            languages=frozenset({"ru"}),
            options="app.engines.speech.common.program.options:FestivalOptions",
            check="app.engines.speech.common.program.preflight:lacks_festival",
            single_core=True,
        ),
        "espeak": Entry(
            "app.engines.speech.espeak.engine:Espeak",
            version="2",
            summary="espeak-ng of Debian: 72 languages, robotic",
            languages=ESPEAK_LANGUAGES,
            options="app.engines.speech.common.program.options:EspeakOptions",
            check="app.engines.speech.common.program.preflight:lacks_espeak",
            single_core=True,
        ),
        "xtts": Entry(
            "app.engines.speech.xtts.engine:Xtts",
            version="4",
            summary="XTTS v2 of coqui-tts: clones the sample's voice, for a GPU",
            languages=_OF_XTTS,
            options="app.engines.speech.common.coqui.options:XttsOptions",
            immaterial=frozenset({"threads", "accept_licence"}),
            check="app.engines.speech.common.coqui.preflight:lacks_xtts",
            report="app.engines.speech.common.coqui.preflight:report_xtts",
        ),
        "yourtts": Entry(
            "app.engines.speech.yourtts.engine:YourTts",
            version="4",
            summary="YourTTS of coqui-tts: clones the sample's voice, small",
            languages=frozenset({"en", "fr", "pt"}),
            options="app.engines.speech.common.coqui.options:YourTtsOptions",
            immaterial=frozenset({"threads", "accept_licence"}),
            check="app.engines.speech.common.coqui.preflight:lacks_yourtts",
            report="app.engines.speech.common.coqui.preflight:report_yourtts",
        ),
    },
    "face": {
        "meshwarp": Entry(
            "app.engines.face.meshwarp.engine:MeshWarp",
            version="4",
            summary="warps the photo by 478 landmarks; no neural renderer, any CPU",
            options="app.engines.face.meshwarp.options:MeshWarpOptions",
            single_core=True,
        ),
        "sadtalker": Entry(
            "app.engines.face.sadtalker.engine:SadTalker",
            version="1",
            summary="SadTalker in its own Python 3.8: neural renderer, for a GPU",
            options="app.engines.face.sadtalker.options:SadTalkerOptions",
            immaterial=frozenset(
                {"batch_size", "load_seconds", "stall_seconds"}
                | {"recycle_fragments", "recycle_rss_gigabytes"}
            ),
            check="app.engines.face.sadtalker.preflight:lacks",
            report="app.engines.face.sadtalker.preflight:report",
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
    """Name, version and options as canonical JSON: what an input hash is made from.

    Options that do not change the result are left out.
    """
    found = entry(kind, name)
    material = {key: options[key] for key in options if key not in found.immaterial}
    return json.dumps([name, found.version, material], sort_keys=True, default=str)


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
    if lacks := found.lacks(options, places):
        raise EngineUnavailable(f"{kind} engine {name!r} cannot run: {lacks}")
    return _named(found.target)(checked_options(kind, name, options, places))


def checked_options(
    kind: Kind, name: str, options: Mapping[str, Any], places: Mapping[str, Path]
) -> BaseModel:
    """The options of an engine as it knows them.

    Raises:
        ConfigError: It does not know one of them.
    """
    known: type[BaseModel] = _named(entry(kind, name).target).Options
    try:
        return with_places(known, options, places)
    except ValidationError as error:
        raise ConfigError(f"options of {kind} engine {name!r}: {faults(error)}") from error


def _named(target: str) -> Any:
    """The object that ``module:name`` means."""
    module, _, attribute = target.partition(":")
    return getattr(importlib.import_module(module), attribute)


def with_places(
    known: type[Options], options: Mapping[str, Any], places: Mapping[str, Path]
) -> Options:
    """An engine's options, with the service's places where they say nothing.

    Raises:
        ValidationError: One of them is not known or not allowed; see :func:`faults`.
    """
    given = {key: places[key] for key in places if key in known.model_fields}
    return known(**given | dict(options))


def faults(error: ValidationError) -> str:
    """What is wrong with which option, on one line."""
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
