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
from app.text.cleaning.traced import Span, Traced, pairs, protected

_LONGEST = 2000
"""Characters of a formula; what has no end within them is none."""
_ENVIRONMENTS = "|".join(sorted(ENVIRONMENTS_OF_FORMULAS))
_FORMULA = re.compile(
    rf"\$\$(?P<double>[^$]{{1,{_LONGEST}}})\$\$"
    rf"|(?<!\\)\$(?P<single>(?=\S)(?:\\.|[^$\\\n]|\n(?!\s*\n)){{1,600}}?(?<=\S))\$"
    rf"|(?<!\\)\\\[(?P<square>(?:(?!\\\]).){{0,{_LONGEST}}}?)\\\]"
    r"|(?<!\\)\\\((?P<round>(?:(?!\\\)).){0,600}?)\\\)"
    rf"|\\begin\{{(?P<name>{_ENVIRONMENTS})\*?\}}(?:\{{[^{{}}\n]*\}})?"
    rf"(?P<body>(?:(?!\\end\{{).){{0,{_LONGEST}}}?)\\end\{{(?P=name)\*?\}}",
    re.DOTALL,
)
_OPERATOR = re.compile(r"[\^_{}=<>+*/|]")
_ONE_THING = re.compile(r"[\w().,'′!-]+")
_WORDS = re.compile(r"\b[^\W\d_]{3,}\s+[^\W\d_]{2,}")
_PROSE = re.compile(r"[^\W\d_]{5,}")
"""A word that is longer than what people call a variable."""
_DOCUMENT = (re.compile(r"\\documentclass"), re.compile(r"\\begin\{document\}"))
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
_GLUED = "|".join(
    sorted((name for name in {*SYMBOLS, *BREAKS, *SPACES} if len(name) > 3), key=len, reverse=True)
)
_COMMAND = re.compile(
    rf"\\(?:(?:{_NAMES})\*?(?![^\W\d_])|[A-Za-z]+(?=\{{)|[\"'`^~=.cuvHk]\{{"
    rf"|(?P<glued>{_GLUED})(?=[^\W\d_])|(?P<unknown>[^\W\d_]+))"
)
_PATH = re.compile(r"(?<!\S)(?:[A-Za-z]:\\|\\\\\w|%\w+%\\)\S*")
"""Of Windows; its strokes begin no command."""
_WITH_ARGUMENT = re.compile(r"\\[A-Za-z]+\{|\\frac|\$[^$]*\\[^$]*\$")
_NAMES_OF_FORMULAS = ("double", "single", "square", "round", "body")
_ESCAPED = re.compile(r"\\(?P<sign>[!\"#$%&'()*+,./:;<=>?@\[\]^_`{|}~-])")
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
    if any(mark.search(text.text) for mark in _DOCUMENT):
        text = text.without(pairs(text.text, *_DOCUMENT)).sub(_COMMENT, "")
    found_tex = _WITH_ARGUMENT.search(text.text) is not None
    text = text.sub(_FORMULA, _formula)
    text = text.replaced(_commands(text.text))
    text = text.sub(_ESCAPED, lambda found: [protected(found["sign"])])
    text = text.sub(_QUOTES, lambda found: ["“", found.span("text"), "”"])
    return text.sub(_STRAY_BRACE, "") if found_tex else text


def _formula(found: re.Match[str]) -> Sequence[str | Span]:
    single = found["single"]
    if single is not None and not _is_formula(found, single):
        return [found.span()]
    tex = next(found[name] for name in _NAMES_OF_FORMULAS if found[name] is not None)
    read = " ".join(Reader(tex, math=True).all().split()).strip(" ;")
    # A displayed formula is part of its sentence, however many lines it has.
    return [read] if single is not None or found["round"] is not None else [f" {read} "]


def _is_formula(found: re.Match[str], text: str) -> bool:
    """Whether what stands between two dollar signs is one, rather than prices in a sentence."""
    if "\\" in text:
        return True
    whole, start, end = found.string, found.start(), found.end()
    if whole[start - 1 : start].isdigit() or whole[end : end + 1].isdigit():
        return False
    if _ONE_THING.fullmatch(text):
        return not _PROSE.fullmatch(text)
    return _OPERATOR.search(text) is not None and not _WORDS.search(text)


def _commands(text: str) -> Iterator[tuple[int, int, Sequence[str]]]:
    """The commands that stand outside of formulas, each with what is read for it."""
    paths = [found.span() for found in _PATH.finditer(text)]
    done = 0
    for found in _COMMAND.finditer(text):
        while paths and paths[0][1] <= found.start():
            del paths[0]
        if found.start() < done or (paths and paths[0][0] <= found.start()):
            continue
        if found["unknown"]:
            done = found.start("unknown")
            yield (
                found.start(),
                done,
                (" " if text[found.start() - 1 : done - 1].isalnum() else "",),
            )
            continue
        if found["glued"]:
            done = found.end("glued")
            yield found.start(), done, (f"{SYMBOLS.get(found['glued'], '')} ",)
            continue
        start = found.start()
        reader = Reader(text, math=_is_math(found), start=start, end=start + _REACH)
        read = reader.command()
        done = reader.place
        yield start, done, (read,)


def _is_math(found: re.Match[str]) -> bool:
    return found.group().startswith(("\\frac", "\\dfrac", "\\tfrac", "\\sqrt"))
