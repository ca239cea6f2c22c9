"""Random lecture texts in which words stand among all kinds of markup."""

from __future__ import annotations

import random
import re

from app.text.tables import words

WORDS = tuple(
    words(
        """
        water gas light forces the of a in energy students Ünal école señor вода свет и сила
        perché città naïve Straße
        """
    )
)
_TEX = (
    r"\frac{7}{10}", r"\sqrt{x+1}", r"x^{2}", r"a_{n+1}", r"\alpha", r"\leq", r"\sum_{i=1}^{n} i",
    r"\int_0^1 f(x)\,dx", r"\mathbb{R}", r"\text{speed}", r"\left( a + b \right)", r"\hat{x}",
    r"\cdot", r"\lim_{x \to 0}", r"e^{-x^2}", r"\vec{v}",
    r"\begin{cases} 1 & x \\ 0 & y \end{cases}",
)  # fmt: skip
_COMMANDS = (
    r"\textbf{bold}", r"\emph{stress}", r"\section{Title}", r"\cite{key}", r"\ref{fig:one}",
    r"\item", r"\begin{itemize}", r"\end{itemize}", r"\footnote{aside}", r"\label{eq:x}", r"\%",
    r"\alpha", r"\frac{1}{2}", r"\ldots",
)  # fmt: skip
_ENTITIES = (
    "&amp;", "&nbsp;", "&ndash;", "&hellip;", "&#39;", "&quot;", "&eacute;", "&#x2014;", "&lt;",
    "&gt;", "&copy;", "&rarr;", "&times;", "&shy;", "&zwnj;", "&amp;nbsp;", "&laquo;", "&alpha;",
)  # fmt: skip
_TAGS = (
    "<b>{}</b>", "<i>{}</i>", "<p>{}</p>", '<a href="https://example.org/?a=1&amp;b=2">{}</a>',
    "<br>", "<br/>", "<li>{}</li>", '<span style="color: red">{}</span>', "<h2>{}</h2>",
    "<!-- {} -->", "<sup>{}</sup>", '<img src="a.png" alt="x">', "<td>{}</td>", "</div>", "<hr>",
)  # fmt: skip
_MARKDOWN = (
    "**{}**", "*{}*", "__{}__", "_{}_", "~~{}~~", "`{}`", "[{}](https://example.org/a_b)",
    "![{}](img.png)", "***{}***", "\n# {}\n", "\n## {} ##\n", "\n> {}\n", "\n- {}\n", "\n* {}\n",
    "\n1. {}\n", "\n---\n", "\n***\n", "\n```\n{}\n```\n", "[^1]", "\n[^1]: {}\n", "**", "~~", "`",
    "\n| {} | {} |\n|---|:-:|\n| {} | {} |\n", "\n- [x] {}\n", "\n[ref]: https://example.org\n",
    "[{}][ref]", "<https://example.org>", "\\*", "\n{}\n===\n",
)  # fmt: skip
_MARKS = ("—", "--", "…", "“", "”", "«", "»", "(", ")", ",", ".", "!", "?", ":", ";", "/", "%")

MARKUP = re.compile(
    r"\\[A-Za-z]+|\\[({\[]|\$|[{}]|\*\*|~~|`|\]\(|\[\^|\^\{|_\{|(?m:^#{1,6}\s)|(?m:^>\s)|\|"
    r"|&(?:[A-Za-z]+|#x?[0-9a-fA-F]+);|</?(?:b|i|p|a|br|li|span|h[1-6]|sup|img|td|div|hr)\b[^<>]*>"
    r"|<!--|-->|={3,}|-{3,}"
)
"""What must not be left of any mixture."""


def mixture(seed: int) -> str:
    """A text of some forty pieces: words, marks, entities, tags, TeX and Markdown."""
    chosen = random.Random(seed)
    pieces = [_piece(chosen) for _ in range(chosen.randint(5, 60))]
    return "".join(piece + chosen.choice(["", " ", " ", " ", "\n", "\n\n"]) for piece in pieces)


def _piece(chosen: random.Random) -> str:
    kind = chosen.randrange(10)
    some = " ".join(chosen.choices(WORDS, k=chosen.randint(1, 4)))
    if kind < 4:
        return some
    if kind == 4:
        return chosen.choice(_MARKS)
    if kind == 5:
        return chosen.choice(_ENTITIES)
    if kind == 6:
        return chosen.choice(_TAGS).format(some)
    if kind == 7:
        inner = " ".join(chosen.choices(_TEX, k=chosen.randint(1, 3)))
        return chosen.choice(["${}$", "$${}$$", r"\({}\)", r"\[{}\]"]).format(inner)
    if kind == 8:
        return chosen.choice(_COMMANDS)
    return chosen.choice(_MARKDOWN).format(some, some, some, some)
