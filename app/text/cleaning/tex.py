"""TeX in a lecture text: formulas and commands become plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.text.cleaning.tex_reader import Reader
from app.text.cleaning.tex_symbols import (
    BREAKS,
    DROPPED,
    ENVIRONMENTS_OF_FORMULAS,
    FUNCTIONS,
    HEADINGS,
    SECOND_ONLY,
    SPACES,
    SYMBOLS,
)
from app.text.cleaning.traced import Span, Traced, pairs

_LONGEST = 2000
"""Characters of a formula; what has no end within them is none."""
_ENVIRONMENTS = "|".join(sorted(ENVIRONMENTS_OF_FORMULAS))
_DISPLAYED = re.compile(
    rf"\$\$(?P<dollars>[^$]{{1,{_LONGEST}}})\$\$"
    rf"|(?<!\\)\\\[(?P<square>(?:(?!\\\]).){{0,{_LONGEST}}}?)\\\]"
    rf"|\\begin\{{(?P<name>{_ENVIRONMENTS})\*?\}}(?:\{{[^{{}}\n]*\}})?"
    rf"(?P<body>(?:(?!\\end\{{).){{0,{_LONGEST}}}?)\\end\{{(?P=name)\*?\}}",
    re.DOTALL,
)
_INLINE = re.compile(
    r"(?<![\\$\w])\$(?P<dollars>(?=\S)(?:\\.|[^$\\\n]|\n(?!\s*\n)){1,600}?(?<=\S))\$(?![\d$])"
    r"|(?<!\\)\\\((?P<round>(?:(?!\\\)).){0,600}?)\\\)",
    re.DOTALL,
)
_OPERATOR = re.compile(r"[\^_{}=<>+*/|]")
_ONE_THING = re.compile(r"[\w().,'′!-]+")
_WORDS = re.compile(r"\b[^\W\d_]{3,}\s+[^\W\d_]{2,}")
_PROSE = re.compile(r"[^\W\d_]{5,}")
"""A word that is longer than what people call a variable."""
_DOCUMENT = ("\\documentclass", "\\begin{document}")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?")
_NAMES = "|".join(
    sorted(
        {
            *SYMBOLS, *FUNCTIONS, *DROPPED, *SECOND_ONLY, *SPACES, *BREAKS, *HEADINGS,
            "frac", "dfrac", "tfrac", "sqrt", "binom", "mathbb", "footnote", "verb", "text",
            "textbf", "textit", "texttt", "textrm", "textsf", "textsc", "emph", "underline",
            "mathrm", "mathbf", "mathcal", "mathit", "mathsf", "hat", "bar", "vec", "tilde", "dot",
            "overline", "mbox", "operatorname", "url", "not",
        },
        key=len,
        reverse=True,
    )
)  # fmt: skip
_COMMAND = re.compile(rf"\\(?:(?:{_NAMES})\*?(?![A-Za-z])|[A-Za-z]+(?=\{{)|[\"'`^~=.cuvHk]\{{)")
_ESCAPED = re.compile(r"\\(?P<sign>[%&#_{}$])")
_QUOTES = re.compile(r"``(?P<text>[^`'\n]{1,300})''")
_STRAY_BRACE = re.compile(r"(?<![\\])[{}]")
_REACH = 4000
"""Characters that one command and its arguments may take."""


def without_tex(text: Traced) -> Traced:
    r"""The text with its formulas as people write them without TeX.

    >>> without_tex(Traced.of(r"It is $\frac{7}{10}$ of $n^2$, for $5 or $6.")).text
    'It is 7/10 of n², for $5 or $6.'
    """
    if not any(mark in text.text for mark in "\\$`"):
        return text
    if any(mark in text.text for mark in _DOCUMENT):
        text = text.without(pairs(text.text, *_DOCUMENT)).sub(_COMMENT, "")
    found_tex = "\\" in text.text and _COMMAND.search(text.text) is not None
    text = text.sub(_DISPLAYED, _displayed).sub(_INLINE, _inline)
    text = text.replaced(_commands(text.text))
    text = text.sub(_ESCAPED, lambda found: [found.span("sign")])
    text = text.sub(_QUOTES, lambda found: ["“", found.span("text"), "”"])
    return text.sub(_STRAY_BRACE, "") if found_tex else text


def _displayed(found: re.Match[str]) -> Sequence[str | Span]:
    tex = found["dollars"] or found["square"] or found["body"] or ""
    read = _read(tex)
    if not read:
        return [" "]
    # A displayed formula is part of its sentence, however many lines it has.
    return [f" {read} "]


def _inline(found: re.Match[str]) -> Sequence[str | Span]:
    tex = found["dollars"] if found["dollars"] is not None else found["round"]
    if found["dollars"] is not None and not _is_formula(tex):
        return [found.span()]
    return [_read(tex)]


def _is_formula(text: str) -> bool:
    """Whether what stands between two dollar signs is one, rather than prices in a sentence."""
    if "\\" in text:
        return True
    if _ONE_THING.fullmatch(text):
        return not _PROSE.fullmatch(text)
    return _OPERATOR.search(text) is not None and not _WORDS.search(text)


def _read(tex: str) -> str:
    return " ".join(Reader(tex, math=True).all().split()).strip(" ;")


def _commands(text: str) -> Iterator[tuple[int, int, Sequence[str]]]:
    """The commands that stand outside of formulas, each with what is read for it."""
    done = 0
    for found in _COMMAND.finditer(text):
        if found.start() < done:
            continue
        reader = Reader(text[found.start() : found.start() + _REACH], math=_is_math(found))
        read = reader.command()
        done = found.start() + reader.used()
        yield found.start(), done, (read,)


def _is_math(found: re.Match[str]) -> bool:
    return found.group().startswith(("\\frac", "\\dfrac", "\\tfrac", "\\sqrt"))
