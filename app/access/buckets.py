"""Token buckets: how often something may be done, by whoever does it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

WINDOW_SECONDS = 60
"""In which an empty bucket fills up."""

MOST_NAMES = 10_000
"""Buckets that are remembered: the one unused for longest is forgotten, and full again, first."""


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody has left of a quota after a request."""

    quota: int
    """In :data:`WINDOW_SECONDS`."""
    remaining: int
    reset_seconds: int
    """Until all of it is there again; after a refusal, until one is."""
    granted: bool


class Buckets:
    """A bucket for each name; safe to use from any thread."""

    def __init__(
        self, *, most: int = MOST_NAMES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Has nobody's bucket yet.

        Args:
            clock: Steady seconds.
        """
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._used: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By name what was taken and is not back yet, and when that was so."""

    def take(self, name: str, quota: int) -> Left:
        """Take one, if there is one.

        Args:
            quota: What the full bucket holds.
        """
        with self._lock:
            used = self._used_by(name, quota)
            granted = used + 1 <= quota
            return self._left(name, used + granted, quota, granted=granted)

    def look(self, name: str, quota: int) -> Left:
        """The same without taking it."""
        with self._lock:
            used = self._used_by(name, quota)
            return self._left(name, used, quota, granted=used + 1 <= quota)

    def _used_by(self, name: str, quota: int) -> float:
        used, at = self._used.get(name, (0.0, 0.0))
        return max(0.0, used - (self._clock() - at) * quota / WINDOW_SECONDS)

    def _left(self, name: str, used: float, quota: int, *, granted: bool) -> Left:
        self._used[name] = used, self._clock()
        self._used.move_to_end(name)
        while len(self._used) > self._most:
            self._used.popitem(last=False)
        missing = used if granted else used + 1 - quota
        reset = ceil(missing * WINDOW_SECONDS / quota)
        return Left(quota, max(0, floor(quota - used)), max(1, reset), granted)
