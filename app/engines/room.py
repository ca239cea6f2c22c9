"""The engines of a worker's process, kept in memory between steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from app.engines import registry
from app.engines.configured import face_options, options_of, places
from app.engines.recognizer import Whisper
from app.lecture import FaceChoice
from app.ports.face import AdaptableFaceEngine, FaceEngine
from app.steps import Queue

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports.hearing import Recognizer
    from app.ports.media import Media
    from app.ports.speech import SpeechEngine
    from config import Settings


class _LoadedFace(NamedTuple):
    """A face engine in memory."""

    name: str
    identity: str
    engine: FaceEngine


@dataclass
class EngineRoom:
    """Engines that stay warm between steps; satisfies :class:`app.steps.Workshop`."""

    settings: Settings
    make_media: Callable[[Settings], Media]
    """Called when media tools are first wanted."""
    _speech: dict[str, SpeechEngine] = field(default_factory=dict)
    """By name; one at most of those that fill a device."""
    _face: _LoadedFace | None = None
    _recognizer: Recognizer | None = None

    @cached_property
    def media(self) -> Media:
        """The media tools."""
        return self.make_media(self.settings)

    def speech_engine(self, name: str) -> SpeechEngine:
        """The speech engine of that name, loaded.

        Of those that fill a device one is kept, and only until another engine is wanted.
        """
        return self._loaded_speech(name)

    def recognizer(self) -> Recognizer:
        """The recognizer, in memory from its first use on."""
        if self._recognizer is None:
            self._recognizer = Whisper(self.settings.paths.data / "cache")
        return self._recognizer

    def face_engine(self, name: str, choice: FaceChoice) -> FaceEngine:
        """The face engine of that name with the options that somebody chose, loaded.

        One engine is kept: the next lecture mostly wants the same one, and two
        models side by side may not fit into a device's memory.
        """
        return self._loaded_face(name, choice)

    def write_thumbnail(self, picture: Path, target: Path) -> None:
        """Write a small square JPEG of the face in a picture."""
        from app.portrait.thumbnail import write_thumbnail  # models, for those who draw

        write_thumbnail(picture, target)

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

    def _loaded_speech(self, name: str) -> SpeechEngine:
        self._give_devices_back(name)
        if name not in self._speech:
            options = options_of(self.settings, "speech", name)
            engine: SpeechEngine = registry.create("speech", name, options, places(self.settings))
            engine.load()
            self._speech[name] = engine
        return self._speech[name]

    def _give_devices_back(self, wanted: str) -> None:
        known = registry.cards("speech")
        for name in self._speech.keys() - {wanted}:
            if known[name].occupies == "device":
                self._speech.pop(name).close()

    def _loaded_face(self, name: str, choice: FaceChoice) -> FaceEngine:
        options = face_options(self.settings, name, choice)
        identity = registry.identity("face", name, options)
        if self._face is None or (self._face.name, self._face.identity) != (name, identity):
            engine = self._adapted(name, options) or self._new_face(name, options)
            self._face = _LoadedFace(name, identity, engine)
        return self._face.engine

    def _adapted(self, name: str, options: dict[str, Any]) -> FaceEngine | None:
        """The engine in memory, if it can serve these options too."""
        if self._face is None or self._face.name != name:
            return None
        engine = self._face.engine
        if not isinstance(engine, AdaptableFaceEngine):
            return None
        wanted = registry.checked_options("face", name, options, places(self.settings))
        return engine if engine.adapt(wanted) else None

    def _new_face(self, name: str, options: dict[str, Any]) -> FaceEngine:
        if self._face is not None:
            self._face.engine.close()
            self._face = None
        created: FaceEngine = registry.create("face", name, options, places(self.settings))
        created.load()
        return created
