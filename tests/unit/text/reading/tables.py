"""Tables of written text and the words that a good lecturer says for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str]]:
    """Text and expected words of each line; lines that begin with two strokes are headings."""
    return [case for _, rows in blocks(name) for case in rows]


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
