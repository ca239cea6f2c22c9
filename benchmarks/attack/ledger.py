"""How much was asked, and which promises were broken."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

EXAMPLES = 12
"""How many breaks of a promise are told in words."""


class Promise(StrEnum):
    """What is promised to whoever attacks, and to everybody else meanwhile."""

    OUTSIDE = "outside"
    """Nothing outside the roots is read or written."""
    CONNECTIONS = "connections"
    """Nothing that a file or a request names is connected to."""
    FAULTS = "5xx"
    """No fault of the service: no status from 500 but those of :data:`NO_FAULTS`."""
    ENVELOPE = "envelope"
    """Every answer is an envelope, and whatever is a whole request gets one."""
    SLOW = "over 10 s"
    """An answer comes within :data:`ANSWER_SECONDS`; what never arrives is ended in time."""
    TOLD = "as told"
    """What the kind itself is about."""
    PING = "ping"
    """``/ping`` answers others meanwhile, 99 of 100 within :data:`PING_SECONDS`."""
    IN_TIME = "in time"
    """What the kind itself bounds in seconds."""
    MEMORY = "memory"
    """The web processes are back within :data:`MEMORY_BYTES` of their start."""
    PROCESSES = "processes"
    """No process is left."""
    LOG = "log"
    """No traceback, no line that a caller wrote, and nothing of a lecture's text in the log."""


TIMED = frozenset({Promise.SLOW, Promise.PING, Promise.IN_TIME, Promise.MEMORY})
"""Promises that a slow or busy machine breaks as well."""

NO_FAULTS = frozenset({501, 505})
"""HTTP's own words for a method, a coding or a version that the caller should not use."""

ANSWER_SECONDS = 10.0
ARRIVAL_SECONDS = 12.0
"""Until a request is ended of which something is still to come."""
PING_SECONDS = 0.05
MEMORY_BYTES = 50_000_000


@dataclass
class Tally:
    """One kind of attack; may be written to from several threads."""

    kind: str
    requests: int = 0
    broken: Counter[Promise] = field(default_factory=Counter)
    examples: list[tuple[Promise, str]] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    """What this machine could not do, and why."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def asked(self, times: int = 1) -> None:
        """So many hostile requests went out."""
        with self._lock:
            self.requests += times

    def break_(self, promise: Promise, example: str) -> None:
        """A promise was broken in this way."""
        with self._lock:
            self.broken[promise] += 1
            if self.broken[promise] <= EXAMPLES:
                self.examples.append((promise, example))

    def at_most(self, promise: Promise, name: str, value: float, limit: float) -> None:
        """A figure that breaks a promise when it is larger."""
        self.figures[name] = round(value, 3)
        if value > limit:
            self.break_(promise, f"{name}: {value:.3f}, at most {limit:g} is promised")

    def as_dict(self) -> dict[str, object]:
        """For one line of JSON."""
        return {
            "kind": self.kind,
            "requests": self.requests,
            "broken": {promise.value: self.broken[promise] for promise in Promise},
            "examples": [f"{promise.value}: {told}" for promise, told in self.examples],
            "figures": self.figures,
            "skipped": self.skipped,
        }
