"""A stretch of wire between callers and a server that keeps what goes over it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.services import wire
from tests.services.wire import Message

Chooses = Callable[[bytes], int | None]
"""Tells by the first bytes of a connection to which port it goes; ``None``: where all go."""


@dataclass
class Connection:
    """What went over one connection so far."""

    sent: bytes = b""
    answered: bytes = b""
    arrivals: list[tuple[int, float]] = field(default_factory=list)
    """How much had been sent when more came, and when that was."""

    def begun(self, offset: int) -> float:
        """When the byte at that place came."""
        return max(at for before, at in self.arrivals if before <= offset)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A request and its answer."""

    at: float
    """When the request began."""
    connection: int
    """Number of its connection, from 1."""
    request: Message
    answer: Message


@dataclass
class Relay:
    """Listens on a port of its own."""

    port: int
    connections: list[Connection] = field(default_factory=list)

    def exchanges(self) -> list[Exchanged]:
        """Everything that has been answered, in the order of the requests."""
        found = []
        for number, connection in enumerate(self.connections, 1):
            asked = wire.requests(connection.sent)
            offset = 0
            for request, answer in zip(
                asked, wire.answers(connection.answered, asked), strict=False
            ):
                found.append(Exchanged(connection.begun(offset), number, request, answer))
                offset += len(request.head() + request.rest())
        return sorted(found, key=lambda each: each.at)


@contextmanager
def relay(port: int, *, listen: int = 0, chooses: Chooses = lambda _first: None) -> Iterator[Relay]:
    """A relay that ends with the block.

    Args:
        port: Of the server, on the loopback.
        listen: Its own port; any that is free when left out.
        chooses: Other servers for some connections; those are not kept.
    """
    with socket.create_server(("127.0.0.1", listen)) as listener:
        running = Relay(listener.getsockname()[1])
        threading.Thread(
            target=_accept, args=(listener, running, port, chooses), daemon=True
        ).start()
        try:
            yield running
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, running: Relay, port: int, chooses: Chooses) -> None:
    with suppress(OSError):  # it is closed when the relay ends
        while True:
            caller, _ = listener.accept()
            threading.Thread(
                target=_serve, args=(caller, running, port, chooses), daemon=True
            ).start()


def _serve(caller: socket.socket, running: Relay, port: int, chooses: Chooses) -> None:
    kept = Connection()
    with caller, suppress(OSError):
        first = caller.recv(1 << 16)
        if not first:  # a browser opens some for later
            return
        other = chooses(first)
        if other is None:
            running.connections.append(kept)
        with socket.create_connection(("127.0.0.1", other or port)) as server:
            back = threading.Thread(target=_answers, args=(server, caller, kept), daemon=True)
            back.start()
            while first:
                kept.arrivals.append((len(kept.sent), time.monotonic()))
                kept.sent += first
                server.sendall(first)
                first = caller.recv(1 << 16)
            with suppress(OSError):
                server.shutdown(socket.SHUT_WR)
            back.join()


def _answers(server: socket.socket, caller: socket.socket, kept: Connection) -> None:
    with suppress(OSError):
        while some := server.recv(1 << 16):
            kept.answered += some
            caller.sendall(some)
    with suppress(OSError):
        caller.shutdown(socket.SHUT_WR)
