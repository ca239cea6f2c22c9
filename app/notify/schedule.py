"""When a message is tried again."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime

PAUSES = (0.0, 5.0, 30.0, 120.0, 600.0, 1800.0, 7200.0, 18_000.0, 28_800.0, 28_800.0)
"""Seconds before each try, the first one included: ten tries in 24 hours."""

JITTER = 0.1
"""Share by which a pause may be longer, so that what failed together does not come together."""

LONGEST_WISH = 86_400.0
"""Seconds that a receiver may ask for."""


def pause(
    pauses: Sequence[float],
    tries: int,
    wish: float | None = None,
    *,
    chance: Callable[[], float] = random.random,
) -> float | None:
    """Seconds until the next try; ``None`` when there was the last one.

    >>> pause((0, 5), 1, chance=lambda: 0.5), pause((0, 5), 2)
    (5.25, None)

    Args:
        tries: How many there were.
        wish: Seconds that the receiver asks for; counts when it is longer.
        chance: From 0 to 1.
    """
    if tries >= len(pauses):
        return None
    usual = pauses[tries] * (1 + JITTER * chance())
    return max(usual, min(wish or 0.0, LONGEST_WISH))


def wish(retry_after: str | None, now: float) -> float | None:
    """Seconds that ``Retry-After`` asks for; ``None`` when it says nothing that can be read.

    >>> wish("120", 0.0), wish("Thu, 01 Jan 1970 00:01:00 GMT", 0.0), wish("soon", 0.0)
    (120.0, 60.0, None)

    Args:
        now: Seconds since the epoch.
    """
    if retry_after is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", retry_after.strip(), re.ASCII):
        return float(retry_after)
    try:
        date = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
