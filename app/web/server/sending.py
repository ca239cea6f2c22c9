"""How a connection sends: a portion at a time."""

from __future__ import annotations

import logging
import time
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel

from app.web.server.bounds import PORTION_BYTES

log = logging.getLogger(__name__)


class Sending(HTTPChannel):
    """waitress' channel that sends no more at once than others can wait for.

    waitress sends until the peer takes nothing more.  From a file and to a peer that is as fast as
    the disk that would be all of it, and the loop and everybody else would wait.
    """

    def __init__(self, *args: Any, **named: Any) -> None:  # of HTTPChannel
        self.note_answered()
        self.sent_bytes = 0
        """What the system was handed for the peer."""
        super().__init__(*args, **named)

    def note_answered(self) -> None:
        """An answer was handed over; from now on it is for the peer to take it."""
        self.answered = time.monotonic()
        """When the last answer was handed over; at first, when the connection was accepted."""

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
        self.sent_bytes += PORTION_BYTES - left
        return left < PORTION_BYTES

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
