"""What is known of files that were examined already."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from app.examiner.turns import busy

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, and how long it holds."""

    answer: Answer
    seconds: float | None = None
    """``None``: for ever, since it follows from the file alone."""


class Verdicts:
    """Remembers answers, and has each question asked by one thread at a time."""

    def __init__(self, most: int, *, most_waiting: int) -> None:
        """Nothing is known yet.

        Args:
            most: Answers that are remembered.
            most_waiting: Threads that wait at a time for what another one asks.
        """
        self._most = most
        self._most_waiting = most_waiting
        self._waiting = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Answer, float | None]] = OrderedDict()
        """With the moment of the monotonic clock at which they are forgotten."""
        self._asked: dict[Hashable, Future[Answer]] = {}

    def known(self, question: Hashable) -> Answer | None:
        """The answer, if it is remembered."""
        with self._lock:
            return self._known(question)

    def keep(self, question: Hashable, verdict: Verdict) -> None:
        """Remember an answer."""
        with self._lock:
            self._keep(question, verdict)

    def answer(self, question: Hashable, ask: Callable[[], Verdict]) -> Answer:
        """The remembered answer, that of a thread which is asking, or a new one.

        Args:
            question: Equal for what has the same answer.
            ask: What it raises, all hear that wait for the answer; it is not remembered.

        Raises:
            Busy: Too many wait already.
        """
        with self._lock:
            answer = self._known(question)
            if answer is not None:
                return answer
            other = self._asked.get(question)
            own: Future[Answer] = Future()
            if other is None:
                self._asked[question] = own
            elif self._waiting >= self._most_waiting:
                raise busy()
            else:
                self._waiting += 1
        return self._asked_now(question, ask, own) if other is None else self._told(other)

    def _told(self, told: Future[Answer]) -> Answer:
        try:
            return told.result()
        finally:
            with self._lock:
                self._waiting -= 1

    def _asked_now(
        self, question: Hashable, ask: Callable[[], Verdict], told: Future[Answer]
    ) -> Answer:
        try:
            verdict = ask()
        except BaseException as error:
            with self._lock:
                del self._asked[question]
            told.set_exception(error)
            raise
        with self._lock:
            self._keep(question, verdict)
            del self._asked[question]
        told.set_result(verdict.answer)
        return verdict.answer

    def _known(self, question: Hashable) -> Answer | None:
        answer, until = self._kept.get(question, (None, None))
        if until is not None and time.monotonic() > until:
            del self._kept[question]
            return None
        if answer is not None:
            self._kept.move_to_end(question)
        return answer

    def _keep(self, question: Hashable, verdict: Verdict) -> None:
        until = None if verdict.seconds is None else time.monotonic() + verdict.seconds
        self._kept[question] = verdict.answer, until
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
