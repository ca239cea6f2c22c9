"""Which ends of lines mean something, and which only come from the width of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.text.cleaning.broken_words import joined_words
from app.text.cleaning.traced import Span, Traced

_BLANKS = re.compile(r"\s{2,}|[^\S ]|\A\s|\s\Z")
"""All white space but a single space between words, which stays: there is one for each word."""
_LINE = re.compile(r"[^\n]+|(?<=\n)(?=\n)")
_DRAWN = r"[•◦▪▫‣⁃●○■□▶►➢➤✓✔❖∙·][^\S\n]*"
_BULLET = re.compile(rf"{_DRAWN}|[-*+–—][^\S\n]+(?=\S)")
_DROPPED_BULLET = re.compile(rf"(?P<before>(?:\A|\n)[^\S\n]*)(?:{_DRAWN}|[-*+][^\S\n]+)(?=\S)")
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-zА-Яа-я]|[IVX]{1,5}|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3})[^\S\n]+(?=\S)"
)
_ENDED = re.compile(r"[.!?…。！？][\"'»”’)\]*_]*$")
_GOES_ON = re.compile(
    r"(?:[,(\[«“‘/&+=<>≤≥–—-]|\b(?:and|or|the|a|of|to|и|или|в|на|с|et|ou|de|y|o|e))$", re.IGNORECASE
)
_BEGINS = re.compile(r"[\"'«“„‘(\[¿¡#]*[^\W_]")
_NARROW = 60
"""Columns; wider lines may come from a page, and names stand at the beginning of some of them."""
_ROOM = 2
"""Columns by which the next word must have fitted before an end of a line counts as wanted."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    """Without outer blanks."""
    start: int
    """Of the line in the whole, blanks included."""
    end: int
    width: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that no blank line parts."""

    width: int
    """Of its widest line."""
    is_list: bool
    """Whether each of its lines is one thing, though nothing marks it."""


def laid_out(text: Traced) -> Traced:
    r"""The text with a blank line at every end of a paragraph, heading or item and nowhere else.

    Any other end of a line is a space, and words that were broken there are whole.  Marks of items
    go; their numbers stay.

    >>> laid_out(Traced.of("You need:\n- a pen\n- a long\n  ru-\n  ler\n\nThen we be-\ngin.")).text
    'You need:\n\na pen\n\na long ruler\n\nThen we begin.'
    """
    text = text.replaced(joined_words(text.text))
    text = text.replaced(_ends(text.text))
    text = text.sub(_DROPPED_BULLET, lambda found: [found.span("before")])
    return text.sub(_BLANKS, _tidied)


def _tidied(found: re.Match[str]) -> Sequence[str]:
    if found.start() == 0 or found.end() == len(found.string):
        return [""]
    return ["\n\n" if "\n" in found.group() else " "]


def _ends(text: str) -> Iterator[tuple[int, int, Sequence[str | Span]]]:
    lines = [
        _Line(found.group().strip(), found.start(), found.end(), len(found.group().rstrip()))
        for found in _LINE.finditer(text)
    ]
    blocks = _blocks(lines)
    filled = [line for line in lines if line.text]
    for line, after in pairwise(filled):
        apart = text.count("\n", line.end, after.start) > 1
        wanted = apart or _is_wanted(line, after, blocks[line.start])
        yield line.end, after.start, ("\n\n" if wanted else " ",)


def _blocks(lines: Sequence[_Line]) -> dict[int, _Block]:
    """For each line, by its start, the block that it belongs to."""
    blocks: dict[int, _Block] = {}
    own: list[_Line] = []
    for line in [*lines, _Line("", -1, -1, 0)]:
        if line.text:
            own.append(line)
            continue
        whole = _Block(
            width=max((each.width for each in own), default=0),
            is_list=all(_begins(each.text) and not _ENDED.search(each.text) for each in own),
        )
        blocks.update((each.start, whole) for each in own)
        own = []
    return blocks


def _is_wanted(line: _Line, after: _Line, block: _Block) -> bool:
    """Whether the end of a line that no blank line follows means something."""
    if _BULLET.match(after.text):
        return True
    if _GOES_ON.search(line.text):
        return False
    if _NUMBER.match(after.text):
        return True
    if _ENDED.search(line.text) or not _begins(after.text):
        return False
    if line.text.endswith(":") or (block.is_list and block.width < _NARROW):
        return True
    next_word = after.text.split(maxsplit=1)[0]
    return line.width + 1 + len(next_word) + _ROOM <= block.width


def _begins(text: str) -> bool:
    """Whether a line begins as a sentence does: with a capital or a figure."""
    found = _BEGINS.match(text)
    return found is not None and not text[found.end() - 1].islower()
