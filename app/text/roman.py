"""Roman numerals, which every language writes alike."""

from __future__ import annotations

NUMERAL = r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
"""Pattern of a Roman numeral below 4000, in capitals."""

_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_value(text: str) -> int:
    """Value of a Roman numeral in capitals.

    >>> roman_value("XIX"), roman_value("IV")
    (19, 4)
    """
    values = [_DIGITS[letter] for letter in text]
    later = [*values[1:], 0]
    return sum(-mine if after > mine else mine for mine, after in zip(values, later, strict=True))
