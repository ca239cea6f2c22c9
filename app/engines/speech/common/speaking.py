"""One fragment spoken phrase by phrase: what the embedded engines have in common."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.engines.speech.common import loudness, timing
from app.engines.speech.common.phrases import Phrase, phrases, split_sentences
from app.engines.speech.common.symbols import SHAPES
from app.errors import LectureTextError
from app.ports.speech import Speech
from app.ports.work import untold

if TYPE_CHECKING:
    from app.engines.speech.g2p import Phonemized
    from app.ports.sound import Samples
    from app.ports.speech import VoiceUsed
    from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)

RATE = 24000
"""Hertz, of both models."""

STEP_SAMPLES = 600
"""A model counts durations in steps of 25 ms."""

HEAD_SECONDS = 0.12
TAIL_SECONDS = 0.25
"""Silence around a fragment: the mouth starts and ends at rest."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A phrase as the model speaks it."""

    samples: Samples
    durations: tuple[float, ...]
    """Seconds of the start pad, of each symbol and of the end pad."""


class Render(Protocol):
    def __call__(self, symbols: str, cancel: Cancel) -> Rendered:
        """Speak one phrase.

        Raises:
            EngineError: The model failed.
            Cancelled: The lecture was cancelled meanwhile.
        """


def speak(
    text: str,
    language: str,
    *,
    voice: VoiceUsed,
    phonemize: Callable[[str], list[Phonemized]],
    render: Render,
    limit: int,
    cancel: Cancel,
    progress: Progress = untold,
) -> Speech:
    """Speak a fragment, whole, with the times of its words and mouth shapes.

    Args:
        text: Any length; a text without a letter or digit becomes a pause.
        language: ISO 639-1, chooses the sentence splitter.
        voice: Reported as it is.
        phonemize: Symbols of each word of a sentence.
        render: The model.
        limit: Most symbols it takes in one call.
        cancel: Checked before every phrase and by ``render``.
        progress: Told after every phrase.

    Raises:
        LectureTextError: There are words, but none of them can be read.
        EngineError: The model failed.
        Cancelled: The lecture was cancelled meanwhile.
    """
    words = text.split()
    spoken: list[timing.Sound] = []
    parts = [loudness.silence(HEAD_SECONDS, RATE)]
    for phrase in _phrases(text, language, phonemize, limit=limit):
        cancel.check()
        time = sum(part.size for part in parts) / RATE
        samples, heard = _placed(phrase, render(phrase.symbols, cancel), time)
        spoken += heard
        parts += [samples, loudness.silence(phrase.pause, RATE)]
        progress((heard[-1].owner + 1) / len(words))
    if spoken:
        parts.pop()
    _check_heard(words, spoken, language)
    joined = np.concatenate([*parts, loudness.silence(TAIL_SECONDS, RATE)])
    return Speech(
        samples=loudness.level(joined, RATE),
        rate=RATE,
        voice=voice,
        words=timing.word_times(words, spoken),
        visemes=timing.visemes(spoken, total=joined.size / RATE),
    )


def _phrases(
    text: str, language: str, phonemize: Callable[[str], list[Phonemized]], *, limit: int
) -> Iterator[Phrase]:
    """Those that are heard: a lone dash or dots are a pause already."""
    for sentence in split_sentences(text, language):
        for phrase in phrases(sentence, phonemize, limit=limit):
            if not SHAPES.keys().isdisjoint(phrase.symbols):
                yield phrase


def _placed(phrase: Phrase, rendered: Rendered, time: float) -> tuple[Samples, list[timing.Sound]]:
    """Trimmed sound of a phrase and its phonemes as heard when it starts at ``time``."""
    heard = timing.sounds(phrase.symbols, phrase.owners, rendered.durations)
    trimmed = loudness.trim(rendered.samples, RATE, first=heard[0].start, last=heard[-1].start)
    heard[-1] = replace(heard[-1], end=min(heard[-1].end, trimmed.end))
    return trimmed.samples, timing.moved(heard, time - trimmed.cut)


def _check_heard(words: Sequence[str], spoken: Iterable[timing.Sound], language: str) -> None:
    """Say that words were left out; fail when it is all of them."""
    owners = {sound.owner for sound in spoken}
    unread = sum(
        any(letter.isalnum() for letter in word)
        for number, word in enumerate(words)
        if number not in owners
    )
    if unread and not owners:
        raise LectureTextError(f"none of {unread} words can be read in language {language!r}")
    if unread:
        log.warning("words not spoken count=%d of=%d language=%s", unread, len(words), language)
