"""Looks side by side, each in a process of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.errors import Busy
from app.examiner.fork_client import ForkServerProcess, Look
from app.examiner.turns import Seat, Turns, busy, stopping
from app.process.lines import LinesEnded

log = logging.getLogger(__name__)

USUAL_SECONDS = 0.4
"""After which a look leaves its place to others that wait, and gets a smaller share of the cores
than they; most need less of a core."""

LONG_SECONDS = 5.0
"""After which a look ends when others wait and too many take long already."""

LONG_FOR_EACH = 8
"""Looks that take long, for each of those that do not, go on beside them.  Each has some 60 MB of
its own, and its decoder's."""

MOST_WAITING = 100
"""Of one tenant, and as many again for what others ask; more than a web process has threads for,
which `app.web.server.places` shares out.  None waits longer than its caller."""

WAIT_SECONDS = 30.0

CLOSING_SECONDS = 0.4
"""What looks get to end by themselves when the pool is closed."""

_LOOKED_EVERY = 0.2


class Overdue(Exception):
    """A look took too long, and was ended.

    Args:
        computed: CPU seconds that it used: little when the machine had none for it.
    """

    def __init__(self, computed: float) -> None:
        super().__init__()
        self.computed = computed


class Crowded(Overdue):
    """A look took long, as too many others did, and was ended before it was overdue."""


class BrokenDown(Exception):
    """The process of a look ended in its midst, twice."""


class Pool:
    """Has questions answered, several at a time.

    A look that takes longer than usual leaves its place to others that wait, as long as not too
    many do, and gets a smaller share of the cores than they.  Safe to use from several threads.
    """

    def __init__(self, command: Sequence[str | Path], processes: int) -> None:
        """No process is started yet.

        Args:
            command: Of a process that runs a :class:`~app.examiner.fork_server.ForkServer`.
            processes: How many looks there are at a time, those that take long aside.
        """
        self._command = command
        self._turns = Turns(
            processes, long_places=LONG_FOR_EACH * processes, most_waiting=MOST_WAITING
        )
        self._lock = threading.Lock()
        self._server: ForkServerProcess | None = None
        self._closed = threading.Event()

    def ask(
        self, question: Mapping[str, Any], *, tenant: str, until: float, size: int = 0
    ) -> dict[str, Any]:
        """Have one question answered.

        Args:
            question: What stands at ``what`` is its kind.
            tenant: Who asks.  When many wait, each tenant has its turn.
            until: When the answer must be there, by the monotonic clock.
            size: Of what is asked about, in bytes.  Of a tenant's questions that wait the smallest
                has the next turn.

        Raises:
            Busy: Too many ask, or for too long.
            Overdue: It took too long.
            Crowded: So did too many others meanwhile.
            BrokenDown: The process that looked ended, and so did a second one.
        """
        patience = min(WAIT_SECONDS, until - time.monotonic())
        seat = self._turns.take(tenant, patience, size=size)
        try:
            return self._answer(question, seat, until)
        finally:
            self._turns.leave(seat)

    def prepare(self) -> None:
        """Have what the next question needs loaded, without waiting for it."""
        with suppress(Busy):  # whoever asks will be told
            self._usable()

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """End all processes, those that look after so many seconds.  Safe to call twice."""
        self._closed.set()
        self._turns.close(seconds)
        with self._lock:
            server = self._server
        if server is not None:
            server.close()

    def _answer(self, question: Mapping[str, Any], seat: Seat, deadline: float) -> dict[str, Any]:
        for _ in range(2):
            # The first one may have been ended by something else than the file.
            server = self._usable()
            look = server.begin(question)
            try:
                said = self._said(server, look, seat, deadline)
            except LinesEnded as error:
                if self._closed.is_set():
                    raise stopping() from error
                continue
            if "answer" in said:
                answer: dict[str, Any] = said["answer"]
                return answer
            if "refused" in said:
                log.warning("examiner cannot fork error=%s", said["refused"])
                raise busy()
            log.warning("examiner's look %s question=%s", said["ending"], look.what)
        raise BrokenDown

    def _said(
        self, server: ForkServerProcess, look: Look, seat: Seat, deadline: float
    ) -> dict[str, Any]:
        begun = time.monotonic()
        while True:
            with suppress(TimeoutError):
                return look.said.result(_pause(begun, deadline))
            if time.monotonic() >= deadline:
                raise Overdue(server.end(look))
            self._make_room(server, look, seat, time.monotonic() - begun)

    def _make_room(self, server: ForkServerProcess, look: Look, seat: Seat, looked: float) -> None:
        """Let others look besides one that has taken so many seconds.

        Raises:
            Crowded: It takes long, and so do too many others.
        """
        if looked < USUAL_SECONDS:
            return
        if self._turns.is_shared():
            server.lower(look)
        if self._turns.is_crowded() and not self._turns.lengthen(seat) and looked >= LONG_SECONDS:
            raise Crowded(server.end(look))

    def _usable(self) -> ForkServerProcess:
        """The process that forks, or a new one."""
        with self._lock:
            if self._closed.is_set():
                raise stopping()
            if self._server is not None and not self._server.is_usable():
                self._server.stop()
                self._server = None
            if self._server is None:
                try:
                    self._server = ForkServerProcess(self._command)
                except (OSError, RuntimeError) as error:
                    log.warning("examiner does not start error=%r", error)
                    raise busy() from error
            return self._server


def _pause(begun: float, deadline: float) -> float:
    """How long to listen before others are thought of."""
    now = time.monotonic()
    usual = begun + USUAL_SECONDS - now
    return max(0.0, min(usual if usual > 0.0 else _LOOKED_EVERY, deadline - now))
