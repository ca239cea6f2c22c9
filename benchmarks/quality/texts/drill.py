"""Any number of lecture-like paragraphs, always the same ones: random, from a fixed seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

TABLES = Path(__file__).with_suffix(".yaml")
SENTENCES = (2, 6)
"""Fewest and most of a paragraph."""
_SEED = 20
_GAP = re.compile(r"\{(\w+)\}")


def languages() -> tuple[str, ...]:
    """Those that have frames of sentences."""
    return tuple(_tables())


def drill(language: str, count: int) -> Iterator[str]:
    """So many paragraphs; the first ones are the same whatever the count."""
    table = _tables()[language]
    chance = random.Random(f"{_SEED} {language}")
    for _ in range(count):
        frames = chance.sample(table["frames"], chance.randint(*SENTENCES))
        yield " ".join(_filled(frame, table, chance) for frame in frames)


def _filled(frame: str, table: dict[str, list[str]], chance: random.Random) -> str:
    def filler(gap: re.Match[str]) -> str:
        name = gap[1]
        chosen = chance.choice(table[name.lower()])
        return chosen[0].upper() + chosen[1:] if name[0].isupper() else chosen

    return _GAP.sub(filler, frame)


def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    return tables
