"""Questions to what may not answer: nobody waits for it longer than he has time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

FRESH_SECONDS = 1.0
"""How long an answer serves all who ask."""


class Probe(Generic[Answer]):
    """A question that is asked once at a time, however many want to know."""

    def __init__(self, ask: Callable[[], Answer], *, fresh_seconds: float = FRESH_SECONDS) -> None:
        """Asks nothing yet."""
        self._ask = ask
        self._fresh_seconds = fresh_seconds
        self._lock = threading.Lock()
        self._asked: Future[Answer] | None = None
        self._answered = 0.0

    def answer(self, seconds: float) -> Answer:
        """What is known, or becomes so in that time.

        Raises:
            TimeoutError: It does not.
        """
        return self._future().result(seconds)

    def _future(self) -> Future[Answer]:
        with self._lock:
            asked = self._asked
            if asked is None or (asked.done() and self._is_stale()):
                asked = self._asked = Future()
                thread = threading.Thread(target=self._fill, args=(asked,), name="probe")
                thread.daemon = True  # one that waits for ever keeps no process
                thread.start()
            return asked

    def _is_stale(self) -> bool:
        return time.monotonic() - self._answered >= self._fresh_seconds

    def _fill(self, asked: Future[Answer]) -> None:
        try:
            answer = self._ask()
        except Exception as error:  # handed to whoever asks
            self._answered = time.monotonic()
            asked.set_exception(error)
        else:
            self._answered = time.monotonic()
            asked.set_result(answer)


def within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question of one caller.

    Raises:
        TimeoutError: There is none in that time.
    """
    return Probe(ask).answer(seconds)
