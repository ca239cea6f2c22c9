"""A fragment spoken phrase by phrase: what all engines of this service have in common."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.engines.speech.common.joining import joined
from app.errors import LectureTextError
from app.ports.work import untold

if TYPE_CHECKING:
    from app.ports.speech import Speech, SpokenPhrase, VoiceUsed
    from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)

Passage = TypeVar("Passage")
"""What an engine is given for one phrase."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """A fragment that is being spoken."""

    phrases: Iterator[SpokenPhrase]
    """Each is made when it is asked for."""
    rate: int
    """Hertz, of every phrase."""
    voice: VoiceUsed


class Phrased(ABC):
    """An engine that speaks in phrases, and joins them to a whole fragment."""

    def phrases(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Iterator[SpokenPhrase]:
        return self._begin(text, voice, language, cancel, progress).phrases

    def synthesize(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Speech:
        speaking = self._begin(text, voice, language, cancel, progress)
        return joined(text, speaking.phrases, rate=speaking.rate, voice=speaking.voice)

    @abstractmethod
    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        """Check what is asked for, and get ready to say it.

        Raises:
            LanguageError: The engine does not speak the language.
            EngineError: It cannot speak at all.
        """


def speak(
    text: str,
    language: str,
    passages: Iterable[Passage],
    say: Callable[[Passage], SpokenPhrase],
    *,
    cancel: Cancel,
    progress: Progress,
) -> Iterator[SpokenPhrase]:
    """Say the passages of a fragment one after another.

    Args:
        text: The fragment's; any length.
        language: ISO 639-1, named when words cannot be read.
        passages: Of the text, in order; none of what has no letter or digit.
        say: Speaks one of them.
        cancel: Checked before every passage.
        progress: Told after every passage, before its phrase is handed over.

    Raises:
        LectureTextError: There are words, but none of them can be read.
        EngineError: ``say`` failed.
        Cancelled: The lecture was cancelled meanwhile.
    """
    words = text.split()
    heard: set[int] = set()
    for passage in passages:
        cancel.check()
        phrase = say(passage)
        heard.update(span.word for span in phrase.words)
        progress((max(heard, default=-1) + 1) / len(words))
        yield phrase
    _check_heard(words, heard, language)


def _check_heard(words: Sequence[str], heard: Collection[int], language: str) -> None:
    """Say that words were left out; fail when it is all of them."""
    unread = sum(
        number not in heard and any(letter.isalnum() for letter in word)
        for number, word in enumerate(words)
    )
    if unread and not heard:
        raise LectureTextError(f"none of {unread} words can be read in language {language!r}")
    if unread:
        log.warning("words not spoken count=%d of=%d language=%s", unread, len(words), language)
