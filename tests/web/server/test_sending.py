"""Long answers: sent as fast as the peer takes them, and no faster than others can wait."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from app.web.server.bounds import PORTION_BYTES, Bounds
from tests.process.family import wait_until
from tests.web.server.front import PING, InThread, running

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FILE = b"GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
SIZE = 2_000_000_000


class Zeros(io.RawIOBase):
    """Stands in for a file of very many bytes."""

    def __init__(self, size: int) -> None:
        self.size = self.end = size
        self.at = 0
        self.largest_read = 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.at = {0: 0, 1: self.at, 2: self.size}[whence] + offset
        return self.at

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def read(self, size: int = -1, /) -> bytes:
        self.largest_read = max(self.largest_read, size)
        found = bytes(max(0, min(size, self.end - self.at)))
        self.at += len(found)
        return found


@dataclass
class Files:
    """A stand-in for an application that answers with files."""

    files: list[Zeros] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/ping":
            start_response("200 OK", [("Content-Length", "2")])
            return [b"{}"]
        self.files.append(Zeros(SIZE))
        start_response("200 OK", [("Content-Length", str(SIZE))])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](self.files[-1])
        return wrapped


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def bounds() -> Bounds:
    return Bounds(request_seconds=0.6, threads=1)


@pytest.fixture
def front(files: Files, bounds: Bounds) -> Iterator[InThread]:
    with running(files, bounds) as served:
        yield served


def narrow(front: InThread) -> socket.socket:
    """A peer whose system holds little for it."""
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    peer.settimeout(5)
    peer.connect(("127.0.0.1", front.port))
    peer.sendall(FILE)
    return peer


def test_a_file_is_read_in_portions_and_holds_no_thread(front: InThread, files: Files) -> None:
    with ExitStack() as peers:
        for _ in range(30):
            peers.enter_context(front.open(FILE))
        wait_until(lambda: len(files.files) == 30)
        wait_until(lambda: front.server.is_idle)
        assert front.seconds_of(PING) < 1
        assert max(file.largest_read for file in files.files) <= PORTION_BYTES


def test_peers_that_take_as_fast_as_they_can_keep_nobody_waiting(front: InThread) -> None:
    stopped = threading.Event()

    def take() -> None:
        with front.open(FILE) as peer:
            while not stopped.is_set() and peer.recv(1 << 20):
                pass

    takers = [threading.Thread(target=take) for _ in range(2)]
    for taker in takers:
        taker.start()
    try:
        time.sleep(0.2)
        assert max(front.seconds_of(PING) for _ in range(10)) < 1
    finally:
        stopped.set()
        for taker in takers:
            taker.join()


def test_a_peer_that_takes_slowly_but_steadily_gets_on(front: InThread) -> None:
    with narrow(front) as peer:
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            assert peer.recv(30_000)
            time.sleep(0.1)


def test_a_peer_that_takes_next_to_nothing_falls_behind(front: InThread) -> None:
    with narrow(front) as peer:
        began = time.monotonic()
        with pytest.raises(ConnectionResetError):
            while time.monotonic() - began < 10:
                peer.recv(100)
                time.sleep(0.1)
                if not front.server.door.channels:
                    raise ConnectionResetError


def test_a_file_that_became_shorter_ends_the_connection_and_is_told(
    front: InThread, files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    with narrow(front):
        wait_until(lambda: bool(files.files))
        files.files[0].end = 0
        wait_until(lambda: not front.server.door.channels, 3)
    assert "became shorter" in caplog.text or "broke off" in caplog.text
    wait_until(lambda: files.files[0].closed, 3)
