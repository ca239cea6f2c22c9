"""Digits in groups, as in "12,34,567"."""

from __future__ import annotations

import re

_COMMA = re.compile(r"(?<=\d),(?=\d{2,3}(?:\D|$)|\d{2},)")


def ungrouped(text: str) -> str:
    """A text without the commas that part groups of two or three digits.

    >>> ungrouped("12,34,567 or 1,974")
    '1234567 or 1974'
    """
    return _COMMA.sub("", text)
