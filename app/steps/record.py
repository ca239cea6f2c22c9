"""``speech.json``: how a fragment was spoken, for whoever shows or joins it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from app.phonetics import Viseme
from app.ports.speech import VoiceUsed, Word
from app.steps.documents import as_json

FILE = "speech.json"

Captions = Literal["text", "recognized", "none"]
"""Whether a fragment's captions are the lecture's text, or what a recognizer heard."""


@dataclass(frozen=True, slots=True)
class SpeechRecord:
    """Times are seconds from the fragment's start."""

    engine: str
    voice: VoiceUsed
    seconds: float
    """Of the sound."""
    words: tuple[Word, ...] = ()
    """In time order, as they stand in the lecture's text."""
    visemes: tuple[Viseme, ...] = ()
    captions: Captions = "text"
    language: str = ""
    """ISO 639-1 code, if it was told from the sound."""

    def write(self, artifact: Path) -> None:
        """Put it into an artifact's directory."""
        document = asdict(self)
        if self.captions == "text":  # as records have always been
            del document["captions"], document["language"]
        (artifact / FILE).write_bytes(as_json(document))


@cache
def _records() -> TypeAdapter[SpeechRecord]:
    return TypeAdapter(SpeechRecord)


def read_record(artifact: Path) -> SpeechRecord:
    """The record in an artifact of any age.

    What it lacks has its default, and what nobody knows any more is passed over.
    """
    return _records().validate_json((artifact / FILE).read_bytes())
