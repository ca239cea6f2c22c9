"""What is said at the ends of a fragment, with the whole slide in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.lecture.model import Fragment, Slide
from app.text.paragraphs import paragraphs
from app.text.sentences.splitting import sentence_lengths

if TYPE_CHECKING:
    from app.text.tokens import Verbalized

_REACH = 60
"""Words on either side of an end that are looked at: more than a sentence has."""
_NEAR = 20
"""Words from an end up to which rules look for neighbours."""
_LONGEST = 200
"""Characters of a word; longer ones are no words, and rules take their time over them: this is
asked before a lecture is accepted."""
_UNSPOKEN = "–"
"""Stands for a word whose sense its neighbour has said: "10 | 000"."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """The words around one end of a fragment, of one paragraph."""

    words: tuple[str, ...]
    cut: int
    """How many of them stand before the end."""
    own: slice
    """Those of the fragment."""
    number: int
    """In the fragment, of the first of them."""


def said_in_context(slide: Slide, fragment: Fragment, language: str) -> dict[int, str]:
    """Words of a fragment that are said otherwise than its own text would tell.

    A fragment may end within a sentence, behind "p." or "стр." or in the middle of a long one.
    What such a word means its neighbours tell: "on p. | 17 and later".

    >>> slide = Slide((Fragment(1, "It stands on p."), Fragment(2, "17 and later.")))
    >>> said_in_context(slide, slide.fragments[0], "en")
    {3: 'page'}

    Args:
        slide: All fragments of it.
        fragment: One of them.
        language: ISO 639-1 code.

    Returns:
        By the number of the word in the fragment, from 0.
    """
    found: dict[int, str] = {}
    for edge in _edges(slide, fragment):
        if max(map(len, edge.words)) <= _LONGEST:
            found |= _said_otherwise(edge, language)
    return found


def _said_otherwise(edge: _Edge, language: str) -> dict[int, str]:
    """What the sentence that goes beyond the end makes of the words within."""
    first, last = _sentence_at(edge.words, edge.cut, language)
    if first == last or not _has_rules(language):
        return {}
    first, last = max(first, edge.cut - _NEAR), min(last, edge.cut + _NEAR)
    start, stop = max(first, edge.own.start), min(last, edge.own.stop)
    whole = _sentence_verbalized(edge.words[first:last], language)[start - first : stop - first]
    alone = by_sentences(edge.words[start:stop], language)
    number = edge.number + start - edge.own.start
    return {
        place: in_context.spoken.strip() or _UNSPOKEN
        for place, (in_context, by_itself) in enumerate(
            zip(whole, alone, strict=True), start=number
        )
        if _sound(in_context) != _sound(by_itself)
    }


@lru_cache(maxsize=2)  # the end of a fragment is the beginning of the next
def _sentence_at(words: tuple[str, ...], cut: int, language: str) -> tuple[int, int]:
    """The sentence that the cut parts, by its first word and the one behind it; empty for none."""
    first = 0
    for size in sentence_lengths(words, language):
        if first < cut < first + size:
            return first, first + size
        first += size
    return 0, 0


def by_sentences(words: Sequence[str], language: str) -> list[Verbalized]:
    """What an engine says that sees these words alone, a piece for each of them."""
    said: list[Verbalized] = []
    first = 0
    for size in sentence_lengths(words, language):
        said += _verbalized(words[first : first + size], language)
        first += size
    return said


# The rules of all languages take 0.2 s to load: a web process has them from its first lecture in
# which a fragment ends within a sentence, and not for its start.


def _has_rules(language: str) -> bool:
    from app.text.verbalize import READ_BY_RULES

    return language in READ_BY_RULES


@lru_cache(maxsize=2)  # as above
def _sentence_verbalized(words: tuple[str, ...], language: str) -> list[Verbalized]:
    return _verbalized(words, language)


def _verbalized(words: Sequence[str], language: str) -> list[Verbalized]:
    from app.text.verbalize import verbalize

    return verbalize(" ".join(words), language)


def _sound(piece: Verbalized) -> tuple[tuple[str, ...], str]:
    return piece.words, piece.closing


def _edges(slide: Slide, fragment: Fragment) -> Iterator[_Edge]:
    """Beginning and end of a fragment, where a paragraph goes beyond them."""
    place = fragment.number - slide.fragments[0].number
    own = [each.split() for each in paragraphs(fragment.with_paragraphs)]
    if place:
        before = paragraphs(slide.fragments[place - 1].with_paragraphs)[-1].split()[-_REACH:]
        within = own[0][:_REACH]
        if before and within:
            cut = len(before)
            words = (*before, *within)
            yield _Edge(words, cut, slice(cut, len(words)), 0)
    if place + 1 < len(slide.fragments):
        after = paragraphs(slide.fragments[place + 1].with_paragraphs)[0].split()[:_REACH]
        within = own[-1][-_REACH:]
        if after and within:
            cut = len(within)
            yield _Edge((*within, *after), cut, slice(0, cut), sum(map(len, own)) - cut)
