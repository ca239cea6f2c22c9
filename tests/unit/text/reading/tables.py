"""Tables of written text and the words that a good lecturer says for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str]]:
    """Text and expected words of each line; lines that begin with two strokes are headings."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("//"))
    return [(text, expected) for text, expected in pairs]


def varieties(name: str) -> list[tuple[str, str, str]]:
    """Text, American words and British words of each line."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("//"))
    return [(text, american, british) for text, american, british in rows]


def bare(words: Iterable[str]) -> list[str]:
    """Words without letter case, accents of stress, hyphens and pauses, which tables do not show.

    >>> bare(["Á", "—", "что-то", "café"])
    ['a', 'что', 'то', 'café']
    """
    text = " ".join(words).casefold().replace("-", " ").replace("—", " ")
    text = re.sub(r"\bá\b", "a", unicodedata.normalize("NFC", text))
    return re.sub(r"(?<=[а-яё])\u0301", "", text).split()
