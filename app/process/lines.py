"""What a process and its child say to each other through two pipes: a line at a time.

What stands in a line is the business of those who talk.  A program in another interpreter has
its own end of the same kind, for it cannot import this one.
"""

from __future__ import annotations

import os
import select
import threading
import time
from typing import Protocol

LONGEST_LINE = 1 << 20
_BLOCK = 1 << 16


class LinesEnded(Exception):
    """The other side says no more, or reads no more."""


class Pipe(Protocol):
    """A file, or its number in the only form that does not mix with buffered reading."""

    def fileno(self) -> int: ...
    def close(self) -> None: ...


class Lines:
    """Both pipes.  One thread may read while others write."""

    def __init__(self, incoming: Pipe, outgoing: Pipe) -> None:
        """Nothing is read yet.

        Args:
            incoming: Only this object may read it from now on.
            outgoing: Unbuffered by whoever else writes to it.
        """
        self._incoming = incoming
        self._outgoing = outgoing
        self._writing = threading.Lock()
        self._poll = select.poll()
        self._poll.register(incoming, select.POLLIN)
        self._lines: list[bytes] = []
        self._rest = b""

    def fileno(self) -> int:
        """Descriptor that becomes readable when :meth:`take` would return at once."""
        return self._incoming.fileno()

    def close(self) -> None:
        """Leave the pipes to whoever else has them, for example after a fork."""
        self._incoming.close()
        self._outgoing.close()

    def write(self, line: bytes) -> None:
        """Say a line; its end is added.

        Raises:
            LinesEnded: Nobody reads it.
        """
        left = memoryview(line + b"\n")
        try:
            with self._writing:
                while left:
                    left = left[os.write(self._outgoing.fileno(), left) :]
        except (OSError, ValueError) as error:  # ValueError: closed on this side
            raise LinesEnded("its input is closed") from error

    def read(self, seconds: float | None = None) -> bytes | None:
        """The next line, without its end; ``None`` when there is none in time.

        Args:
            seconds: How long to wait; for ever when not given.

        Raises:
            LinesEnded: There will be none.
            ValueError: What comes has no end, or not soon enough to be a line.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while not self._lines:
            left = None if end is None else max(0.0, end - time.monotonic()) * 1000
            if not self._poll.poll(left):
                return None
            self._lines = self.take()
        return self._lines.pop(0)

    def take(self) -> list[bytes]:
        """Those lines that the next block completes; waits for that block.

        For whoever waits for several things; do not mix it with :meth:`read`.

        Raises:
            LinesEnded: There will be none.
            ValueError: What comes has no end, or not soon enough to be a line.
        """
        block = os.read(self._incoming.fileno(), _BLOCK)
        if not block:
            raise LinesEnded("its output is closed")
        *lines, self._rest = (self._rest + block).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            raise ValueError(f"a line is longer than {LONGEST_LINE} bytes")
        return lines


def standard_lines() -> Lines:
    """This process's standard input and output, out of reach of whatever runs in it.

    From now on standard input is empty and standard output goes where the errors go: libraries
    print, and their programs read.
    """
    incoming, outgoing = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return Lines(incoming, outgoing)
