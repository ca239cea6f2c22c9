"""Lecture text to slides and fragments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

from app.errors import LectureTextError
from app.lecture.bounds import NO_BOUNDS, SENTENCES_PER_FRAGMENT, Bounds
from app.lecture.model import Fragment, Slide, SplitMode
from app.text.cleaning.clean import clean
from app.text.paragraphs import paragraphs
from app.text.sentences.splitting import bounded, sentences

SLIDE_DELIMITER = "_;"
WORDS_PER_FRAGMENT = 65
CHARACTERS_PER_FRAGMENT = 600
"""About 40 s of speech; in mode ``sentences`` only."""

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S)")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXivx]{1,5})[.)]")


class _Word(NamedTuple):
    """A word of the slide as it is spoken and shown."""

    text: str
    origin: int
    """Of its first character in the text of the slide."""
    ends_paragraph: bool


def split_text(
    text: str,
    *,
    delimiter: str = SLIDE_DELIMITER,
    mode: SplitMode = "compat",
    language: str = "",
    bounds: Bounds = NO_BOUNDS,
    group: int = SENTENCES_PER_FRAGMENT,
) -> tuple[Slide, ...]:
    """Split a lecture into slides and numbered fragments, and clean what people paste.

    A slide keeps its place even when nothing is spoken on it, so that the n-th
    list of the mapping always belongs to the n-th slide.  In mode ``compat`` neither markup nor
    blank lines decide where a fragment ends; it remembers where paragraphs did.

    >>> [[f.text for f in s.fragments] for s in split_text("Hi. Yes!_;  _;Bye.")]
    [['Hi. Yes!'], [], ['Bye.']]
    >>> [f.plain for s in split_text("**Hi** &amp; welcome.") for f in s.fragments]
    ['Hi & welcome.']

    Args:
        text: The whole lecture.
        delimiter: What separates slides.
        mode: ``compat`` keeps the numbering that callers of the former service
            stored; ``sentences`` knows abbreviations, paragraphs and items, and bounds the
            length.
        language: ISO 639-1 code; matters in mode ``sentences`` only.
        bounds: Of the number of fragments; they are counted before anything is cleaned where
            the mode allows.
        group: Sentences of a fragment, at most; matters in mode ``sentences`` only.

    Returns:
        One slide per delimited part, fragments numbered from 1 across slides.

    Raises:
        LectureTextError: Nothing is spoken on any slide, or there are too many fragments.
    """
    slides: list[Slide] = []
    number = 0
    for part, begun in _parts(text.split(delimiter), mode, bounds):
        words = list(_words(part))
        starts = list(_by_sentences(part, words, language, group)) if begun is None else begun
        fragments = tuple(_fragments(part, words, starts, first=number + 1))
        slides.append(Slide(fragments))
        number += len(fragments)
        bounds.check_fragments(number)
    if number == 0:
        raise LectureTextError("the lecture text holds nothing to speak")
    return tuple(slides)


def _parts(
    parts: Sequence[str], mode: SplitMode, bounds: Bounds
) -> Sequence[tuple[str, list[int] | None]]:
    """The text of each slide, with where its fragments begin if that needs no clean words."""
    if mode != "compat":
        return [(part, None) for part in parts]
    starts = [list(_compat(part)) for part in parts]
    bounds.check_fragments(sum(map(len, starts)))
    return list(zip(parts, starts, strict=True))


def _words(part: str) -> Iterator[_Word]:
    cleaned = clean(part)
    stretches = paragraphs(cleaned.text)
    ends = set(list(accumulate(len(stretch.split()) for stretch in stretches))[:-1])
    for count, (text, origin) in enumerate(cleaned.words(), start=1):
        yield _Word(text, origin, count in ends)


def _fragments(
    part: str, words: Sequence[_Word], starts: Sequence[int], *, first: int
) -> Iterator[Fragment]:
    """The fragments of a slide.

    Args:
        part: Text of the slide.
        words: Of the slide, cleaned.
        starts: Where in the text each fragment begins.
        first: Number of the first fragment.
    """
    left = 0
    for number, (start, end) in enumerate(pairwise([*starts, len(part) + 1]), start=first):
        right = bisect_left(words, end, lo=left, key=attrgetter("origin"))
        if left < right - 1 and right < len(words) and _numbers_an_item(words, right - 1):
            # "4. Laws 5." of the file: the number is said and shown with its item.
            right -= 1
        own = words[left:right]
        text = " ".join(part[start:end].split())
        cleaned = " ".join(word.text for word in own)
        ends = tuple(n for n, word in enumerate(own, start=1) if word.ends_paragraph)
        yield Fragment(number, text, ends, None if cleaned == text else cleaned)
        left = right


def _numbers_an_item(words: Sequence[_Word], place: int) -> bool:
    """Whether a word is the number with which an item or a heading begins."""
    word = words[place]
    begins = place == 0 or words[place - 1].ends_paragraph
    return begins and not word.ends_paragraph and _ITEM_NUMBER.fullmatch(word.text) is not None


def _compat(part: str) -> Iterator[int]:
    """Where fragments begin: sentences in groups of five, one sentence in groups of words."""
    first = _WORD.search(part)
    if first is None:
        return
    units = [
        first.start(),
        *(found.end() for found in _SENTENCE_END.finditer(part, first.end() - 1)),
    ]
    size = SENTENCES_PER_FRAGMENT
    if len(units) <= 1:
        units, size = [word.start() for word in _WORD.finditer(part)], WORDS_PER_FRAGMENT
    yield from units[::size]


def _by_sentences(part: str, words: Sequence[_Word], language: str, most: int) -> Iterator[int]:
    """Where fragments begin: whole sentences, as many as fit.

    A sentence that is longer than a fragment is cut at its pauses.
    """
    if not words:
        # Nothing but markup: a fragment all the same, as in the other mode.
        yield from _compat(part)
        return
    done = group = length = 0
    for piece in _pieces(words, language):
        full = group == most
        if group == 0 or full or length + len(piece) > CHARACTERS_PER_FRAGMENT:
            # Marks before the first word are the first fragment's, all others the one's before.
            yield words[done].origin if done else 0
            group, length = 0, 0
        group += 1
        length += len(piece) + 1
        done += len(piece.split())


def _pieces(words: Sequence[_Word], language: str) -> Iterator[str]:
    """Sentences, none beyond the end of a paragraph, and the parts of long ones."""
    paragraph: list[str] = []
    for number, word in enumerate(words, start=1):
        paragraph.append(word.text)
        if word.ends_paragraph or number == len(words):
            for sentence in sentences(" ".join(paragraph), language):
                yield from bounded(sentence, CHARACTERS_PER_FRAGMENT)
            paragraph = []
