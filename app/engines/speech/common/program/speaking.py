"""One fragment spoken sentence by sentence: what the programs have in common."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import soxr

from app.engines.speech.common import loudness
from app.engines.speech.common.program.times import Span
from app.engines.speech.common.program.written import Phrase, Written, written
from app.engines.speech.common.speaking import HEAD_SECONDS, RATE, TAIL_SECONDS
from app.errors import EngineCrashed, LectureTextError, MediaError
from app.media.audio import read_wav
from app.phonetics import Viseme
from app.ports.speech import Speech, Word

if TYPE_CHECKING:
    from app.ports.sound import Samples
    from app.ports.speech import VoiceUsed
    from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)

_LEAST_PATIENCE = 60.0
_PATIENCE_PER_LETTER = 0.2


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the program speaks it, without the silence around it."""

    samples: Samples
    """At :data:`RATE`."""
    spans: Sequence[Span]
    """Times of its words."""
    visemes: Sequence[Viseme] = ()
    """Mouth shapes, at rest in gaps, when the program tells phonemes; seconds of this sound."""


class Say(Protocol):
    def __call__(self, sentence: Written, folder: Path, cancel: Cancel) -> Said:
        """Speak one sentence.

        Args:
            sentence: Something is to be said in it.
            folder: Empty and private; goes afterwards.
            cancel: The program is dead when this raises.

        Raises:
            EngineError: The program failed.
            Cancelled: The lecture was cancelled meanwhile.
        """


def speak(
    text: str,
    language: str,
    *,
    voice: VoiceUsed,
    say: Say,
    cancel: Cancel,
    progress: Progress,
    phrase: Phrase = list,
) -> Speech:
    """Speak a fragment, whole, with the times of its words.

    Args:
        text: Any length; a text without a letter or digit becomes a pause.
        language: ISO 639-1, chooses the sentence splitter and the rules for numbers.
        voice: Reported as it is.
        say: The program.
        cancel: Checked before every sentence and by ``say``.
        progress: Told after every sentence.
        phrase: Marks the breaks of a Russian sentence that its text does not mark.

    Raises:
        LectureTextError: There are words, but none of them can be read.
        EngineError: The program failed.
        Cancelled: The lecture was cancelled meanwhile.
    """
    words = text.split()
    times: dict[int, Span] = {}
    shapes: list[Viseme] = []
    all_told = True
    parts = [loudness.silence(HEAD_SECONDS, RATE)]
    pause = 0.0
    for sentence in written(text, language, phrase):
        cancel.check()
        parts.append(loudness.silence(pause, RATE))
        begun = sum(part.size for part in parts) / RATE
        said = _said(sentence, say, cancel)
        times |= {span.owner: _later(span, begun) for span in said.spans}
        shapes += [Viseme(v.name, begun + v.start, begun + v.end) for v in said.visemes]
        all_told = all_told and bool(said.visemes)
        parts.append(said.samples)
        pause = sentence.pause
        progress((sentence.parts[-1].owner + 1) / len(words))
    _check_heard(words, times, language)
    joined = np.concatenate([*parts, loudness.silence(TAIL_SECONDS, RATE)])
    return Speech(
        samples=loudness.level(joined, RATE),
        rate=RATE,
        voice=voice,
        words=_word_times(words, times),
        # A sentence without shapes would be spoken with closed lips.
        visemes=_at_rest_between(shapes if all_told else [], joined.size / RATE),
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


def _said(sentence: Written, say: Say, cancel: Cancel) -> Said:
    with tempfile.TemporaryDirectory(prefix="videolecture-") as folder:
        return say(sentence, Path(folder), cancel)


def _later(span: Span, seconds: float) -> Span:
    return Span(span.owner, span.start + seconds, span.end + seconds)


def _word_times(words: Sequence[str], times: dict[int, Span]) -> tuple[Word, ...]:
    """Every word with its time; one that is not spoken takes none, at the end of the last."""
    result: list[Word] = []
    time = 0.0
    for number, text in enumerate(words):
        span = times.get(number, Span(number, time, time))
        result.append(Word(text, span.start, span.end))
        time = span.end
    return tuple(result)


def _at_rest_between(shapes: Sequence[Viseme], total: float) -> tuple[Viseme, ...]:
    """Mouth shapes from 0 to ``total`` seconds; none when none are known."""
    if not shapes:
        return ()
    whole: list[Viseme] = []
    time = 0.0
    for shape in shapes:
        if shape.start > time:
            whole.append(Viseme("sil", time, shape.start))
        whole.append(shape)
        time = shape.end
    return (*whole, Viseme("sil", time, total))


def _check_heard(words: Sequence[str], times: dict[int, Span], language: str) -> None:
    """Say that words were left out; fail when it is all of them."""
    unread = sum(
        number not in times and any(letter.isalnum() for letter in word)
        for number, word in enumerate(words)
    )
    if unread and not times:
        raise LectureTextError(f"none of {unread} words can be read in language {language!r}")
    if unread:
        log.warning("words not spoken count=%d of=%d language=%s", unread, len(words), language)
