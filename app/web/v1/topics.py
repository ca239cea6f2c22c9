"""Lectures that are followed, and who follows each: what was told to whom."""

from __future__ import annotations

import time
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Protocol

from app.jobs.report.following import Followed, Standing
from app.web.v1.event_text import COMMENT, ENDS, Line, ending

COMMENT_SECONDS = 15.0
"""Without events a comment tells proxies and the peer that the connection lives."""

_AHEAD_BYTES = 65_536
"""What may wait for a listener before it is sent more: less than ends its stream."""

_BATCH = 100
"""Events that are sent in one piece."""


class Receiver(Protocol):
    """As much of :class:`app.web.server.streams.Stream` as is needed here."""

    closed: bool

    @property
    def waiting(self) -> int:
        """Bytes that were sent and not taken."""

    def send(self, data: bytes) -> bool:
        """Never waits."""

    def close(self) -> None:
        """What was sent still arrives."""


@dataclass(slots=True)
class Log:
    """What happened in one generation, as it is sent."""

    seqs: list[int] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    ends: bool = False
    """Whether its last event is the end."""
    next: Log | None = None
    """Of the generation after it."""

    def after(self, seq: int | None) -> int:
        """How much of it a listener has that has all up to an event."""
        if seq is None or not self.seqs or seq > self.seqs[-1]:
            return 0  # nothing of this lecture has that number: all is told
        return bisect_right(self.seqs, seq)


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who follows a lecture."""

    receiver: Receiver
    seq: int | None
    """Number of the last event that it has from a former connection."""
    log: Log | None = None
    """Where it is; ``None`` before its first event."""
    at: int = 0
    """How much of that it was sent."""
    told: float = field(default_factory=time.monotonic)
    """When it was sent something last."""

    def send(self, data: bytes) -> None:
        self.receiver.send(data)
        self.told = time.monotonic()

    def begin(self, log: Log) -> None:
        """Go on where it was left."""
        self.log, self.at = log, log.after(self.seq)

    def catch_up(self) -> None:
        """Send what it was not, as far as it takes it, and close after the end."""
        while self.log is not None and self.receiver.waiting < _AHEAD_BYTES:
            some = self.log.texts[self.at : self.at + _BATCH]
            if some:
                self.send(b"".join(some))
                self.at += len(some)
            elif self.log.ends:
                self.receiver.close()
                return
            elif self.log.next is None:
                return
            else:
                self.log, self.at = self.log.next, 0


class Topic:
    """A lecture that is followed; for the thread that looks at the store."""

    def __init__(self, followed: Followed) -> None:
        """Nothing is read yet, and nobody listens."""
        self.followed = followed
        self.listeners: list[Listener] = []
        self.used = time.monotonic()
        """When there was a listener last."""
        self._generation = followed.generation
        self._log = Log()

    @property
    def is_silent(self) -> bool:
        """Whether nothing has happened, as far as the store knows."""
        return self.followed.is_read and not self._log.seqs

    def add_listener(self, listener: Listener) -> None:
        """It is told after the next look: it may have come from a process that knew more."""
        self.listeners.append(listener)
        self.followed.is_read = False
        self.used = time.monotonic()

    def add(self, generation: int, line: Line) -> None:
        """Take in an event, the next in order."""
        if generation != self._generation:
            self._generation = generation
            former, self._log = self._log, Log()
            former.next = self._log
        self._log.seqs.append(line.seq)
        self._log.texts.append(line.text)
        self._log.ends = line.is_end

    def tell(self) -> None:
        """Send all listeners what they were not."""
        self.listeners = [each for each in self.listeners if not each.receiver.closed]
        if not self.followed.is_read:
            return
        for listener in self.listeners:
            if listener.log is None:
                listener.begin(self._log)
            listener.catch_up()
        self._comment()
        self.used = time.monotonic()

    def end_without_events(self, standing: Standing | None) -> None:
        """Let listeners go of a lecture that is not there any more, or whose end nothing tells."""
        if standing is not None and (standing.state not in ENDS or standing.last_event):
            return
        for listener in self.listeners:
            if standing is not None:
                listener.send(ending(standing.state))
            listener.receiver.close()

    def _comment(self) -> None:
        now = time.monotonic()
        for listener in self.listeners:
            if now - listener.told >= COMMENT_SECONDS and not listener.receiver.closed:
                listener.send(COMMENT)
