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


def forms(text: str) -> dict[str, tuple[str, str]]:
    """Entries ``sign:singular:plural`` separated by semicolons.

    >>> forms("km:kilómetro:kilómetros")
    {'km': ('kilómetro', 'kilómetros')}
    """
    entries = (entry.strip().split(":") for entry in text.split(";"))
    return {sign: (one, many) for sign, one, many in entries}
