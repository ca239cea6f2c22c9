"""One connection: whose turn it is, and how it ends."""

from __future__ import annotations

import logging
import socket
import sys
import time
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments

from app.web.addresses import holder_of, is_among
from app.web.server import refusals
from app.web.server.bounds import DISCARDED_BYTES
from app.web.server.parser import Parser
from app.web.server.refusals import Refusal
from app.web.server.sending import Sending
from app.web.server.task import Answering, Refusing

if TYPE_CHECKING:
    from app.web.server.server import Listener
    from app.web.server.streams import Stream


log = logging.getLogger(__name__)


class Turn(Enum):
    """Whom a connection waits for."""

    SERVICE = auto()
    """Us: a whole request waits or is worked on."""
    REQUEST = auto()
    """The peer, that has to send the rest of a request, or its first byte."""
    TAKING = auto()
    """The peer, that has to take its answer."""
    NEXT = auto()
    """Nobody: the peer has its answer and may ask again."""
    STREAM = auto()
    """Nobody: the peer has all that there is of an answer that goes on."""
    CLOSING = auto()
    """The peer, that has its last answer, and may not have noticed."""


class Channel(Sending):
    """waitress' channel with a clock.

    All of it is for the thread of the loop, but for :meth:`send_answer`, what tasks of waitress
    and what :class:`Stream` calls.
    """

    request: Parser | None
    sent_continue: bool
    close_when_flushed: bool

    task_class = Answering
    error_task_class = Refusing

    def __init__(
        self,
        server: Listener,
        sock: socket.socket,
        addr: tuple[Any, ...],
        adj: Adjustments,
        map: dict[int, wasyncore.dispatcher] | None = None,
    ) -> None:
        bounds = server.door.bounds
        self.holder = holder_of(addr[0])
        self.is_exempt = is_among(addr[0], bounds.exempt)
        self.stream: Stream | None = None
        """Its answer that goes on; the last one of the connection."""
        self._body_bytes = bounds.body_bytes
        self._latest: Parser | None = None
        self._closing_since: float | None = None
        self._discarded = 0
        self._sends_much = False
        self._unread = b""
        super().__init__(server, sock, addr, adj, map=map)

    def turn(self) -> tuple[Turn, float]:
        """Whom it waits for, and since when."""
        if self._closing_since is not None:
            return Turn.CLOSING, self._closing_since
        if self.requests:
            return Turn.SERVICE, self.answered
        if self.stream is not None and self.stream.is_stuffed:
            return Turn.TAKING, float("-inf")
        if self.total_outbufs_len or self.close_when_flushed or self.will_close:
            return Turn.TAKING, self.owes_since()
        if self.stream is not None:
            return Turn.STREAM, self.answered
        latest = self._latest
        if latest is None:
            return Turn.REQUEST, self.answered
        if latest.completed and not latest.empty:
            return Turn.NEXT, self.answered
        return Turn.REQUEST, max(latest.began, self.answered)

    @property
    def has_begun(self) -> bool:
        """Whether part of a request has arrived."""
        return self.request is not None and self.request.has_begun

    def parser_class(self, adj: Adjustments) -> Parser:
        """A request begins: the first one of a connection with that, others with their first byte.

        Blank lines before it do not give it more time.
        """
        before = self._latest
        if before is None:
            began = self.answered
        else:
            began = before.began if before.empty else time.monotonic()
        self._latest = Parser(adj, began=began, body_bytes=self._body_bytes)
        return self._latest

    def refuse(self, refusal: Refusal) -> None:
        """Answer what has arrived so far, and close."""
        with self.requests_lock:
            request = self.request or self.parser_class(self.adj)
            self.request, self._unread = None, b""
            request.refuse(refusal)
            self.requests.append(request)
            self.server.add_task(self)

    def readable(self) -> bool:
        """Whether there is anything to be read for."""
        return self._closing_since is not None or (not self._unread and bool(super().readable()))

    def handle_read(self) -> None:
        """Read what is there; of those that send much, not more of them in a turn than fit."""
        if self.socket is None or (self._sends_much and self.server.door.bytes_left <= 0):
            return
        try:
            data = self.socket.recv(self.adj.recv_bytes)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self.handle_close()
            return
        self._sends_much = len(data) == self.adj.recv_bytes
        self.server.door.bytes_left -= len(data)
        if self._closing_since is not None:
            self._discard(data)
        elif data:
            self.received(data)
        elif self.has_begun:
            self.refuse(refusals.ENDED_EARLY)
        else:
            self.handle_close()

    def received(self, data: bytes) -> bool:
        """Take what has arrived."""
        self._unread += data
        return self.read_on()

    def read_on(self) -> bool:
        """Read what has arrived up to the end of a request.

        What follows waits, unread, until the peer has its answer: so no connection has more than
        one request among those that wait, however many it sends at once.

        Returns:
            Whether anything was read.
        """
        if not self._unread or self.requests or self.total_outbufs_len or self.stream:
            return False
        with self.requests_lock:
            if self.will_close or self.close_when_flushed or self._closing_since is not None:
                self._unread = b""  # it has its last answer
                return False
            while self._unread and not self.requests:
                request = self.request or self.parser_class(self.adj)
                self.request = request
                taken = request.received(self._unread)
                self._unread = self._unread[taken:]
                if request.expect_continue and request.headers_finished and not self.sent_continue:
                    self.send_continue()
                if request.completed:
                    self.sent_continue, self.request = False, None
                    if not request.empty:
                        self.requests.append(request)
                        self.server.add_task(self)
        return True

    def handle_write(self) -> None:
        """Send what is there; after the last answer close for writing first.

        Closing at once on a peer that still sends would take the answer away from it.
        """
        ends = self.close_when_flushed
        if ends:
            self.close_when_flushed = False
        super().handle_write()
        if not ends or self.socket is None or not self.connected:
            return
        if self.total_outbufs_len:
            self.close_when_flushed = True
            return
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()
            return
        self._closing_since = time.monotonic()

    def handle_error(self) -> None:
        """A fault of ours ends this connection only."""
        log.error("a connection failed", exc_info=sys.exception())
        self.handle_close()

    def handle_expt(self) -> None:
        """Urgent data is no part of HTTP."""
        self.handle_close()

    def handle_close(self) -> None:
        """Close now, and forget what has arrived."""
        if self.request is not None:
            self.request.close()
        self._unread = b""
        super().handle_close()
        if self.stream is not None:
            self.stream.ended()

    def _discard(self, data: bytes) -> None:
        self._discarded += len(data)
        if not data or self._discarded > DISCARDED_BYTES:
            self.handle_close()
