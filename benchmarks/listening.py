"""Many who follow one lecture's events over sockets of their own, and come back when they must."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_REFUSED_SECONDS = 0.5
"""Until a listener comes back to where nobody listened."""

_RETRY = re.compile(rb"retry: (\d+)")

_EVENT = re.compile(rb"(?:id: (\d+)\n)?event: (\w+)\n")

_ENDS = (b"done", b"failed", b"cancelled")


@dataclass(eq=False)
class Listener:
    """Follows by HTTP/1.0, whose body needs no unpacking."""

    port: int
    path: str
    seqs: list[int] = field(default_factory=list)
    """Numbers of the events that it was told."""
    kinds: list[str] = field(default_factory=list)
    connections: int = 0
    refused: list[bytes] = field(default_factory=list)
    """First lines of answers that were no events."""
    ended: bool = False
    back_after: float = 0.0
    """Seconds until it comes back, as it was told."""
    due: float = 0.0
    """When it connects next."""
    _socket: socket.socket | None = None
    _unread: bytes = b""
    _in_head: bool = True

    def connect(self, selector: selectors.BaseSelector) -> None:
        """Ask for what it has not; later again, where nobody listens."""
        last = f"Last-Event-ID: {self.seqs[-1]}\r\n" if self.seqs else ""
        try:
            peer = socket.create_connection(("127.0.0.1", self.port), timeout=10)
            peer.sendall(f"GET {self.path} HTTP/1.0\r\nHost: localhost\r\n{last}\r\n".encode())
        except OSError:
            self.due = time.monotonic() + _REFUSED_SECONDS
            return
        peer.setblocking(False)
        self._socket, self._unread, self._in_head = peer, b"", True
        self.connections += 1
        selector.register(peer, selectors.EVENT_READ, self)

    def read(self, selector: selectors.BaseSelector) -> None:
        """Take what is there; come back after an end that is not the lecture's."""
        assert self._socket is not None
        try:
            data = self._socket.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(data)
            return
        selector.unregister(self._socket)
        self._socket.close()
        self._socket = None
        self.due = time.monotonic() + self.back_after

    @property
    def is_connected(self) -> bool:
        return self._socket is not None

    def _take(self, data: bytes) -> None:
        self._unread += data
        if self._in_head:
            head, end, rest = self._unread.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 200 " not in head.partition(b"\r\n")[0]:
                self.refused.append(head.partition(b"\r\n")[0])
            self._in_head, self._unread = False, rest
        *whole, self._unread = self._unread.split(b"\n\n")
        for block in whole:
            if (told := _RETRY.match(block)) is not None:
                self.back_after = int(told[1]) / 1000
            elif (found := _EVENT.match(block)) is not None:
                self.seqs.append(int(found[1]))
                self.kinds.append(found[2].decode())
                self.ended = found[2] in _ENDS


def follow(listeners: Sequence[Listener], seconds: float) -> None:
    """Until all were told the end, or the time is over."""
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        while time.monotonic() < deadline and not all(each.ended for each in listeners):
            now = time.monotonic()
            for each in listeners:
                if not each.is_connected and not each.ended and each.due <= now:
                    each.connect(selector)
            for key, _ in selector.select(0.05):
                key.data.read(selector)
        for key in list(selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]  # it is a socket
