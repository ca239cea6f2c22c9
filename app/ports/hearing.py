"""Speech to text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.ports.speech import Word
from app.ports.work import Cancel


@dataclass(frozen=True, slots=True)
class HeardSpeech:
    """What somebody is heard to say."""

    language: str
    """ISO 639-1 code: the one that was asked for, or the one that was told."""
    words: tuple[Word, ...]
    """In time order; empty when nobody speaks, or in a language that is not known."""


class Recognizer(Protocol):
    """Who writes down what a recording says."""

    def hear(self, sound: Path, language: str, cancel: Cancel) -> HeardSpeech:
        """The words of a WAV.

        Args:
            sound: Of the service, a minute or so.
            language: ISO 639-1 code; empty has it told from the sound.
            cancel: Checked several times per second.

        Raises:
            EngineError: The model failed.
            Cancelled: The lecture was cancelled meanwhile.
        """
