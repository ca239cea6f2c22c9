"""A server in a thread of the test, and peers that speak with it byte by byte."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import LectureError
from app.web.server.admission import Check, admit_all
from app.web.server.bounds import Bounds
from app.web.server.server import Server
from tests.process.family import wait_until

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POST = b"POST /generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
PING = b"GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
HALF = POST + b"Content-Length: 500\r\n\r\n{"


@dataclass
class StandInApplication:
    """Answers with what it was asked; work goes on until it is let go."""

    seen: list[dict[str, Any]] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)
    working: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Released for each request to ``/work`` that has a thread."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if environ["PATH_INFO"] == "/broken":
            raise RuntimeError("zanzibar")
        body = environ["wsgi.input"].read()
        self.seen.append({**environ, "body": body})
        if environ["PATH_INFO"].startswith("/work"):
            self.working.release()
            assert self.go.wait(20)
        told = {"path": environ["PATH_INFO"], "bytes": len(body)}
        if environ["PATH_INFO"] == "/large":
            told["much"] = "x" * 12_000_000
        answer = json.dumps(told).encode()
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer]


@dataclass
class StandInCheck:
    """Lets everybody send large bodies, or nobody, or takes its time."""

    refusal: LectureError | None = None
    go: threading.Event = field(default_factory=threading.Event)
    hangs: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, environ: Mapping[str, Any]) -> None:
        self.asked.append(dict(environ))
        if self.hangs:
            assert self.go.wait(20)
        if self.refusal is not None:
            raise self.refusal


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    rest: bytes
    """What came after it."""

    @property
    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.body)
        return value


def parse(received: bytes) -> Answer:
    """The first of one or more answers."""
    head, _, rest = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    status = int(first.split(" ")[1])
    length = 0 if status == 100 else int(headers["content-length"])
    return Answer(status, headers, rest[:length], rest[length:])


@dataclass
class Front:
    """A server on a port of the loopback."""

    port: int

    def open(self, sent: bytes = b"", source: str = "127.0.0.1") -> socket.socket:
        """A connection over which something has been sent."""
        peer = socket.create_connection(
            ("127.0.0.1", self.port), timeout=10, source_address=(source, 0)
        )
        peer.sendall(sent)
        return peer

    def ask(self, sent: bytes, source: str = "127.0.0.1") -> Answer:
        """The first answer, when the server has closed."""
        with self.open(sent, source) as peer:
            return parse(read_all(peer))

    def seconds_of(self, sent: bytes, source: str = "127.0.0.1") -> float:
        """How long a good answer takes."""
        began = time.monotonic()
        assert self.ask(sent, source).status == 200
        return time.monotonic() - began


@dataclass
class InThread(Front):
    """One of this process."""

    server: Server
    stop: Callable[[], None]
    """As at SIGTERM."""


def read_all(peer: socket.socket) -> bytes:
    """Everything until the server closes."""
    received = b""
    while piece := peer.recv(1 << 16):
        received += piece
    return received


def read_one(peer: socket.socket) -> Answer:
    """One answer, after which the server may keep the connection."""
    received = b""
    while b"\r\n\r\n" not in received or b"}" not in received:
        received += peer.recv(1 << 16)
    return parse(received)


def is_closed(peer: socket.socket) -> bool:
    """Whether the server has closed, without an answer; waits for it as long as the socket."""
    try:
        return peer.recv(1) == b""
    except ConnectionResetError:
        return True


@contextmanager
def running(
    application: WSGIApplication,
    bounds: Bounds,
    *,
    check: Check = admit_all,
    spool_folder: Path | None = None,
) -> Iterator[InThread]:
    """A server on a free port of the loopback."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    server = Server(application, [listening], bounds, check=check, spool_folder=spool_folder)
    ending, ended = threading.Event(), threading.Event()

    def loop() -> None:
        while not ending.is_set():
            server.turn()
        server.stop()
        while server.serves and not ended.is_set():
            server.turn()
        wait_until(lambda: server.is_idle)
        server.close()

    def stop() -> None:
        ending.set()
        with suppress(OSError):  # It may have ended by then.
            server.wake()

    thread = threading.Thread(target=loop)
    port = listening.getsockname()[1]
    thread.start()
    try:
        yield InThread(port, server, stop)
    finally:
        ended.set()
        if not ending.is_set():
            stop()
        thread.join(10)
