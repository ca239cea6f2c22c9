"""Punctuation that shapes the prosody."""

from __future__ import annotations

import re
import unicodedata

_MARKS = frozenset('.,!?;:…—"')
"""Those that Kokoro knows; everything else is left out."""
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟", '"') | {"–": "—", "―": "—", "‥": "…"})


def prosody(punctuation: str) -> str:
    """Punctuation as Kokoro knows it, each mark once in a row.

    >>> prosody("»,"), prosody("?!..."), prosody("/")
    ('",', '?!…', '')
    """
    marks = unicodedata.normalize("NFC", punctuation).translate(_QUOTES).replace("...", "…")
    known = "".join(mark for mark in marks if mark in _MARKS)
    return re.sub(r"(.)\1+", r"\1", known)
