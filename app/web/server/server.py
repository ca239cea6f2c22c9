"""waitress' loop on sockets that listen already."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from app.web.addresses import holder_of, is_among
from app.web.server import refusals
from app.web.server.admission import Asking, Check, admit_all
from app.web.server.bounds import (
    HEADER_BYTES,
    SENT_BYTES,
    TURN_BYTES,
    Bounds,
)
from app.web.server.channel import Channel
from app.web.server.door import Door
from app.web.server.places import Places
from app.web.server.spool import Spool

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.2
"""Between two looks at the clocks of all connections."""

_ACCEPTED_AT_ONCE = 16

_PAUSE_SECONDS = 0.1
"""Without accepting, when the system gives no file descriptor."""


class Server:
    """All listening sockets of a process, and the connections that came by them.

    Args:
        application: Answers whole requests.
        sockets: They listen; they belong to the server from now on.
        bounds: Of all of them together.
        spool_folder: Where bodies lie; ``None``: where the system has temporary files.
        check: Whether somebody may send a large body.
    """

    def __init__(
        self,
        application: WSGIApplication,
        sockets: Sequence[socket.socket],
        bounds: Bounds,
        *,
        spool_folder: Path | None = None,
        check: Check = admit_all,
    ) -> None:
        self.spool = Spool(spool_folder, bounds.spool_bytes)
        self._check = check
        self.door = Door(bounds)
        self._places = Places(bounds)
        self._map: dict[int, wasyncore.dispatcher] = {}
        self._looked_at = time.monotonic()
        self._has_overdue = False
        self._listeners = [self._listener(application, one) for one in sockets]

    def turn(self) -> None:
        """Wait for peers, a fifth of a second at most, and do what they made possible."""
        self.door.thread = threading.get_ident()
        self.door.bytes_left = TURN_BYTES
        timeout = 0.0 if self._has_overdue else _LOOK_SECONDS
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)
        for channel in list(self.door.channels.values()):
            channel.read_on()
        if self._has_overdue or time.monotonic() - self._looked_at >= _LOOK_SECONDS:
            self._looked_at = time.monotonic()
            self._has_overdue = self.door.close_overdue()
        self._places.answer_at_once()

    def wake(self) -> None:
        """End the waiting of :meth:`turn`; from any thread or a signal."""
        self._listeners[0].trigger.pull_trigger()

    def stop(self) -> None:
        """Take no more connections; those that are there get their answers by further turns."""
        self.door.stopping = True
        for listener in self._listeners:
            listener.handle_accept()
            listener.stop_listening()

    @property
    def serves(self) -> bool:
        """Whether any peer has something to expect."""
        return self.door.serves

    def close(self) -> None:
        """Close all connections; threads that still answer are left to the end of the process."""
        for channel in list(self.door.channels.values()):
            channel.handle_close()
        if self.is_idle:  # A thread wakes the loop when it is done, by what is closed here.
            for listener in self._listeners:
                listener.trigger.close()

    @property
    def is_idle(self) -> bool:
        """Whether no thread answers anything."""
        return self._places.is_idle

    def _listener(self, application: WSGIApplication, listening: socket.socket) -> Listener:
        adjustments = Adjustments(
            sockets=[listening],
            ident="",
            backlog=2048,
            recv_bytes=65_536,
            # No thread waits for a peer to take its answer: a long one lies in a temporary file.
            outbuf_high_watermark=sys.maxsize,
            max_request_header_size=HEADER_BYTES,
            max_request_body_size=sys.maxsize,  # `Parser` and `Chunks` know the bounds.
            # Whom to believe about a proxy's headers is for the application.
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
        )
        # Head and body of an answer leave together; a keyword would be called deprecated.
        adjustments.send_bytes = SENT_BYTES
        described = (listening.family, listening.type, listening.proto, listening.getsockname())
        return Listener(
            application,
            map=self._map,
            sock=listening,
            dispatcher=self._places,
            adj=adjustments,
            sockinfo=described,
            door=self.door,
            spool=self.spool,
            check=self._check,
        )


class Listener(TcpWSGIServer):
    """One listening socket."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        sock: socket.socket,
        door: Door,
        spool: Spool,
        check: Check,
        **described: Any,
    ) -> None:
        super().__init__(application, _sock=sock, bind_socket=False, **described)
        self.door = door
        self.spool = spool
        self.check = check
        self.active_channels = door.channels
        self._paused_until = 0.0

    def readable(self) -> bool:
        """Whether connections are wanted: nearly always, for there is always somebody to shed."""
        return bool(self.accepting) and time.monotonic() >= self._paused_until

    def ask(self, asking: Asking) -> bool:
        """Have a question about a caller answered; not, where too much waits of its address."""
        return bool(self.task_dispatcher.ask(asking))

    def pull_trigger(self) -> None:
        """Wake the loop; it does not wait while it answers itself."""
        if threading.get_ident() != self.door.thread:
            super().pull_trigger()

    def handle_accept(self) -> None:
        """Take what waits, and read what has come with it."""
        for _ in range(_ACCEPTED_AT_ONCE):
            try:
                connection, address = self.socket.accept()
            except (BlockingIOError, InterruptedError, ConnectionError):
                return
            except OSError as error:
                log.warning("cannot accept a connection error=%s", error.strerror)
                self.door.shed()
                self._paused_until = time.monotonic() + _PAUSE_SECONDS
                return
            self._welcome(connection, address)

    def handle_error(self) -> None:
        """Go on listening, whatever was wrong with one connection."""
        log.error("accepting failed", exc_info=sys.exception())

    def stop_listening(self) -> None:
        """Close this process' end of the socket; threads still wake the loop through us."""
        self.accepting = False
        wasyncore.dispatcher.close(self)

    def _welcome(self, connection: socket.socket, address: tuple[Any, ...]) -> None:
        is_exempt = is_among(address[0], self.door.bounds.exempt)
        has_room = self.door.has_room(holder_of(address[0]), is_exempt=is_exempt)
        try:
            self.set_socket_options(connection)
            channel = Channel(self, connection, address, self.adj, map=self._map)
        except OSError:
            connection.close()
            return
        if has_room:
            # It is there in general: so a burst of honest requests never counts as incomplete.
            wasyncore.read(channel)
        else:
            channel.refuse(refusals.BUSY)
