"""When each word of a piece is heard: by its letters, or by what a recognizer heard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.engines.speech.common.coqui.pieces import WordPart
from app.ports.speech import WordSpan

_LEAD_SECONDS = 0.03
_END_SECONDS = 0.05
"""Silence that trimming leaves before the first and after the last sound of a piece."""

_EDGE_SECONDS = 0.3
"""How far outside a piece a recognizer may place a word of it."""

_ALIKE = 0.6
"""Least likeness of a word and what was heard in its place, 0 to 1."""

_NOT_SPOKEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word that a recognizer heard, in seconds."""

    text: str
    start: float
    end: float


def by_letters(parts: Sequence[WordPart], seconds: float) -> tuple[WordSpan, ...]:
    """Words of a piece that share its time by their letters.

    Args:
        parts: Of the piece.
        seconds: Length of its trimmed sound.
    """
    start, end = min(_LEAD_SECONDS, seconds / 4), seconds - min(_END_SECONDS, seconds / 4)
    unplaced = [WordSpan(part.word, 0.0, _weight(part.text)) for part in parts]
    return tuple(_shared(unplaced, start, end))


def as_heard(
    spans: Sequence[WordSpan], words: Sequence[str], heard: Sequence[HeardWord]
) -> tuple[WordSpan, ...]:
    """The words of a piece at the times at which they were heard, none before the one before it.

    Those that were not heard share the time between the others by their letters.

    Args:
        spans: Of the piece, as :func:`by_letters` gives them.
        words: Of the whole fragment.
        heard: In order, seconds from the start of the piece; of other pieces, too.
    """
    return tuple(_placed(spans, dict(_anchors(spans, words, heard))))


def _placed(spans: Sequence[WordSpan], anchors: dict[int, HeardWord]) -> Iterator[WordSpan]:
    time, last = spans[0].start, spans[-1].end
    waiting: list[WordSpan] = []
    for number, span in enumerate(spans):
        if number not in anchors:
            waiting.append(span)
            continue
        start = min(max(anchors[number].start, time), last)
        start = time if not waiting and number == 0 else start
        yield from _shared(waiting, time, start)
        end = min(max(anchors[number].end, start), last)
        yield WordSpan(span.word, start, end)
        time, waiting = end, []
    yield from _shared(waiting, time, last)


def _shared(spans: Sequence[WordSpan], start: float, end: float) -> Iterator[WordSpan]:
    """The spans one after another from ``start`` to ``end``, each as long in proportion."""
    total = sum(span.end - span.start for span in spans)
    time = start
    for span in spans:
        share = (span.end - span.start) / total if total else 0.0
        begun, time = time, time + (end - start) * share
        yield WordSpan(span.word, begun, min(time, end))


def _weight(text: str) -> float:
    """About the letters that it is spoken with: a digit takes four."""
    return sum(4 if letter.isdigit() else letter.isalpha() for letter in text) or 0.01


def _anchors(
    spans: Sequence[WordSpan], words: Sequence[str], heard: Sequence[HeardWord]
) -> Iterator[tuple[int, HeardWord]]:
    """Places in ``spans`` of words that were heard, in order."""
    first, last = spans[0].start - _EDGE_SECONDS, spans[-1].end + _EDGE_SECONDS
    near = [word for word in heard if first <= (word.start + word.end) / 2 <= last]
    mine = [(number, _plain(words[span.word])) for number, span in enumerate(spans)]
    mine = [(number, text) for number, text in mine if text]
    theirs = [_plain(word.text) for word in near]
    matcher = SequenceMatcher(None, [text for _, text in mine], theirs, autojunk=False)
    for kind, start, end, begun, ended in matcher.get_opcodes():
        if kind in ("insert", "delete") or end - start != ended - begun:
            continue
        for (number, text), word in zip(mine[start:end], near[begun:ended], strict=True):
            if kind == "equal" or _alike(text, _plain(word.text)):
                yield number, word


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _plain(text: str) -> str:
    """Lower case without marks; ё is written as е, as recognizers do."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _NOT_SPOKEN.sub("", folded)
