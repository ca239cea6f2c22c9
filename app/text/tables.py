"""Tables of words: running text, which reads better than quoted lists, and files of columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def words(text: str) -> tuple[str, ...]:
    """Words separated by white space.

    >>> words("le la les")
    ('le', 'la', 'les')
    """
    return tuple(text.split())


def meanings(text: str) -> dict[str, str]:
    """Entries ``sign:words`` separated by semicolons.

    >>> meanings("%:per cento; +:più")
    {'%': 'per cento', '+': 'più'}
    """
    entries = (entry.strip().partition(":") for entry in text.split(";"))
    return {sign: meaning for sign, _, meaning in entries}


def forms(text: str) -> dict[str, tuple[str, str]]:
    """Entries ``sign:singular:plural`` separated by semicolons.

    >>> forms("km:kilómetro:kilómetros")
    {'km': ('kilómetro', 'kilómetros')}
    """
    entries = (entry.strip().split(":") for entry in text.split(";"))
    return {sign: (one, many) for sign, one, many in entries}


def rows(table: Path) -> Iterator[list[str]]:
    """Columns of each line of a file, parted by tabs; lines that begin with two strokes are none.

    Args:
        table: Its path.
    """
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("//"):
            yield line.split("\t")
