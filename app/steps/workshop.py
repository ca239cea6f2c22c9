"""What a step is done with, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.lecture import FaceChoice
from app.ports.face import FaceEngine
from app.ports.hearing import Recognizer
from app.ports.media import Media
from app.ports.speech import SpeechEngine
from app.ports.work import Cancel, Progress


class Workshop(Protocol):
    """What a step is done with: engines in memory, and the media tools."""

    @property
    def media(self) -> Media: ...

    def speech_engine(self, name: str) -> SpeechEngine:
        """The speech engine of that name, loaded."""

    def recognizer(self) -> Recognizer:
        """Who writes down what recordings say, loaded.

        Raises:
            EngineUnavailable: None is installed here.
        """

    def face_engine(self, name: str, choice: FaceChoice) -> FaceEngine:
        """The face engine of that name, loaded, with the options that somebody chose."""

    def write_thumbnail(self, picture: Path, target: Path) -> None:
        """Write a small square JPEG of the face in a picture.

        Raises:
            SourceImageError: There is no usable face in it.
        """

    def warm(self, queue: str) -> None:
        """Load what the steps of a queue will most likely need, before there is one.

        Raises:
            LectureError: It cannot be loaded; a step that needs it will say so again.
        """


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a step reads and writes, and whom it tells."""

    inputs: Mapping[str, Path]
    """Artifact directory of each step that this one needs."""
    target: Path
    """Empty private directory for the files it makes."""
    cancel: Cancel
    progress: Progress
    sums: Mapping[str, Mapping[str, str]]
    """sha256 of each file of those artifacts, by step and name."""
