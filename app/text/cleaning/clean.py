"""One slide of a lecture text as language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.text.cleaning.characters import visible
from app.text.cleaning.html import without_html
from app.text.cleaning.lines import laid_out
from app.text.cleaning.markdown import without_markdown
from app.text.cleaning.tex import without_tex
from app.text.cleaning.traced import Span, Traced, released

_MARKS = frozenset("&<>*_`~#[]|\\$={}:+-")
"""Characters without which there is no markup."""
_BEFORE_A_MARK = re.compile(r"[^\S\n]+(?=[.,;:!?)\]»”])")


def clean(text: str) -> Traced:
    r"""What people paste, as language: what is to be spoken and shown, and nothing else.

    Left are words with their punctuation, and a blank line behind every paragraph, heading, row
    and item.  Markup, tags, entities and commands are gone, formulas are written as people write
    them by hand; nothing that is language is left out.  A text without such things has the same
    words afterwards.

    >>> clean("# Air\n\n* Nitrogen: **78&nbsp;%**\n* $O_2$: 21 %").text.split("\n\n")
    ['Air', 'Nitrogen: 78 %', 'O₂: 21 %']

    Args:
        text: Of one slide, as it stands in the file.
    """
    cleaned = visible(Traced.of(text))
    if not _MARKS.isdisjoint(cleaned.text):
        cleaned = visible(without_html(cleaned))
        cleaned = released(without_markdown(without_tex(cleaned)))
        cleaned = cleaned.without(_gaps(cleaned, text))
    return laid_out(cleaned)


def _gaps(cleaned: Traced, original: str) -> Iterator[Span]:
    """Blanks before a mark that came there because something between them went."""
    for found in _BEFORE_A_MARK.finditer(cleaned.text):
        origin = cleaned.origins[found.end()]
        if origin and not original[origin - 1].isspace():
            yield found.span()
