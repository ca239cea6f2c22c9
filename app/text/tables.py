"""Tables of words written as running text, which reads better than quoted lists."""

from __future__ import annotations


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
