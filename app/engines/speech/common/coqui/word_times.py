"""When each word of a fragment is heard: by its letters, or by what a recognizer heard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.engines.speech.common.coqui.pieces import Part
from app.ports.speech import Word

_EDGE_SECONDS = 0.3
"""How far outside a piece a recognizer may place a word of it."""

_ALIKE = 0.6
"""Least likeness of a word and what was heard in its place, 0 to 1."""

_NOT_SPOKEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece as it is heard."""

    parts: tuple[Part, ...]
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that a recognizer heard, in seconds."""

    text: str
    start: float
    end: float


def word_times(
    words: Sequence[str], spans: Iterable[Span], heard: Sequence[Heard] = ()
) -> tuple[Word, ...]:
    """Every word with its time, in order, none before the one before it.

    Words that were heard have the time at which they were; the others share the time between
    them by their letters.  A word that is not spoken takes no time, at the end of the one
    before it.

    Args:
        words: Of the whole fragment.
        spans: Pieces in order.
        heard: In order; empty when nobody listened.
    """
    times: dict[int, tuple[float, float]] = {}
    for span in spans:
        for owner, start, end in _placed(span, heard):
            times[owner] = (times[owner][0] if owner in times else start, end)
    result: list[Word] = []
    time = 0.0
    for number, text in enumerate(words):
        start, end = times.get(number, (time, time))
        result.append(Word(text, start, end))
        time = end
    return tuple(result)


def _placed(span: Span, heard: Sequence[Heard]) -> Iterator[tuple[int, float, float]]:
    anchors = dict(_anchors(span, heard))
    time = span.start
    waiting: list[Part] = []
    for number, part in enumerate(span.parts):
        if number not in anchors:
            waiting.append(part)
            continue
        start = min(max(anchors[number].start, time), span.end)
        start = time if not waiting and number == 0 else start
        yield from _shared(waiting, time, start)
        end = min(max(anchors[number].end, start), span.end)
        yield part.owner, start, end
        time, waiting = end, []
    yield from _shared(waiting, time, span.end)


def _shared(parts: Sequence[Part], start: float, end: float) -> Iterator[tuple[int, float, float]]:
    total = sum(_weight(part.text) for part in parts)
    time = start
    for part in parts:
        begun, time = time, time + (end - start) * _weight(part.text) / total
        yield part.owner, begun, min(time, end)


def _weight(text: str) -> float:
    """About the letters that it is spoken with: a digit takes four."""
    return sum(4 if letter.isdigit() else letter.isalpha() for letter in text) or 0.01


def _anchors(span: Span, heard: Sequence[Heard]) -> Iterator[tuple[int, Heard]]:
    """Parts of a piece that were heard, by number, in order."""
    near = [
        word
        for word in heard
        if span.start - _EDGE_SECONDS <= (word.start + word.end) / 2 <= span.end + _EDGE_SECONDS
    ]
    mine = [(number, _plain(part.text)) for number, part in enumerate(span.parts)]
    mine = [(number, text) for number, text in mine if text]
    theirs = [_plain(word.text) for word in near]
    matcher = SequenceMatcher(None, [text for _, text in mine], theirs, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind in ("insert", "delete") or end - start != last - first:
            continue
        for (number, text), word in zip(mine[start:end], near[first:last], strict=True):
            if kind == "equal" or _alike(text, _plain(word.text)):
                yield number, word


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _plain(text: str) -> str:
    """Lower case without marks; ё is written as е, as recognizers do."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _NOT_SPOKEN.sub("", folded)
