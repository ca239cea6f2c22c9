"""The words that are spoken for an English text, as a dictionary of pronunciation has them."""

from __future__ import annotations

import re
import unicodedata

from app.text.english.spelling import spell
from app.text.tokens import tokenize

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


def spoken_words(text: str) -> list[str]:
    """Words of a text in small Latin letters; nothing is left in figures, signs or capitals.

    >>> " ".join(spoken_words("In 1974, 95% of HTTP-servers didn't."))
    "in nineteen seventy four ninety five percent of h t t p servers didn't"
    """
    written = " ".join(word for token in spell(tokenize(text)) for word in token.words)
    letters = unicodedata.normalize("NFKD", written.replace("’", "'")).lower()
    return _WORD.findall("".join(c for c in letters if not unicodedata.combining(c)))
