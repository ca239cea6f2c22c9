"""Tables of written text and the words that a good lecturer says for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from app.text.tables import rows
from app.text.verbalize import verbalize

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str]]:
    """Text and expected words of each line; lines that begin with two strokes are headings."""
    return [case for _, block in blocks(name) for case in block]


def blocks(name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The cases below each heading of a table, which are tested together: it names their kind."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("//"):
            found.append((line.strip("/ "), []))
        elif line:
            text, expected = line.split("\t")
            found[-1][1].append((text, expected))
    return found


def varieties(name: str) -> list[tuple[str, str, str]]:
    """Text, American words and British words of each line."""
    return [(text, american, british) for text, american, british in rows(HERE / name)]


def spoken(text: str, language: str, *, british: bool = False) -> list[str]:
    """What is said for a text, bare."""
    pieces = verbalize(text, language, british=british)
    return bare(word for piece in pieces for word in piece.words)


def bare(words: Iterable[str]) -> list[str]:
    """Words without letter case, accents of stress, hyphens and pauses, which tables do not show.

    >>> bare(["Á", "—", "что-то", "café"])
    ['a', 'что', 'то', 'café']
    """
    text = " ".join(words).casefold().replace("-", " ").replace("—", " ")
    text = re.sub(r"\bá\b", "a", unicodedata.normalize("NFC", text))
    return re.sub(r"(?<=[а-яё])\u0301", "", text).split()
