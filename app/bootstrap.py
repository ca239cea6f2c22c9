"""Choose the adapters.  The only module that knows both ports and adapters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engines import registry
from app.errors import ConfigError, EngineUnavailable, InputError, LanguageError
from app.jobs.notifier.doorbell import QUEUES, Doorbell, NoDoorbell
from app.lecture import FaceChoice, Lecture
from app.steps import Queue

if TYPE_CHECKING:
    from app.examiner import Examiner
    from app.jobs.files.artifacts import Artifacts
    from app.jobs.store.store import Store
    from app.ports.face import FaceEngine
    from app.ports.media import Media
    from app.ports.speech import SpeechEngine
    from config import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """What accepts a lecture: no engine among it, hence no model in memory."""

    settings: Settings
    store: Store
    examiner: Examiner
    doorbell: Doorbell = field(default_factory=NoDoorbell)


def services(settings: Settings) -> Services:
    """The real ones."""
    from app.examiner import Examiner

    opened = store(settings)
    return Services(settings, opened, Examiner(settings.media.ffmpeg), doorbell(settings, opened))


def store(settings: Settings) -> Store:
    """The job store; ``migrate()`` it before the first use."""
    from app.jobs.store.store import Store  # SQLAlchemy is of no use to a host

    _make_private(settings.paths.data)
    return Store(settings.jobs.database_url)


def doorbell(settings: Settings, store: Store) -> Doorbell:
    """How workers learn of work, as the settings choose.

    Raises:
        ConfigError: The broker's URL is none, or its packages are not installed.
    """
    jobs = settings.jobs
    if jobs.dispatch == "poll":
        return NoDoorbell()
    try:
        from app.jobs.notifier.broker import CeleryDoorbell, celery_app
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"jobs.dispatch: celery needs {error.name}; install the extra 'distributed'"
        ) from error
    # Two for each slot of a worker like this one; whoever claims rings for the others.
    bounds = dict.fromkeys(QUEUES, 2) | {name: 2 * n for name, n in slots(settings).items() if n}
    return CeleryDoorbell(
        celery_app(jobs.broker_url), store.ready, bounds=bounds, sweep_seconds=jobs.sweep_seconds
    )


MOST_SLOTS = 8
"""Of a queue, when nobody chose: each is a process with a model of some 300 MB."""


def slots(settings: Settings, cores: int | None = None) -> dict[str, int]:
    """How many steps of each queue a worker does at a time.

    Engines that fill a device, or say nothing, do one step at a time.

    Args:
        cores: Of the machine; those this process may use when not given.
    """
    if settings.jobs.slots is not None:
        return {str(queue): number for queue, number in settings.jobs.slots.items()}
    share = min(MOST_SLOTS, max(1, (cores or len(os.sched_getaffinity(0))) // 2))
    return {
        Queue.SPEECH: share if _on_one_core("speech", preferred(settings)) else 1,
        Queue.FACE: share if _on_one_core("face", {settings.face.engine}) else 1,
        Queue.CPU: 1,
    }


def preferred(settings: Settings) -> set[str]:
    """Speech engines that the order of preference names, for whatever language."""
    return {name for names in settings.speech.order.values() for name in names}


def _on_one_core(kind: registry.Kind, names: Iterable[str]) -> bool:
    known = registry.entries(kind)
    return all(name in known and known[name].single_core for name in names)


def artifacts(settings: Settings) -> Artifacts:
    """Where workers keep what they made."""
    from app.jobs.files.artifacts import Artifacts

    _make_private(settings.paths.data)
    return Artifacts(settings.paths.data / "artifacts")


def _make_private(folder: Path) -> None:
    """Nobody else on the machine has a business with faces, voices and texts."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def workshop(settings: Settings) -> EngineRoom:
    """Engines and media tools for a worker process; nothing is loaded yet."""
    return EngineRoom(settings)


@dataclass
class EngineRoom:
    """Engines that stay warm between steps; satisfies :class:`app.steps.Workshop`."""

    settings: Settings
    _speech: dict[str, SpeechEngine] = field(default_factory=dict)
    _face: dict[tuple[str, str], FaceEngine] = field(default_factory=dict)
    """By name and identity; one at most."""

    @cached_property
    def media(self) -> Media:
        """The media tools."""
        from app.media import FfmpegMedia
        from app.text.english.spoken import spoken_words

        return FfmpegMedia(self.settings.media.ffmpeg, english_words=spoken_words)

    def speech_engine(self, lecture: Lecture) -> SpeechEngine:
        """The lecture's speech engine, loaded."""
        return self._loaded_speech(lecture.speech_engine)

    def _loaded_speech(self, name: str) -> SpeechEngine:
        if name not in self._speech:
            options = options_here(self.settings, "speech", name)
            engine: SpeechEngine = registry.create("speech", name, options, places(self.settings))
            engine.load()
            self._speech[name] = engine
        return self._speech[name]

    def face_engine(self, lecture: Lecture) -> FaceEngine:
        """The lecture's face engine with the lecture's own options, loaded.

        One engine is kept: the next lecture mostly wants the same one, and two
        models side by side may not fit into a device's memory.
        """
        return self._loaded_face(lecture.face_engine, lecture.face)

    def warm(self, queue: str) -> None:
        """Load the preferred engine of a queue."""
        match queue:
            case Queue.SPEECH:
                for name in self.settings.speech.order.get("default", ())[:1]:
                    self._loaded_speech(name)
            case Queue.FACE:
                self._loaded_face(self.settings.face.engine, FaceChoice())
            case _:
                assert self.media

    def _loaded_face(self, name: str, choice: FaceChoice) -> FaceEngine:
        options = face_options(self.settings, name, choice)
        key = name, registry.identity("face", name, options)
        if key not in self._face:
            engine = self._adapted(name, options) or self._new_face(name, options)
            self._face[key] = engine
        return self._face[key]

    def _adapted(self, name: str, options: dict[str, Any]) -> FaceEngine | None:
        """The engine in memory, if it can serve these options too."""
        from app.ports.face import AdaptableFaceEngine

        for key, engine in list(self._face.items()):
            if key[0] == name and isinstance(engine, AdaptableFaceEngine):
                wanted = registry.checked_options("face", name, options, places(self.settings))
                if engine.adapt(wanted):
                    del self._face[key]
                    return engine
        return None

    def _new_face(self, name: str, options: dict[str, Any]) -> FaceEngine:
        for engine in self._face.values():
            engine.close()
        self._face.clear()
        created: FaceEngine = registry.create("face", name, options, places(self.settings))
        created.load()
        return created


def speech_identity(settings: Settings, name: str) -> str:
    """What decides the sound that a speech engine makes, besides text and voice."""
    return registry.identity("speech", name, options_here(settings, "speech", name))


def face_identity(settings: Settings, name: str, choice: FaceChoice) -> str:
    """What decides the frames that a face engine makes, besides face and sound."""
    return registry.identity("face", name, face_options(settings, name, choice))


def face_options(settings: Settings, name: str, choice: FaceChoice) -> dict[str, Any]:
    """Options of a face engine: the configuration's, then the request's."""
    return {**options_here(settings, "face", name), **choice.overrides()}


def choose_speech_engine(settings: Settings, language: str, wanted: str | None) -> str:
    """The engine that will speak a lecture.

    Args:
        wanted: Name that the request gives; else the order of preference decides.

    Raises:
        InputError: No engine has the wanted name.
        LanguageError: The wanted engine, or every one, does not speak the language.
        EngineUnavailable: Those that speak it lack packages or weights.
    """
    order = settings.speech.order
    names = (wanted,) if wanted else order.get(language, order.get("default", ()))
    for name in names:
        _check_known("speech", name)
    speaking = [name for name in names if _speaks(name, language)]
    if not speaking:
        others = sorted(n for n in registry.entries("speech") if _speaks(n, language))
        hint = (
            f"speech engines that do: {', '.join(others)}"
            if others
            else f"languages spoken here: {', '.join(spoken_languages(settings))}"
        )
        raise LanguageError(f"{' and '.join(names)} cannot speak language {language!r}; {hint}")
    lacking = []
    for name in speaking:
        lacks = lacking_here(settings, "speech", name)
        if not (lacks and settings.server.check_engines):
            return name
        lacking.append(f"{name}: {lacks}")
    raise EngineUnavailable(f"no speech engine can run for {language!r}: {'; '.join(lacking)}")


def choose_face_engine(settings: Settings, wanted: str | None, choice: FaceChoice) -> str:
    """The engine that will animate a lecture.

    Raises:
        InputError: No engine has the wanted name, or it cannot show a face as chosen.
        EngineUnavailable: It lacks packages, weights or an interpreter.
    """
    name = wanted or settings.face.engine
    _check_known("face", name)
    found = registry.entry("face", name)
    options, here = face_options(settings, name, choice), places(settings)
    if misfit := found.misfit(options, here):
        raise InputError(f"face engine {name!r} cannot do this: {misfit}")
    if settings.server.check_engines and (lacks := found.lacks(options, here)):
        raise EngineUnavailable(f"face engine {name!r} cannot run: {lacks}")
    return name


def lacking_here(settings: Settings, kind: registry.Kind, name: str) -> str:
    """What an engine needs and does not find here; empty when it can run."""
    found = registry.entry(kind, name)
    return found.lacks(options_here(settings, kind, name), places(settings))


def options_here(settings: Settings, kind: registry.Kind, name: str) -> dict[str, Any]:
    """Options of an engine as the configuration gives them."""
    return dict((settings.speech if kind == "speech" else settings.face).options.get(name, {}))


def _check_known(kind: registry.Kind, name: str) -> None:
    known = registry.entries(kind)
    if name not in known:
        raise InputError(f"unknown {kind}_engine {name!r}; known: {', '.join(sorted(known))}")


def _speaks(name: str, language: str) -> bool:
    languages = registry.entry("speech", name).languages
    return languages is None or language in languages


def spoken_languages(settings: Settings, wanted: str | None = None) -> list[str]:
    """ISO 639-1 codes of what the wanted engine or, without one, the preferred ones speak."""
    names = {wanted} if wanted else preferred(settings)
    return sorted(
        {
            language
            for name, entry in registry.entries("speech").items()
            if name in names
            for language in entry.languages or ()
        }
    )


def places(settings: Settings) -> dict[str, Path]:
    """What the service hands to engines whose options name it."""
    found = {"models_dir": settings.paths.models, "cache_dir": settings.paths.data / "cache"}
    given = {
        "ffmpeg": settings.media.ffmpeg,
        "sad_talker_python_path": settings.sad_talker_python_path,
        "sad_talker_inference": settings.sad_talker_inference,
        "sad_talker_dir_path": settings.sad_talker_dir_path,
    }
    return found | {name: path for name, path in given.items() if path is not None}
