"""A lock that is handed to whoever has waited longest."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """One thread of this process at a time, in the order in which they came.

    SQLite lets those who wait look again now and then, and whoever comes at the right moment
    is first.  A thread that writes again and again would keep the others out.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Have the turn within.

        Args:
            patience: Seconds to wait for it.

        Raises:
            TimeoutError: It did not come in that time.
        """
        self._take(patience)
        try:
            yield
        finally:
            self._hand_on()

    def _take(self, patience: float) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(patience):
            return
        with self._guard:
            # It may have come in the last moment.
            if called.is_set():
                return
            self._waiting.remove(called)
        raise TimeoutError

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
