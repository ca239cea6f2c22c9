"""Who shows keys that are none is not listened to for a while."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from app.access.buckets import Buckets
from app.errors import TooMany

MOST_KNOWN = 10_000
"""Keys that are remembered to have been good, with the address that they came from."""


class Guesses:
    """Failures by address, in this process; safe to use from any thread.

    Whoever calls with a good key is served meanwhile, also from an address that others guess
    from: behind one proxy all have the same.
    """

    def __init__(self, per_minute: int | None, buckets: Buckets | None = None) -> None:
        """Has seen nobody yet.

        Args:
            per_minute: Failures of one address; ``None``: any number.
        """
        self._per_minute = per_minute
        self._buckets = buckets or Buckets()
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, None] = OrderedDict()

    def check(self, address: str, secret: str | None) -> None:
        """Return when a caller may try.

        Args:
            secret: The key that he shows, if any.

        Raises:
            TooMany: There were too many failures, and this key was not good from there before.
        """
        if self._per_minute is None or self._knows(address, secret):
            return
        left = self._buckets.look(address, self._per_minute)
        if not left.granted:
            raise TooMany(
                "too many calls without a good key from this address",
                retry_after=left.reset_seconds,
            )

    def failed(self, address: str) -> None:
        """Note a call without a key that counts, where one is needed."""
        if self._per_minute is not None:
            self._buckets.take(address, self._per_minute)

    def succeeded(self, address: str, secret: str) -> None:
        """Note that a key was good."""
        with self._lock:
            self._known[_mark(address, secret)] = None
            self._known.move_to_end(_mark(address, secret))
            while len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)

    def _knows(self, address: str, secret: str | None) -> bool:
        if secret is None:
            return False
        with self._lock:
            return _mark(address, secret) in self._known


def _mark(address: str, secret: str) -> bytes:
    """So that no key lies in the memory for long."""
    return hashlib.sha256(f"{address} {secret}".encode()).digest()
