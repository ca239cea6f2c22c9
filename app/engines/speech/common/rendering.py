"""Phrases as the embedded models speak them: symbols in, sound and durations out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from app.engines.speech.common import loudness, timing
from app.engines.speech.common.clauses import clause_ends, with_pauses
from app.engines.speech.common.phrases import Phrase, phrases, split_sentences
from app.engines.speech.common.speaking import speak
from app.engines.speech.common.symbols import SHAPES
from app.ports.speech import SpokenPhrase

if TYPE_CHECKING:
    from app.engines.speech.g2p import Phonemized
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress

RATE = 24000
"""Hertz, of both models."""

STEP_SAMPLES = 600
"""A model counts durations in steps of 25 ms."""


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


def render_phrases(
    text: str,
    language: str,
    *,
    phonemize: Callable[[str], list[Phonemized]],
    render: Render,
    limit: int,
    cancel: Cancel,
    progress: Progress,
    clause_pause: float = 0.0,
) -> Iterator[SpokenPhrase]:
    """Phrases of a fragment with the times of their words and mouth shapes.

    Args:
        text: Any length; there is no phrase in a text without a letter or digit.
        language: ISO 639-1, chooses the sentence splitter.
        phonemize: Symbols of each word of a sentence.
        render: The model.
        limit: Most symbols it takes in one call.
        cancel: Checked before every phrase and by ``render``.
        progress: Told after every phrase.
        clause_pause: Least seconds of silence where a clause ends within a phrase.

    Raises:
        LectureTextError: There are words, but none of them can be read.
        EngineError: The model failed.
        Cancelled: The lecture was cancelled meanwhile.
    """
    return speak(
        text,
        language,
        _phrases(text, language, phonemize, limit=limit),
        lambda phrase: _timed(phrase, render(phrase.symbols, cancel), clause_pause),
        cancel=cancel,
        progress=progress,
    )


def _phrases(
    text: str, language: str, phonemize: Callable[[str], list[Phonemized]], *, limit: int
) -> Iterator[Phrase]:
    """Those that are heard: a lone dash or dots are a pause already."""
    for sentence in split_sentences(text, language):
        for phrase in phrases(sentence, phonemize, limit=limit):
            if not SHAPES.keys().isdisjoint(phrase.symbols):
                yield phrase


def _timed(phrase: Phrase, rendered: Rendered, clause_pause: float) -> SpokenPhrase:
    """The phrase's trimmed sound, and when its words and mouth shapes are heard in it."""
    heard = timing.sounds(phrase.symbols, phrase.words, rendered.durations)
    trimmed = loudness.trim(rendered.samples, RATE, first=heard[0].start, last=heard[-1].start)
    heard[-1] = replace(heard[-1], end=min(heard[-1].end, trimmed.end))
    samples, heard = trimmed.samples, timing.moved(heard, -trimmed.cut)
    if clause_pause:
        marked = clause_ends(phrase.symbols, phrase.words)
        samples, heard = with_pauses(samples, RATE, heard, marked, clause_pause)
    return SpokenPhrase(
        samples, RATE, timing.word_spans(heard), timing.mouth_shapes(heard), phrase.pause
    )
