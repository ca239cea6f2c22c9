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
from app.web.server.admission import Asking
from app.web.server.bounds import DISCARDED_BYTES
from app.web.server.parser import Parser
from app.web.server.progress import Taking
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
    LEAVE = auto()
    """Us: whether the rest of a request may be sent is being looked up."""
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
        self._bounds = bounds
        self.stream: Stream | None = None
        """Its answer that goes on; the last one of the connection."""
        self._latest: Parser | None = None
        self._closing_since: float | None = None
        self._taking = Taking(bounds)
        self._discarded = 0
        self._sends_much = False
        self._unread = b""
        self._asking: Asking | None = None
        super().__init__(server, sock, addr, adj, map=map)

    def turn(self) -> tuple[Turn, float]:
        """Whom it waits for, and since when."""
        if self._closing_since is not None:
            return Turn.CLOSING, max(self._closing_since, self._taking.since)
        if self.requests:
            return Turn.SERVICE, self.answered
        if self._asking is not None:
            return Turn.LEAVE, self._asking.since
        if self.stream is not None and self.stream.is_stuffed:
            return Turn.TAKING, float("-inf")
        if self.total_outbufs_len or self.close_when_flushed or self.will_close:
            return Turn.TAKING, max(self.answered, self._taking.since)
        if self.stream is not None:
            return Turn.STREAM, self.answered
        latest = self._latest
        if latest is None:
            return Turn.REQUEST, self.answered
        if latest.completed and not latest.empty:
            return Turn.NEXT, self.answered
        return Turn.REQUEST, max(latest.progress.since, self.answered)

    def look_at_taking(self) -> None:
        """Note how far the peer is with its answer; before :meth:`turn` where time counts."""
        turn, since = self.turn()
        if turn in (Turn.TAKING, Turn.CLOSING) and self.socket is not None:
            self._taking.look(since, self.sent_bytes, self.socket)
        else:
            self._taking.end()

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
        self._latest = Parser(
            adj,
            began=began,
            bounds=self._bounds,
            spool=self.server.spool,
            holder=None if self.is_exempt else self.holder,
        )
        return self._latest

    def refuse(self, refusal: Refusal) -> None:
        """Answer what has arrived so far, and close."""
        with self.requests_lock:
            self._refuse(refusal)

    def readable(self) -> bool:
        """Whether there is anything to be read for."""
        if self._closing_since is not None:
            return True
        return not self._unread and self._asking is None and bool(super().readable())

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
        if self._sends_much:
            self._map[self._fileno] = self._map.pop(self._fileno)  # the others' turn comes first
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
        if self.requests or self.total_outbufs_len or self.stream:
            return False
        if not self._unread and self._asking is None:
            return False
        with self.requests_lock:
            if self.will_close or self.close_when_flushed or self._closing_since is not None:
                self._unread = b""  # it has its last answer
                return False
            if self._asking is not None and not self._has_leave(self._asking):
                return False
            while self._unread and not self.requests and self._asking is None:
                self._read_request()
        return True

    def _read_request(self) -> None:
        request = self.request or self.parser_class(self.adj)
        self.request = request
        taken = request.received(self._unread)
        self._unread = self._unread[taken:]
        if request.waits_for_leave:
            self._ask(request)
        elif request.completed:
            self.sent_continue, self.request = False, None
            if not request.empty:
                self.requests.append(request)
                self.server.add_task(self)
        else:
            self._have_it_continued(request)

    def _have_it_continued(self, request: Parser) -> None:
        if request.expect_continue and request.headers_finished and not self.sent_continue:
            self.send_continue()

    def _ask(self, request: Parser) -> None:
        """Look up whether a large body may be sent; nothing is read meanwhile."""
        asking = Asking(self, request, self.server.check)
        if self.server.ask(asking):
            self._asking = asking
        else:
            self._refuse(refusals.BUSY)

    def _has_leave(self, asking: Asking) -> bool:
        """Whether reading goes on; not, while that is not known or it is refused."""
        if not asking.is_decided or self.request is None:
            return False
        self._asking = None
        refusal = asking.refusal or self.request.admit()
        if refusal is not None:
            self._refuse(refusal)
            return False
        self._have_it_continued(self.request)
        return True

    def _refuse(self, refusal: Refusal) -> None:
        request = self.request or self.parser_class(self.adj)
        self.request, self._unread, self._asking = None, b"", None
        request.refuse(refusal)
        self.requests.append(request)
        self.server.add_task(self)

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
        self._unread, self._asking = b"", None
        super().handle_close()
        if self.stream is not None:
            self.stream.ended()

    def fail(self) -> None:
        """Its thread could not go on."""
        self.will_close = True

    def _discard(self, data: bytes) -> None:
        self._discarded += len(data)
        if not data or self._discarded > DISCARDED_BYTES:
            self.handle_close()
