"""Answers that go on without a thread: whoever has something to tell sends it from any thread."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from waitress.channel import ClientDisconnected

from app.errors import Busy
from app.web.server.bounds import STREAM_BYTES

if TYPE_CHECKING:
    from app.web.server.channel import Channel


class Streams:
    """How many streams there are in the process, and of whom."""

    def __init__(self, most: int) -> None:
        """None yet.

        Args:
            most: Of all; half of them may be of one address.
        """
        self._most = most
        self._held = Counter[str]()
        self._lock = threading.Lock()

    def take(self, holder: str, *, is_exempt: bool) -> Callable[[], None]:
        """A place for one more.

        Returns:
            Gives the place back.

        Raises:
            Busy: There is none.
        """
        with self._lock:
            own = 0 if is_exempt else self._held[holder]
            if self._held.total() >= self._most or own >= max(1, self._most // 2):
                raise Busy("too many callers follow events; ask for the state now and then instead")
            self._held[holder] += 1

        def give_back() -> None:
            with self._lock:
                self._held -= Counter((holder,))

        return give_back


class Stream:
    """An answer whose head is sent.

    Its peer is ended when it takes what waits too slowly, as with any answer, or leaves more
    waiting than :data:`STREAM_BYTES`.
    """

    def __init__(self, channel: Channel, left: Callable[[], None]) -> None:
        """Not begun.

        Args:
            left: Called once, when it has ended.
        """
        self.closed = False
        """Whether nothing more can be sent: it was closed, or the peer has left."""
        self.is_stuffed = False
        """Whether more waits than the peer may leave."""
        self.sent = 0
        """Bytes of the body."""
        self._channel = channel
        self._chunked = False
        self._left: Callable[[], None] | None = left
        self._tell: Callable[[int], None] = lambda sent: None
        self._ending = threading.Lock()

    @property
    def waiting(self) -> int:
        """Bytes that the peer has still to take, as far as the system does not hold them."""
        return int(self._channel.total_outbufs_len)

    def begin(self, *, chunked: bool, tell: Callable[[int], None]) -> None:
        """The head is written, and the connection is the stream's from now on.

        Args:
            tell: Called with the bytes sent when it has ended.
        """
        self._chunked = chunked
        self._tell = tell
        self._channel.stream = self
        if not self._channel.connected:  # left before it knew of the stream
            self.ended()

    def send(self, data: bytes) -> bool:
        """Send something now, or when the peer takes it; returns whether it may still arrive."""
        channel = self._channel
        with channel.outbuf_lock:
            if self.closed or not data:
                return not self.closed
            if channel.total_outbufs_len + len(data) > STREAM_BYTES:
                self.closed = self.is_stuffed = True
                return False
            self._write(self._framed(data))
            self.sent += len(data)
        return not self.closed

    def close(self) -> None:
        """End the answer; what was sent still arrives."""
        channel = self._channel
        with channel.outbuf_lock:
            if self.closed:
                return
            self._write(b"0\r\n\r\n" if self._chunked else b"")
            self.closed = True
            channel.close_when_flushed = True
        channel.server.pull_trigger()

    def ended(self) -> None:
        """The connection is closed, or the stream never was the answer; for the server."""
        with self._ending:
            left, self._left = self._left, None
        self.closed = True
        if left is not None:
            left()
            self._tell(self.sent)

    def _write(self, data: bytes) -> None:
        channel = self._channel
        waited = channel.total_outbufs_len
        try:
            channel.write_soon(data)
        except ClientDisconnected:
            self.closed = True
            return
        if not waited:
            channel.note_answered()
            channel.send_answer()
        if channel.total_outbufs_len or channel.will_close:
            channel.server.pull_trigger()

    def _framed(self, data: bytes) -> bytes:
        return b"%X\r\n%b\r\n" % (len(data), data) if self._chunked else data
