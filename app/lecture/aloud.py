"""What of a text is said otherwise than it is written, for whoever wrote it to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.lecture.lexicon import Lexicon
from app.lecture.model import Fragment, Slide
from app.lecture.reading import by_sentences, said_in_context

if TYPE_CHECKING:
    from app.text.tokens import Verbalized

_EDGES = "\"'«»“”„‘’()[]{}.,:;!?…—–-"
"""Signs around a word that are no part of what is said for it."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Some words, and how they are said."""

    written: str
    """As they stand in the fragment, without the signs around them."""
    spoken: str
    """In words; empty for what is not said."""


def said_otherwise(
    slide: Slide, fragment: Fragment, lexicon: Lexicon, language: str
) -> tuple[Saying, ...]:
    """The words of a fragment that are said otherwise than they are written, in order.

    What the engine's own rules make of a word beyond that is not known here.

    >>> fragment = Fragment(1, "In 1974 there were 3 nodes.")
    >>> for each in said_otherwise(Slide((fragment,)), fragment, Lexicon(), "en"):
    ...     print(each.written, "=", each.spoken)
    1974 = nineteen seventy four
    3 = three

    Args:
        slide: All fragments of it: the neighbours tell how a word at an end is said.
        fragment: One of them.
        lexicon: Its words are said as it has them.
        language: ISO 639-1 code.
    """
    respelled = lexicon.spoken(fragment.with_paragraphs, language).saying(
        said_in_context(slide, fragment, language)
    )
    pieces = by_sentences(respelled.text.split(), language)
    return tuple(_joined(_groups(respelled.groups, pieces)))


@dataclass(frozen=True, slots=True)
class _Group:
    """Words that belong together."""

    written: str
    spoken: str
    is_last: bool
    """Whether a comma or the like follows."""

    @property
    def is_otherwise(self) -> bool:
        return _plain(self.written) != _plain(self.spoken)


def _groups(groups: Iterable[tuple[str, str]], pieces: Sequence[Verbalized]) -> Iterator[_Group]:
    """What is written, with what is said for it in the end."""
    place = 0
    for written, respelt in groups:
        own = pieces[place : place + len(respelt.split())]
        place += len(own)
        closing = own[-1].closing
        bare = written.removeprefix(own[0].opening).removesuffix(closing)
        yield _Group(bare, " ".join(_in_letters(own)), bool(closing))


def _joined(groups: Iterable[_Group]) -> Iterator[Saying]:
    """Those that are said otherwise, neighbours as one: "5 km" is "five kilometers"."""
    met: list[_Group] = []
    for group in groups:
        if group.is_otherwise:
            met.append(group)
        if met and (group.is_last or not group.is_otherwise):
            yield _one(met)
            met = []
    if met:
        yield _one(met)


def _one(met: Sequence[_Group]) -> Saying:
    written = " ".join(each.written for each in met)
    return Saying(written, " ".join(each.spoken for each in met if each.spoken))


def _plain(text: str) -> str:
    """The words alone, as they are compared."""
    words = (word.strip(_EDGES) for word in text.casefold().replace("ё", "е").split())
    return " ".join(word for word in words if word)


def _in_letters(pieces: Iterable[Verbalized]) -> Iterator[str]:
    from app.text.tokens import INNER_PAUSE, LONG_A

    for piece in pieces:
        yield from ("A" if word == LONG_A else word for word in piece.words if word != INNER_PAUSE)
