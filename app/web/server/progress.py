"""Whether a peer keeps to the pace, however much there is to be sent or taken."""

from __future__ import annotations

import fcntl
import socket
import struct
import termios
import time

from app.web.server.bounds import Bounds


class Progress:
    """From when on a peer is waited for.

    Each byte moves that on, by the time that it may take at the slowest pace, never beyond now.  So
    who is waited for longer than ``request_seconds`` has been slower than that for so long: at
    the end of much as at its beginning, whatever was quick before.

    Args:
        since: When the peer's turn began, by the monotonic clock.
    """

    def __init__(self, since: float, bounds: Bounds) -> None:
        self.since = since
        self._pace = bounds.pace

    def begin(self) -> None:
        """The peer's turn begins now."""
        self.since = time.monotonic()

    def add(self, count: int) -> None:
        """So many bytes more have arrived, or were taken."""
        self.since = min(time.monotonic(), self.since + count / self._pace)


class Taking:
    """How a peer takes its answer, seen from time to time."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._progress: Progress | None = None
        self._taken = 0

    @property
    def since(self) -> float:
        """From when on it is waited for; 0 while it takes nothing."""
        return 0.0 if self._progress is None else self._progress.since

    def look(self, turn_began: float, sent: int, connection: socket.socket) -> None:
        """Note what the peer has.

        Args:
            turn_began: When the answer was there.
            sent: Bytes that the system was handed, since the connection began.  It may hold so
                much itself that a slow peer has room for more of them once in a minute only.
        """
        taken = sent - _unacknowledged(connection)
        if self._progress is None:
            self._progress = Progress(turn_began, self._bounds)
        else:
            self._progress.add(max(0, taken - self._taken))
        self._taken = taken

    def end(self) -> None:
        """Nothing is left to be taken."""
        self._progress = None


def _unacknowledged(connection: socket.socket) -> int:
    """Bytes that the system holds for a peer (``SIOCOUTQ``, tcp(7))."""
    answer = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
    count: int = struct.unpack("i", answer)[0]
    return count
