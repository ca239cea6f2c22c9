"""A fragment cut into pieces that a model can say in one call: nothing is left out.

A sentence is a piece; one that is too long is cut in two near its middle, after a comma or
the like when there is one, else at a space, else within a word.  The same goes for the
halves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.engines.speech.common.coqui.languages import UNSPACED
from app.engines.speech.common.phrases import (
    CLAUSE_PAUSE,
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    WORD_PAUSE,
    split_sentences,
)

_CLAUSE_MARKS = frozenset(';:,—–…、，；：،؛।)»"”’」』）')
_SENTENCE_MARKS = frozenset(".!?。！？؟")
_SENTENCE = re.compile(r".+?(?:[。！？!?…]+[」』”’）)]*|$)", re.DOTALL)
"""A sentence inside a run of characters without spaces."""

_OFF_MARK, _IN_NUMBER = 0.3, 0.6
"""Cost of a cut that follows no mark, or parts a number; 0.5 is the whole way off the middle."""


@dataclass(frozen=True, slots=True)
class WordPart:
    """A word of the fragment, or a part of one that is cut."""

    word: int
    """Number of the word in the fragment, from 0."""
    text: str
    """As it stands there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What the model is given in one call."""

    spoken: str
    """Written out as the model needs it."""
    parts: tuple[WordPart, ...]
    pause: float
    """Seconds of silence after it."""


def cut(
    text: str, language: str, *, prepare: Callable[[str], str], fits: Callable[[str], bool]
) -> Iterator[Piece]:
    """Pieces of a fragment in order.

    Args:
        text: Any length.
        language: ISO 639-1 code.
        prepare: Writes a stretch of text out; empty when there is nothing to say in it.
        fits: Whether the model can say that in one call; one letter always fits.
    """
    for sentence, last_pause in _sentences(text, language):
        halves = list(_broken(sentence, prepare, fits))
        for number, (spoken, parts) in enumerate(halves, start=1):
            pause = last_pause if number == len(halves) else _pause_after(parts[-1].text)
            yield Piece(spoken, tuple(parts), pause)


def _sentences(text: str, language: str) -> Iterator[tuple[list[WordPart], float]]:
    """Words of each sentence, and the pause after it."""
    for sentence in split_sentences(text, language):
        group: list[WordPart] = []
        for number, word in enumerate(sentence.words, start=sentence.first):
            for part in _SENTENCE.findall(word) if language in UNSPACED else [word]:
                if group and language in UNSPACED and _ends_sentence(group[-1].text):
                    yield group, SENTENCE_PAUSE
                    group = []
                group.append(WordPart(number, part))
        yield group, PARAGRAPH_PAUSE if sentence.ends_paragraph else SENTENCE_PAUSE


def _broken(
    parts: list[WordPart], prepare: Callable[[str], str], fits: Callable[[str], bool]
) -> Iterator[tuple[str, list[WordPart]]]:
    spoken = prepare(_joined(parts))
    if not any(letter.isalnum() for letter in spoken):
        return
    if fits(spoken):
        yield spoken, parts
        return
    first, second = _within(parts[0]) if len(parts) == 1 else _between(parts)
    yield from _broken(first, prepare, fits)
    yield from _broken(second, prepare, fits)


def _joined(parts: Sequence[WordPart]) -> str:
    """The text again: a space between words, none within one."""
    text = parts[0].text
    for before, part in pairwise(parts):
        text += part.text if part.word == before.word else f" {part.text}"
    return text


def _between(parts: list[WordPart]) -> tuple[list[WordPart], list[WordPart]]:
    ends = [len(_joined(parts[: number + 1])) for number in range(len(parts))]

    def cost(number: int) -> float:
        left, right = parts[number - 1].text, parts[number].text
        off_middle = abs(ends[number - 1] / ends[-1] - 0.5)
        in_number = _IN_NUMBER if left[-1].isdigit() and not right[0].isalpha() else 0.0
        return off_middle + in_number + (0.0 if _is_mark(left[-1]) else _OFF_MARK)

    best = min(range(1, len(parts)), key=cost)
    return parts[:best], parts[best:]


def _within(part: WordPart) -> tuple[list[WordPart], list[WordPart]]:
    """Halves of one long word; accents and vowel signs stay with their letter."""
    text = part.text

    def cost(number: int) -> float:
        off_middle = abs(number / len(text) - 0.5)
        parted = 1.0 if unicodedata.category(text[number]).startswith("M") else 0.0
        return off_middle + parted + (0.0 if _is_mark(text[number - 1]) else _OFF_MARK)

    best = min(range(1, len(text)), key=cost)
    return [WordPart(part.word, text[:best])], [WordPart(part.word, text[best:])]


def _pause_after(text: str) -> float:
    if _ends_sentence(text):
        return SENTENCE_PAUSE
    return CLAUSE_PAUSE if text[-1] in _CLAUSE_MARKS else WORD_PAUSE


def _ends_sentence(text: str) -> bool:
    return text.rstrip('"”’」』）)»')[-1:] in _SENTENCE_MARKS


def _is_mark(letter: str) -> bool:
    return letter in _CLAUSE_MARKS or letter in _SENTENCE_MARKS
