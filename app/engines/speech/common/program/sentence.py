"""One sentence said by a program: how long it may take, and the sound that it wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import soxr

from app.engines.speech.common import loudness
from app.engines.speech.common.program.written import Phrase, Written, written
from app.engines.speech.common.rendering import RATE
from app.engines.speech.common.speaking import speak
from app.errors import EngineCrashed, MediaError
from app.media.audio import read_wav

if TYPE_CHECKING:
    from app.ports.sound import Samples
    from app.ports.speech import SpokenPhrase
    from app.ports.work import Cancel, Progress

_LEAST_PATIENCE = 60.0
_PATIENCE_PER_LETTER = 0.2


class Say(Protocol):
    def __call__(self, sentence: Written, folder: Path, cancel: Cancel) -> SpokenPhrase:
        """Speak one sentence, at :data:`RATE`.

        Args:
            sentence: Something is to be said in it.
            folder: Empty and private; goes afterwards.
            cancel: The program is dead when this raises.

        Raises:
            EngineError: The program failed.
            Cancelled: The lecture was cancelled meanwhile.
        """


def say_sentences(
    text: str,
    language: str,
    *,
    say: Say,
    cancel: Cancel,
    progress: Progress,
    phrase: Phrase = list,
) -> Iterator[SpokenPhrase]:
    """Sentences of a fragment with the times of their words.

    Args:
        text: Any length; there is no sentence in a text without a letter or digit.
        language: ISO 639-1, chooses the sentence splitter and the rules for numbers.
        say: The program.
        cancel: Checked before every sentence and by ``say``.
        progress: Told after every sentence.
        phrase: Marks the breaks of a Russian sentence that its text does not mark.

    Raises:
        LectureTextError: There are words, but none of them can be read.
        EngineError: The program failed.
        Cancelled: The lecture was cancelled meanwhile.
    """
    return speak(
        text,
        language,
        written(text, language, phrase),
        partial(_say_in_folder, say, cancel),
        cancel=cancel,
        progress=progress,
    )


def patience(sentence: Written) -> float:
    """Seconds after which a program has stopped working: fifty times what a busy core needs."""
    return _LEAST_PATIENCE + _PATIENCE_PER_LETTER * len(sentence.text)


def read_trimmed(path: Path) -> tuple[Samples, float]:
    """The sound a program wrote, at :data:`RATE`, trimmed, and the seconds cut from its start.

    Raises:
        EngineCrashed: It is no sound, or silent.
    """
    trimmed = loudness.trim(read_whole(path), RATE, first=float("inf"), last=0.0)
    return trimmed.samples, trimmed.cut


def read_whole(path: Path) -> Samples:
    """The sound a program wrote, at :data:`RATE`, with the silence around it.

    Raises:
        EngineCrashed: It is no sound, or silent.
    """
    try:
        samples, rate = read_wav(path)
    except MediaError as reason:
        raise EngineCrashed("the speech program wrote no WAV that can be read") from reason
    if not samples.any():
        raise EngineCrashed("the speech program wrote silence for a sentence with words")
    at_our_rate: Samples = soxr.resample(samples, rate, RATE).astype(np.float32)
    return at_our_rate


def _say_in_folder(say: Say, cancel: Cancel, sentence: Written) -> SpokenPhrase:
    with tempfile.TemporaryDirectory(prefix="videolecture-") as folder:
        return say(sentence, Path(folder), cancel)
