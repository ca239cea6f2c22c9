"""The processes that look, side by side."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import Busy
from app.examiner.turns import Seat, Turns, busy, stopping
from app.process.child import Child
from app.process.lines import Lines, LinesEnded

log = logging.getLogger(__name__)

USUAL_SECONDS = 0.4
"""After which a look leaves its place to others that wait; most need less of a core."""

SLOW_SECONDS = 1.0
"""After which a look gets a smaller share of the cores than others."""

LONG_SECONDS = 5.0
"""After which a look ends when others wait and too many take long already."""

LONG_FOR_EACH = 2
"""Looks that take long, for each of those that do not, go on beside them."""

MOST_WAITING = 100
"""Of one tenant, and as many again for what others ask; more than a web process has threads for,
which `app.web.server.places` shares out.  None waits longer than its caller."""

WAIT_SECONDS = 30.0

IDLE_SECONDS = 300.0
SPARE_SECONDS = 30.0
"""After which an idle process ends while another one is idle, too."""

READY = "ready"
"""What a process is asked that has nothing to look at yet: to load what looks need."""

PREPARING_SECONDS = 60.0

CLOSING_SECONDS = 0.4
"""What looks get to end by themselves when the pool is closed."""

_TENDED_EVERY = 1.0
_LOOKED_EVERY = 0.2

_ROOT = Path(__file__).resolve().parents[2]


class Overdue(Exception):
    """A look took too long, and was ended.

    Args:
        computed: CPU seconds that it used: little when the machine had none for it.
    """

    def __init__(self, computed: float) -> None:
        super().__init__()
        self.computed = computed


class BrokenDown(Exception):
    """The process of a look ended in its midst, twice."""


class Pool:
    """Asks processes that are started when they are needed and end when they are not.

    While one looks another is made ready.  A look that takes longer than usual leaves its place to
    others that wait, as long as few do, and gets a smaller share of the cores than they.
    Safe to use from several threads.
    """

    def __init__(self, command: Sequence[str | Path], processes: int) -> None:
        """No process is started yet.

        Args:
            command: Of a process that answers a line of JSON with another.
            processes: How many looks there are at a time, those that take long aside.
        """
        self._command = command
        self._turns = Turns(
            processes, long_places=LONG_FOR_EACH * processes, most_waiting=MOST_WAITING
        )
        self._lock = threading.Lock()
        self._prepared = threading.Condition(self._lock)
        self._idle: list[_Process] = []
        """The last one was the last to answer."""
        self._busy: set[_Process] = set()
        self._tender: threading.Thread | None = None
        self._preparing = False
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
            BrokenDown: The process that looked ended, and so did a second one.
        """
        patience = min(WAIT_SECONDS, until - time.monotonic())
        seat = self._turns.take(tenant, patience, size=size)
        try:
            return self._answer(question, seat, until)
        finally:
            self._turns.leave(seat)

    def prepare(self) -> None:
        """Have a process ready for the next question, without waiting for it."""
        with self._lock:
            if self._idle or self._preparing or self._closed.is_set():
                return
            self._preparing = True
        threading.Thread(target=self._prepare, name="examiner", daemon=True).start()

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """End all processes, those that look after so many seconds.  Safe to call twice."""
        self._closed.set()
        self._turns.close(seconds)
        with self._lock:
            idle, self._idle = self._idle, []
            looking = list(self._busy)
            tender = self._tender
        for process in looking:
            process.child.stop()  # whoever waits for its answer buries it
        for process in idle:
            process.child.kill()
        if tender is not None:
            tender.join()

    def _answer(self, question: Mapping[str, Any], seat: Seat, deadline: float) -> dict[str, Any]:
        for _ in range(2):
            # The first one may have been ended by something else than the file.
            process = self._process_for(question["what"], deadline)
            self.prepare()  # for the next one, that it need not wait for this one
            try:
                return self._exchange(process, question, seat, deadline)
            except (LinesEnded, ValueError) as error:
                if self._closed.is_set():
                    raise stopping() from error
                log.warning("examiner %s question=%s", process.child.ending(), question["what"])
            finally:
                self._put_back(process, question["what"])
        raise BrokenDown

    def _prepare(self) -> None:
        try:
            process = self._new_process()
        except Busy:
            return  # whoever asks next will be told
        else:
            try:
                process.is_asked = True
                process.lines.write(json.dumps({"what": READY}).encode())
                process.is_asked = process.lines.read(PREPARING_SECONDS) is None
            except (LinesEnded, ValueError):
                log.warning("examiner %s question=%s", process.child.ending(), READY)
            finally:
                self._put_back(process, READY)
        finally:
            with self._prepared:
                self._preparing = False
                self._prepared.notify_all()

    def _exchange(
        self, process: _Process, question: Mapping[str, Any], seat: Seat, deadline: float
    ) -> dict[str, Any]:
        process.is_asked = True
        computed = process.child.computed()
        process.lines.write(json.dumps(question).encode())
        begun = time.monotonic()
        while (line := process.lines.read(_pause(begun, deadline))) is None:
            if time.monotonic() >= deadline:
                raise Overdue(process.child.computed() - computed)
            self._make_room(process, seat, time.monotonic() - begun)
        answer: dict[str, Any] = json.loads(line)
        process.is_asked = False
        return answer

    def _make_room(self, process: _Process, seat: Seat, looked: float) -> None:
        """Let others look besides one that has taken so many seconds.

        Raises:
            Busy: It takes long, and so do too many others.
        """
        if looked >= SLOW_SECONDS and not process.has_given_way and self._turns.is_shared():
            process.has_given_way = True
            process.child.give_way()
        is_long = looked >= LONG_SECONDS
        if self._turns.is_crowded() and not self._turns.lengthen(seat) and is_long:
            raise busy()

    def _process_for(self, kind: str, deadline: float) -> _Process:
        """An idle process, best one that has answered such a question before, or a new one."""
        with self._prepared:
            # One that is being made ready is ready sooner than a new one.
            self._prepared.wait_for(
                lambda: self._idle or not self._preparing, deadline - time.monotonic()
            )
            while self._idle:
                found = next((p for p in reversed(self._idle) if p.knows(kind)), self._idle[-1])
                self._idle.remove(found)
                if found.child.is_alive():
                    self._busy.add(found)
                    return found
                found.child.kill()
        return self._new_process()

    def _new_process(self) -> _Process:
        try:
            process = _Process(self._command)
        except (OSError, RuntimeError) as error:
            log.warning("examiner does not start error=%r", error)
            raise busy() from error
        with self._lock:
            self._busy.add(process)
        if self._closed.is_set():
            process.child.stop()
        return process

    def _put_back(self, process: _Process, kind: str) -> None:
        """Keep a process that has answered, unless it has given way, which is for good."""
        process.kinds.add(kind)
        process.idle_since = time.monotonic()
        with self._lock:
            self._busy.remove(process)
            keeps = not (process.is_asked or process.has_given_way or self._closed.is_set())
            if keeps:
                self._idle.append(process)
                if self._tender is None:
                    self._tender = threading.Thread(
                        target=self._tend, name="examiners", daemon=True
                    )
                    self._tender.start()
        if not keeps:
            process.child.kill()

    def _tend(self) -> None:
        """Bury idle processes that have ended, and end those that are not needed."""
        while not self._closed.wait(_TENDED_EVERY):
            with self._lock:
                spare = [process for process in self._idle if self._is_spare(process)]
                self._idle = [process for process in self._idle if process not in spare]
                if not self._idle:
                    self._tender = None
            for process in spare:
                process.child.kill()
            if self._tender is not threading.current_thread():
                return

    def _is_spare(self, process: _Process) -> bool:
        idle = time.monotonic() - process.idle_since
        allowed = IDLE_SECONDS if process is self._idle[-1] else SPARE_SECONDS
        return idle > allowed or not process.child.is_alive()


class _Process:
    """A process that answers one question at a time."""

    def __init__(self, command: Sequence[str | Path]) -> None:
        self.child = Child(command, name="the examiner", cwd=_ROOT)
        self.lines = Lines(self.child.stdout, self.child.stdin)
        self.kinds: set[str] = set()
        """Of the questions that it has answered, whose models it has loaded."""
        self.idle_since = 0.0
        self.is_asked = False
        self.has_given_way = False

    def knows(self, kind: str) -> bool:
        """Whether it has loaded what such a question needs."""
        return kind in self.kinds or READY in self.kinds


def _pause(begun: float, deadline: float) -> float:
    """How long to listen before others are thought of."""
    now = time.monotonic()
    usual = begun + USUAL_SECONDS - now
    return min(usual if usual > 0.0 else _LOOKED_EVERY, deadline - now)
