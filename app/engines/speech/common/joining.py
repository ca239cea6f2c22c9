"""Phrases joined to the speech of a fragment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common import loudness
from app.phonetics import Viseme
from app.ports.speech import Speech, Word

if TYPE_CHECKING:
    from app.ports.sound import Samples
    from app.ports.speech import SpokenPhrase, VoiceUsed

HEAD_SECONDS = 0.12
TAIL_SECONDS = 0.25
"""Silence around a fragment, at least: the mouth starts and ends at rest."""


def joined(text: str, phrases: Iterable[SpokenPhrase], *, rate: int, voice: VoiceUsed) -> Speech:
    """Speech of a fragment, as loud as all others.

    Args:
        text: The fragment's.
        phrases: All of it, in order; none for a pause.
        rate: Hertz, of every phrase.
        voice: Whose they are.
    """
    made = list(phrases)
    starts = list(heard_at(made, rate))
    sound = laid_out(made, rate)
    return Speech(
        samples=loudness.level(sound, rate),
        rate=rate,
        voice=voice,
        words=_word_times(text.split(), made, starts),
        visemes=_mouth_shapes(made, starts, sound.size / rate),
    )


def laid_out(phrases: Sequence[SpokenPhrase], rate: int) -> Samples:
    """Sound of a fragment with all its silences, as loud as the engine is."""
    parts = [loudness.silence(HEAD_SECONDS, rate)]
    tail = TAIL_SECONDS
    for phrase in phrases:
        parts += [phrase.samples, loudness.silence(phrase.pause, rate)]
        # With the head of the next fragment it is no shorter than the pause inside one: the end
        # of a paragraph is heard wherever it lies.
        tail = max(TAIL_SECONDS, phrase.pause - HEAD_SECONDS)
    if phrases:
        parts.pop()
    return np.concatenate([*parts, loudness.silence(tail, rate)])


def heard_at(phrases: Iterable[SpokenPhrase], rate: int) -> Iterator[float]:
    """Seconds from the start of the fragment at which each phrase starts."""
    place = loudness.silence(HEAD_SECONDS, rate).size
    for phrase in phrases:
        yield place / rate
        place += phrase.samples.size + loudness.silence(phrase.pause, rate).size


def _word_times(
    words: Sequence[str], phrases: Sequence[SpokenPhrase], starts: Sequence[float]
) -> tuple[Word, ...]:
    """Every word with its time, from its first phrase to its last.

    A word that is not heard (a dash, a bullet) takes no time, at the end of the one before it.
    """
    times: dict[int, tuple[float, float]] = {}
    for phrase, begun in zip(phrases, starts, strict=True):
        for span in phrase.words:
            start, _ = times.get(span.word, (begun + span.start, 0.0))
            times[span.word] = (start, begun + span.end)
    result: list[Word] = []
    time = 0.0
    for number, text in enumerate(words):
        start, end = times.get(number, (time, time))
        result.append(Word(text, start, end))
        time = end
    return tuple(result)


def _mouth_shapes(
    phrases: Sequence[SpokenPhrase], starts: Sequence[float], total: float
) -> tuple[Viseme, ...]:
    """Mouth shapes without gaps from 0 to ``total`` seconds, at rest where nobody speaks.

    None at all when one phrase has none: it would be spoken with closed lips.
    """
    if not all(phrase.visemes for phrase in phrases):
        return ()
    shapes: list[Viseme] = []
    time = 0.0
    for phrase, begun in zip(phrases, starts, strict=True):
        for shape in phrase.visemes:
            start, end = begun + shape.start, begun + shape.end
            if start > time:
                shapes.append(Viseme("sil", time, start))
            shapes.append(Viseme(shape.name, start, end))
            time = end
    return (*shapes, Viseme("sil", time, total))
