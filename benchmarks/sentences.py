"""How often a text is cut where its sentences end: our rules against sentencex."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import sentencex

from app.text.sentences.splitting import sentences

TEXTS = Path(__file__).with_name("hard_sentences.tsv")
BOUNDARY = " ‖ "

Splitter = Callable[[str, str], list[str]]


def measure() -> Iterator[dict[str, object]]:
    """One row for each splitter and language."""
    splitters: dict[str, Splitter] = {
        "videolecture": sentences,
        f"sentencex {version('sentencex')}": _by_sentencex,
    }
    texts = list(_texts())
    for name, split in splitters.items():
        for language in ("en", "ru"):
            yield {"splitter": name, "language": language, **_score(split, language, texts)}


def _texts() -> Iterator[tuple[str, list[str]]]:
    """Language and sentences of each text."""
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            language, _, marked = line.partition("\t")
            yield language, marked.split(BOUNDARY)


def _score(split: Splitter, language: str, texts: list[tuple[str, list[str]]]) -> dict[str, object]:
    """A text is right when all of its sentences are."""
    expected = [wanted for written, wanted in texts if written == language]
    wrong = [wanted for wanted in expected if split(" ".join(wanted), language) != wanted]
    return {
        "texts": len(expected),
        "right_percent": round(100 * (1 - len(wrong) / len(expected)), 1),
        "wrong": [BOUNDARY.join(wanted) for wanted in wrong],
    }


def _by_sentencex(text: str, language: str) -> list[str]:
    return [sentence.strip() for sentence in sentencex.segment(language, text) if sentence.strip()]
