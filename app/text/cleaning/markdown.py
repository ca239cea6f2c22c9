"""Markdown in a lecture text: marks go, what they mark stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.text.cleaning.traced import Span, Traced, kept

_SAME_PARAGRAPH = r"(?:[^\n]|\n(?![^\S\n]*\n))"
_FENCE = re.compile(r"^[^\S\n]{0,3}(?:`{3,}|~{3,})[^`\n]*$", re.MULTILINE)
_FRONT_MATTER = re.compile(
    r"\A\s*---[^\S\n]*\n(?:[\w-]+:[^\n]*\n|[^\S\n]+[^\n]*\n|- [^\n]*\n)*---[^\S\n]*(?=\n|\Z)"
)
_DEFINITION = re.compile(
    r"^[^\S\n]{0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[^\S\n]*(?:<[^<>\n]*>|(?:\w+:|/|#|\./)\S*)"
    r"(?:[^\S\n]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[^\S\n]*$",
    re.MULTILINE,
)
_NOTE = re.compile(r"^[^\S\n]{0,3}\[\^[^\]\n]{1,50}\]:[^\S\n]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\n]{1,50}\]")
_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]\n]|\n(?!\s*\n)|\[[^\[\]\n]{0,100}\]){0,300})\]"
    r"\((?P<target>[^\S\n]*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+(?:\"[^\"]{0,200}\"|'[^']{0,200}'|\([^()]{0,200}\)))?\s*)\)"
    r"(?:\{[^{}\n]{0,100}\})?"
)
_REFERENCE = re.compile(r"!?\[(?P<text>[^\[\]\n]{1,300})\]\[[^\[\]\n]{0,100}\]")
_ADDRESS = re.compile(r"<(?P<address>(?:https?|ftp|mailto):[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_TARGET = re.compile(r"(?:https?:|ftp:|mailto:|www\.|[#/.]|<|[\w-]+\.\w|[\w-]+(?:/[\w.-]+)+)")

_HEADING = re.compile(
    r"^[^\S\n]{0,3}#{1,6}[^\S\n]+(?P<text>[^\n]*?)(?:[^\S\n]+#+)?[^\S\n]*$", re.MULTILINE
)
_UNDERLINE = re.compile(
    r"^[^\S\n]*(?:={3,}|-{3,}|~{3,}|#+"
    r"|\*(?:[^\S\n]*\*){2,}|_(?:[^\S\n]*_){2,}|-(?:[^\S\n]+-){2,})[^\S\n]*$",
    re.MULTILINE,
)
_QUOTE = re.compile(r"^[^\S\n]{0,3}(?:>[^\S\n]?)+", re.MULTILINE)
_ADMONITION = re.compile(r"^(?:\[!\w+\]|:{3,}[^\S\n]*\{?[\w .-]*\}?)[^\S\n]*$", re.MULTILINE)
_RULE_OF_A_TABLE = re.compile(
    r"^[^\S\n]*\|?[^\S\n]*:?-{2,}:?[^\S\n]*(?:[|+][^\S\n]*:?-{2,}:?[^\S\n]*)*[|+]?[^\S\n]*\n?"
    r"|^[^\S\n]*\+[-=+]{3,}[^\S\n]*\n?",
    re.MULTILINE,
)
_ROW = re.compile(r"^[^\S\n]*\|(?P<cells>[^\S\n][^\n]*)\|[^\S\n]*$", re.MULTILINE)
_ROW_IN_TABLE = re.compile(r"^[^\S\n]*\|?(?P<cells>[^\n|]*\|[^\n]*?)\|?[^\S\n]*$", re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"[^\S\n]*(?<!\\)\|[^\S\n]*")
_TASK = re.compile(
    r"^(?P<item>[^\S\n]*(?:[-*+]|\d{1,3}[.)])[^\S\n]+)\[[ xX]\][^\S\n]+", re.MULTILINE
)

_CODE = re.compile(
    rf"(?P<mark>(?<!`)`{{1,3}}(?!`))(?P<text>{_SAME_PARAGRAPH}{{1,300}}?)(?<!`)(?P=mark)(?!`)"
)
_STARS = re.compile(
    rf"(?<![\\*])(?P<mark>\*{{2,3}})(?=[^\s*])"
    rf"(?P<text>{_SAME_PARAGRAPH}{{1,600}}?)(?<=[^\s])(?P=mark)(?!\*)"
    rf"|(?<![\\*\w])\*(?=[^\s*])(?P<lone>(?:(?!\*){_SAME_PARAGRAPH}){{1,600}}?)"
    r"(?<=[^\s])\*(?![*\w])"
)
_LOW_LINES = re.compile(
    r"(?<![\\\w])(?P<mark>_{1,3})(?=[^\s_])"
    rf"(?P<text>{_SAME_PARAGRAPH}{{1,600}}?)(?<=[^\s\\])(?P=mark)(?!\w)"
)
_STRUCK = re.compile(
    r"(?P<mark>~~|(?<!\w)==|(?<!\w)\+\+)(?=[^\s~=+])"
    rf"(?P<text>{_SAME_PARAGRAPH}{{1,600}}?)(?<=[^\s~=+])(?P=mark)(?![=+~])"
)
_STRAY = re.compile(
    r"(?<!\w)[*_]{2,}(?!\w)|(?<=\w)\*{2,}(?!\w)|(?<!\w)\*{2,}(?=\w)|~~+|`+"
    r"|(?<!\w)\*(?=[^\W\d])|(?<=[^\W\d]{3})\*(?!\w)"
)
_STRAYS = frozenset("*_~`")
_EMOJI = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]{2,30}:(?!\w)")


def without_markdown(text: Traced) -> Traced:
    r"""The text without marks; headings, rows and items stay on lines of their own.

    >>> without_markdown(Traced.of("# Week 1\nSee [the page](https://example.org), **now**.")).text
    '\n\nWeek 1\n\n\nSee the page, now.'
    """
    text = text.sub(_FRONT_MATTER, "").sub(_FENCE, "\n\n").sub(_DEFINITION, "\n\n")
    text = text.sub(_QUOTE, "").sub(_ADMONITION, "\n\n")
    text = _without_tables(text)
    text = text.sub(_HEADING, lambda found: ["\n\n", found.span("text"), "\n\n"])
    text = text.sub(_UNDERLINE, "\n\n").sub(_TASK, kept("item"))
    text = text.sub(_NOTE, "\n\n").sub(_NOTE_MARK, "")
    text = text.sub(_LINK, _link).sub(_LINK, _link).sub(_REFERENCE, kept("text"))
    text = text.sub(_ADDRESS, kept("address")).sub(_EMOJI, "")
    text = _without_emphasis(text)
    # A mark may begin its line only now that what stood before it is gone.
    return text.sub(_QUOTE, "").sub(_HEADING, kept("text"))


def _without_emphasis(text: Traced) -> Traced:
    """The text without marks around words, which most texts do not have and take long to find."""
    text = text.sub(_CODE, kept("text"))
    for _ in range(2):  # one within the other
        if "*" in text.text:
            text = text.sub(_STARS, kept("text", "lone"))
        if "_" in text.text:
            text = text.sub(_LOW_LINES, kept("text"))
    if any(mark in text.text for mark in ("~~", "==", "++")):
        text = text.sub(_STRUCK, kept("text"))
    return text if _STRAYS.isdisjoint(text.text) else text.sub(_STRAY, "")


def _without_tables(text: Traced) -> Traced:
    if "|" not in text.text:
        return text
    ruled = text.sub(_RULE_OF_A_TABLE, "")
    return ruled.sub(_ROW, _row) if ruled is text else ruled.sub(_ROW_IN_TABLE, _row)


def _row(found: re.Match[str]) -> Sequence[str | Span]:
    """Cells as a list: "Nitrogen, 78 %"."""
    start = found.start("cells")
    parts: list[str | Span] = ["\n\n"]
    cells = [span for span in _cells(found["cells"]) if span[1] > span[0]]
    for number, (first, last) in enumerate(cells):
        parts += [", "] if number else []
        parts.append((start + first, start + last))
    return [*parts, "\n\n"]


def _cells(row: str) -> Iterator[Span]:
    """Stretches of a row between its strokes, without the blanks around them."""
    done = 0
    for start, end in [*(mark.span() for mark in _BETWEEN_CELLS.finditer(row)), (len(row),) * 2]:
        cell = row[done:start]
        yield done + len(cell) - len(cell.lstrip()), done + len(cell.rstrip())
        done = end


def _link(found: re.Match[str]) -> Sequence[str | Span]:
    """The text of a link; "f[i](x)" is none."""
    if found["target"].strip() and not _TARGET.match(found["target"].strip()):
        return [found.span()]
    return [found.span("text")]
