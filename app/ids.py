"""Ids that sort by the time they were made, and how callers see them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a digit, or for another letter."""

_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}

LENGTH = 13
"""Digits of an id: 65 bits hold its 63."""

PATTERN = f"[0-7][0-9a-hjkmnp-tv-z]{{{LENGTH - 1}}}"
"""Regular expression of the digits of an id."""

_EPOCH_SECONDS = 1_577_836_800
"""The beginning of 2020; 41 bits of milliseconds reach to 2089."""

_RANDOM_BITS = 22


def new_id(now: Callable[[], float] = time.time) -> int:
    """An id that nobody has: milliseconds above 22 random bits, 63 bits in all.

    Ids of one millisecond come in any order.

    Args:
        now: Seconds since the epoch.
    """
    milliseconds = round(1000 * (now() - _EPOCH_SECONDS)) % (1 << 41)
    return milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)


def told(prefix: str, number: int) -> str:
    """An id as callers see it; those of one prefix sort as their numbers do.

    >>> told("lec", 7)
    'lec_0000000000007'
    """
    digits = [_DIGITS[number >> (5 * place) & 31] for place in reversed(range(LENGTH))]
    return f"{prefix}_{''.join(digits)}"


def number_of(prefix: str, shown: str) -> int | None:
    """The number of an id that a caller names; ``None`` when it is no such id.

    >>> number_of("lec", "lec_0000000000007"), number_of("lec", "av_0000000000007")
    (7, None)
    """
    found, separator, digits = shown.partition("_")
    if (found, separator) != (prefix, "_") or len(digits) != LENGTH:
        return None
    if not set(digits) <= _VALUES.keys():
        return None
    number = 0
    for digit in digits:
        number = number << 5 | _VALUES[digit]
    return number if number < 1 << 63 else None
