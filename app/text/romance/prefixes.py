"""Units with their decimal prefixes."""

from __future__ import annotations

from app.text.tables import forms, meanings


def prefixed(prefixes: str, units: str) -> dict[str, tuple[str, str]]:
    """Units of a table as they stand, and with each prefix before sign and names.

    >>> prefixed("k:kilo", "W:vatio:vatios")
    {'W': ('vatio', 'vatios'), 'kW': ('kilovatio', 'kilovatios')}

    Args:
        prefixes: Entries ``sign:word`` separated by semicolons.
        units: Entries ``sign:singular:plural`` separated by semicolons.
    """
    plain = forms(units)
    return plain | {
        sign + unit: (word + one, word + many)
        for sign, word in meanings(prefixes).items()
        for unit, (one, many) in plain.items()
    }
