"""What is said at the ends of a fragment, with the whole slide in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.lecture.model import Fragment, Slide
from app.text.paragraphs import paragraphs
from app.text.sentences.splitting import sentences
from app.text.tokens import Verbalized
from app.text.verbalize import READ_BY_RULES, verbalize

_REACH = 60
"""Words of the neighbours that are looked at: more than a sentence has."""
_LONGEST = 200
"""Characters of a word; longer ones are no words, and rules take their time over them: this is asked
before a lecture is accepted."""
_UNSPOKEN = "–"
"""Stands for a word whose sense its neighbour has said: "10 | 000"."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of one paragraph, of which some belong to the fragment."""

    words: tuple[str, ...]
    first: int
    """The first of the fragment's own."""
    last: int
    """Behind the last of them."""
    number: int
    """Of the first own word in the fragment."""


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
    if language not in READ_BY_RULES or len(slide.fragments) < 2:
        return {}
    found: dict[int, str] = {}
    for stretch in _open_stretches(slide, fragment):
        if max(map(len, stretch.words), default=0) > _LONGEST:
            continue
        whole = _said(stretch.words, language)[stretch.first : stretch.last]
        alone = _said(stretch.words[stretch.first : stretch.last], language)
        for number, (in_context, by_itself) in enumerate(
            zip(whole, alone, strict=True), start=stretch.number
        ):
            if _sound(in_context) != _sound(by_itself):
                found[number] = in_context.spoken.strip() or _UNSPOKEN
    return found


def _sound(piece: Verbalized) -> tuple[tuple[str, ...], str]:
    return piece.words, piece.closing


def _open_stretches(slide: Slide, fragment: Fragment) -> Iterator[_Stretch]:
    """The first and the last paragraph of a fragment, as far as they go beyond it."""
    place = fragment.number - slide.fragments[0].number
    own = [tuple(each.split()) for each in paragraphs(fragment.with_paragraphs)]
    before = _tail(slide.fragments[place - 1]) if place else ()
    after = _head(slide.fragments[place + 1]) if place + 1 < len(slide.fragments) else ()
    if len(own) == 1:
        if before or after:
            yield _stretch(before, own[0], after, 0)
        return
    if before:
        yield _stretch(before, own[0], (), 0)
    if after and own[-1]:
        yield _stretch((), own[-1], after, sum(map(len, own[:-1])))


def _stretch(
    before: Sequence[str], own: Sequence[str], after: Sequence[str], number: int
) -> _Stretch:
    words = (*before, *own, *after)
    return _Stretch(words, len(before), len(before) + len(own), number)


def _tail(fragment: Fragment) -> tuple[str, ...]:
    """Words at its end that belong to the paragraph in which the next fragment begins."""
    return tuple(paragraphs(fragment.with_paragraphs)[-1].split()[-_REACH:])


def _head(fragment: Fragment) -> tuple[str, ...]:
    """Words at its beginning that belong to the paragraph in which the former one ended."""
    return tuple(paragraphs(fragment.with_paragraphs)[0].split()[:_REACH])


def _said(words: Sequence[str], language: str) -> list[Verbalized]:
    """What is said for each word, sentence by sentence."""
    return [
        piece
        for sentence in sentences(" ".join(words), language)
        for piece in verbalize(sentence, language)
    ]
