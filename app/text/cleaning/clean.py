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
from app.text.lookalikes import is_cyrillic, restored

_MARKS = frozenset("&<>*_`~#[]|\\$={}:+-")
"""Characters without which there is no markup."""
_WORD = re.compile(
    r"(?<![^\W\d_])[^\W\d_]*(?:[^\W\d_\x00-\x7f][a-zA-Z]|[a-zA-Z][^\W\d_\x00-\x7f])[^\W\d_]*"
)
"""With letters of ASCII beside others; no other word can have look-alikes of either."""
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
    return _restored(laid_out(cleaned))


def _restored(text: Traced) -> Traced:
    """The text with every letter that only looks right as the one that was meant."""
    if text.text.isascii():
        return text
    cyrillic = is_cyrillic(text.text)
    return text.sub(_WORD, lambda found: [restored(found.group(), cyrillic=cyrillic)])


def _gaps(cleaned: Traced, original: str) -> Iterator[Span]:
    """Blanks before a mark that came there because something between them went."""
    for found in _BEFORE_A_MARK.finditer(cleaned.text):
        origin = cleaned.origins[found.end()]
        if origin and not original[origin - 1].isspace():
            yield found.span()
