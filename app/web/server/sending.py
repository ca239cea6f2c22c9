"""How a connection sends: a portion at a time, and knowing when its peer took something last."""

from __future__ import annotations

import fcntl
import logging
import struct
import termios
import time
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel

from app.web.server.bounds import PORTION_BYTES, TAKEN_PER_SECOND

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5
"""After which the system is asked whether a peer has taken something that we could not see."""


class Sending(HTTPChannel):
    """waitress' channel that sends no more at once than others can wait for.

    waitress sends until the peer takes nothing more.  From a file and to a peer that is as fast as
    the disk that would be all of it, and the loop and everybody else would wait.
    """

    def __init__(self, *args: Any, **named: Any) -> None:  # of HTTPChannel
        now = time.monotonic()
        self.answered = now
        """When the last answer was handed over; at first, when the connection was accepted."""
        self._taken_at = now
        self._taken = 0
        """Bytes of what was left when the answer was handed over."""
        self._in_kernel = 0
        self._looked_at = now
        super().__init__(*args, **named)

    def note_answered(self) -> None:
        """An answer was handed over; from now on it is for the peer to take it."""
        self.answered = self._taken_at = time.monotonic()
        self._taken = 0

    def owes_since(self) -> float:
        """Since when the peer has to take what waits for it.

        That begins anew with every bit that it takes, but not for ever: who takes less than
        :data:`TAKEN_PER_SECOND` of an answer falls behind.
        """
        now = time.monotonic()
        if now - self._taken_at > _LOOK_SECONDS < now - self._looked_at:
            self._look(now)
        return min(self._taken_at, self.answered + self._taken / TAKEN_PER_SECOND)

    def send_answer(self) -> None:
        """Send what a thread has written; the loop sends what the peer does not take at once."""
        with self.outbuf_lock:
            if self.connected:  # the loop closes for a peer that has gone meanwhile
                self._flush_exception(self._flush_some, do_close=False)

    def _flush_some(self, do_close: bool = True) -> bool:
        with self.outbuf_lock:  # a stream is sent to while the loop sends
            return self._send_portion(do_close)

    def _send_portion(self, do_close: bool) -> bool:
        left = PORTION_BYTES
        while left > 0 and (outbuf := self._next_buffer()) is not None:
            piece = _read(outbuf, left)
            sent = self.send(piece, do_close=do_close)
            if not sent:
                break
            outbuf.skip(sent, True)
            self.total_outbufs_len -= sent
            left -= sent
        taken = PORTION_BYTES - left
        if taken:
            self._taken += taken
            self._taken_at = time.monotonic()
        return taken > 0

    def _next_buffer(self) -> Any:  # one of waitress' buffers
        """The one to send from; ``None`` when all are empty."""
        while not len(self.outbufs[0]):
            if len(self.outbufs) == 1:
                if getattr(self.outbufs[0], "buf", None) is not None:
                    # It would keep what was sent as long as the connection lasts.
                    self.outbufs[0].close()
                    self.outbufs[0] = OverflowableBuffer(self.adj.outbuf_overflow)
                    self.current_outbuf_count = 0
                return None
            self.outbufs.pop(0).close()
        return self.outbufs[0]

    def _look(self, now: float) -> None:
        """See what the peer took of that which the system holds: up to some megabytes."""
        self._looked_at = now
        if self.socket is None:
            return
        (held,) = struct.unpack("i", fcntl.ioctl(self.socket, termios.TIOCOUTQ, bytes(4)))
        if held < self._in_kernel:
            self._taken_at = now
        self._in_kernel = held


def _read(outbuf: Any, most: int) -> bytes:  # one of waitress' buffers
    """Some of what waits.

    Raises:
        OSError: It lies in a file that is not what it was; the connection has to end.
    """
    try:
        piece: bytes = outbuf.get(most)
        if not piece:
            raise OSError("a file became shorter")  # noqa: TRY301  (told as the others)
    except OSError as error:
        log.warning("an answer broke off: %s", error)
        raise
    return piece
