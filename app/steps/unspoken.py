"""A fragment that its engine cannot speak: which of its words are to blame."""

from __future__ import annotations

import logging
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.errors import FragmentNotSpoken, LanguageError, LectureError, LectureTextError
from app.lecture.lexicon import Respelled
from app.text.sentences.splitting import sentence_lengths

log = logging.getLogger(__name__)

OF_TEXT = (
    LanguageError,
    LectureTextError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What engines raise when they stumble over a text; the same text makes them stumble again."""

MOST_TRIES = 40
SEARCH_SECONDS = 60.0
"""However long the search is, what it has found by then is told."""

_MOST_WORDS = 3
_MOST_CHARACTERS = 60


def not_spoken(
    error: Exception,
    respelt: Respelled,
    say: Callable[[str], object],
    *,
    lecture: int,
    fragment: int,
    engine: str,
    language: str,
) -> LectureError:
    """The error to tell for a fragment that was not spoken; the caller's own words are in it.

    The log is told where it happened, and no word.

    Args:
        error: One of :data:`OF_TEXT`.
        respelt: The text that the engine was given.
        say: Has the engine speak a part of it; raises as it did for the whole.
    """
    log.warning(
        "fragment not spoken lecture=%d fragment=%d error=%s at=%s",
        lecture,
        fragment,
        type(error).__name__,
        _place(error),
    )
    search = _Search(respelt.text.split(), say, type(error))
    first, last = search.blamed(language)
    if isinstance(error, LanguageError) and not search.spoke:
        return error  # of the language, whatever the words
    words = _as_written(respelt, first, last)
    told = f"fragment {fragment} cannot be spoken by {engine}"
    if isinstance(error, LectureError):
        told += f": {error}"
    if words:
        told += f', because of "{words}"; write it otherwise, or respell it in a lexicon'
    return FragmentNotSpoken(told)


class _Search:
    """Tries parts of a text until few words are left that fail."""

    def __init__(
        self, words: Sequence[str], say: Callable[[str], object], kind: type[Exception]
    ) -> None:
        self._words = words
        self._say = say
        self._kind = kind
        self._tries = MOST_TRIES
        self._until = time.monotonic() + SEARCH_SECONDS
        self.spoke = False
        """Whether any part was spoken."""

    def blamed(self, language: str) -> tuple[int, int]:
        """First word to blame and the one behind the last; none when every sentence is spoken."""
        spans = list(self._sentences(language))
        failing = (span for span in spans if len(spans) == 1 or self._fails(*span))
        start, end = next(failing, (0, 0))
        if start == end:
            return start, end
        # The shortest beginning that fails ends with the word; its shortest end begins with it.
        ends = range(start + 1, end)
        end = start + 1 + bisect_left(ends, True, key=lambda stop: self._fails(start, stop))
        starts = range(end - 1, start, -1)
        start = end - 1 - bisect_left(starts, True, key=lambda first: self._fails(first, end))
        return start, end

    def _sentences(self, language: str) -> Iterator[tuple[int, int]]:
        start = 0
        for size in sentence_lengths(self._words, language):
            yield start, start + size
            start += size

    def _fails(self, start: int, end: int) -> bool:
        if not self._tries or time.monotonic() > self._until:
            return False
        self._tries -= 1
        try:
            self._say(" ".join(self._words[start:end]))
        except OF_TEXT as error:
            return type(error) is self._kind
        self.spoke = True
        return False


def _as_written(respelt: Respelled, first: int, last: int) -> str:
    """The lecture's own words for those of the text that the engine was given."""
    places = [(word, place, place + 1.0) for place, word in enumerate(respelt.text.split())]
    written = [
        word for word, start, end in respelt.restored(places) if start < last and end > first
    ]
    return " ".join(written[:_MOST_WORDS])[:_MOST_CHARACTERS]


def _place(error: Exception) -> str:
    """File and line that raised it, as its text may be the lecture's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
