"""Lecture text to slides and fragments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Literal

from app.errors import LectureTextError
from app.lecture.model import Fragment, Slide
from app.text.paragraphs import paragraphs
from app.text.sentences.splitting import bounded, sentences

SplitMode = Literal["compat", "sentences"]

SLIDE_DELIMITER = "_;"
SENTENCES_PER_FRAGMENT = 5
WORDS_PER_FRAGMENT = 65
CHARACTERS_PER_FRAGMENT = 600
"""About 40 s of speech; in mode ``sentences`` only."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def split_text(
    text: str,
    *,
    delimiter: str = SLIDE_DELIMITER,
    mode: SplitMode = "compat",
    language: str = "",
) -> tuple[Slide, ...]:
    """Split a lecture into slides and numbered fragments.

    A slide keeps its place even when nothing is spoken on it, so that the n-th
    list of the mapping always belongs to the n-th slide.  Blank lines do not decide where a
    fragment ends; it remembers where they were.

    >>> [[f.text for f in s.fragments] for s in split_text("Hi. Yes!_;  _;Bye.")]
    [['Hi. Yes!'], [], ['Bye.']]

    Args:
        text: The whole lecture.
        delimiter: What separates slides.
        mode: ``compat`` keeps the numbering that callers of the former service
            stored; ``sentences`` knows abbreviations and bounds the length.
        language: ISO 639-1 code; matters in mode ``sentences`` only.

    Returns:
        One slide per delimited part, fragments numbered from 1 across slides.

    Raises:
        LectureTextError: Nothing is spoken on any slide.
    """
    slides: list[Slide] = []
    number = 0
    for part in text.split(delimiter):
        texts = _compat(part) if mode == "compat" else _by_sentences(part, language)
        fragments = tuple(_fragments(part, texts, first=number + 1))
        slides.append(Slide(fragments))
        number += len(fragments)
    if number == 0:
        raise LectureTextError("the lecture text holds nothing to speak")
    return tuple(slides)


def _fragments(part: str, texts: Iterable[str], *, first: int) -> Iterator[Fragment]:
    """The texts of a slide as fragments that know the ends of the slide's paragraphs.

    Args:
        part: Text of the slide.
        texts: The same letters in the same order, some of the white space as single spaces.
        first: Number of the first fragment.
    """
    sizes = (sum(map(len, stretch.split())) for stretch in paragraphs(part.strip()))
    ends = set(list(accumulate(sizes))[:-1])
    letters = 0
    for number, text in enumerate(texts, start=first):
        found = []
        for count, word in enumerate(text.split(), start=1):
            letters += len(word)
            if letters in ends:
                found.append(count)
        yield Fragment(number, text, tuple(found))


def _compat(part: str) -> Iterator[str]:
    """Sentences in groups of five; a text of one sentence in groups of words."""
    words = part.split()
    units = _SENTENCE_END.split(" ".join(words)) if words else []
    size = SENTENCES_PER_FRAGMENT
    if len(units) <= 1:
        units, size = words, WORDS_PER_FRAGMENT
    for start in range(0, len(units), size):
        yield " ".join(units[start : start + size])


def _by_sentences(part: str, language: str) -> Iterator[str]:
    """Whole sentences, as many as fit; one longer than a fragment is cut at its pauses."""
    group: list[str] = []
    length = 0
    for sentence in sentences(part, language):
        for piece in bounded(sentence, CHARACTERS_PER_FRAGMENT):
            full = len(group) == SENTENCES_PER_FRAGMENT
            if group and (full or length + len(piece) > CHARACTERS_PER_FRAGMENT):
                yield " ".join(group)
                group, length = [], 0
            group.append(piece)
            length += len(piece) + 1
    if group:
        yield " ".join(group)
