"""Answers that go on without a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from app.errors import Busy
from app.web.request import DETACH
from app.web.server.bounds import STREAM_BYTES, Bounds
from app.web.server.streams import Stream
from tests.process.family import wait_until
from tests.web.server.front import PING, InThread, read_all, running

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FOLLOW = b"GET /follow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
OTHER = "127.0.0.2"


@dataclass
class Telling:
    """A stand-in for an application that hands its answers over."""

    streams: list[Stream] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/ping":
            start_response("200 OK", [("Content-Length", "2")])
            return [b"{}"]
        try:
            body: Iterable[bytes] = environ[DETACH](self.streams.append)
        except Busy:
            start_response("503 Service Unavailable", [("Content-Length", "2")])
            return [b"{}"]
        if environ["PATH_INFO"] == "/refused":
            start_response("404 Not Found", [("Content-Length", "2")])
            return [b"{}"]
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        return () if environ["REQUEST_METHOD"] == "HEAD" else body

    def stream(self, number: int = 0) -> Stream:
        wait_until(lambda: len(self.streams) > number)
        return self.streams[number]


@pytest.fixture
def telling() -> Telling:
    return Telling()


@pytest.fixture
def bounds() -> Bounds:
    return Bounds(request_seconds=0.6)


@pytest.fixture
def front(telling: Telling, bounds: Bounds) -> Iterator[InThread]:
    with running(telling, bounds) as served:
        yield served


def read_until(peer: socket.socket, end: bytes) -> bytes:
    received = b""
    while not received.endswith(end):
        piece = peer.recv(1 << 16)
        assert piece, received
        received += piece
    return received


def test_what_is_sent_later_arrives_in_order_and_the_end_as_well(
    front: InThread, telling: Telling
) -> None:
    with front.open(FOLLOW) as peer:
        head = read_until(peer, b"\r\n\r\n")
        assert b"Transfer-Encoding: chunked" in head
        stream = telling.stream()
        assert stream.send(b"one")
        assert read_until(peer, b"one\r\n") == b"3\r\none\r\n"
        assert stream.send(b"two")
        stream.close()
        assert read_all(peer) == b"3\r\ntwo\r\n0\r\n\r\n"
    assert not stream.send(b"three")


def test_an_old_peer_gets_the_bytes_as_they_are(front: InThread, telling: Telling) -> None:
    with front.open(b"GET /follow HTTP/1.0\r\n\r\n") as peer:
        head = read_until(peer, b"\r\n\r\n")
        assert b"Connection: close" in head and b"chunked" not in head
        telling.stream().send(b"one")
        telling.stream().close()
        assert read_all(peer) == b"one"


def test_who_asks_for_the_head_gets_the_head_alone(front: InThread, telling: Telling) -> None:
    with front.open(FOLLOW.replace(b"GET", b"HEAD")) as peer:
        assert read_all(peer).endswith(b"\r\n\r\n")
    assert not telling.streams


def test_streams_hold_no_thread_and_keep_nobody_waiting(telling: Telling) -> None:
    with running(telling, Bounds(threads=1)) as front, ExitStack() as peers:
        held = [peers.enter_context(front.open(FOLLOW)) for _ in range(100)]
        wait_until(lambda: len(telling.streams) == 100)
        assert front.server.is_idle
        assert front.seconds_of(PING) < 1
        for stream in telling.streams:
            stream.send(b"x")
        for peer in held:
            read_until(peer, b"1\r\nx\r\n")


def test_a_stream_on_which_nothing_happens_goes_on(front: InThread, telling: Telling) -> None:
    with front.open(FOLLOW) as peer:
        read_until(peer, b"\r\n\r\n")
        time.sleep(1.2)
        telling.stream().send(b"late")
        assert read_until(peer, b"late\r\n")


def test_a_peer_that_leaves_is_noticed(front: InThread, telling: Telling) -> None:
    with front.open(FOLLOW) as peer:
        read_until(peer, b"\r\n\r\n")
        stream = telling.stream()
    wait_until(lambda: stream.closed)
    assert not front.server.door.channels


@pytest.mark.parametrize("bounds", [Bounds()], ids=[""])
def test_a_peer_that_leaves_too_much_waiting_is_ended(front: InThread, telling: Telling) -> None:
    with front.open(FOLLOW):
        stream = telling.stream()
        sent = 0
        while stream.send(b"x" * 10_000):
            sent += 1
            assert sent < 5000
        assert stream.waiting > STREAM_BYTES - 20_000
        wait_until(lambda: not front.server.door.channels, 2)


def test_a_peer_that_takes_nothing_is_ended(front: InThread, telling: Telling) -> None:
    with front.open(FOLLOW):
        stream = telling.stream()
        while not stream.waiting:
            assert stream.send(b"x" * 100_000)
        wait_until(lambda: stream.closed, 3)


def test_what_follows_the_request_of_a_stream_is_not_read(
    front: InThread, telling: Telling
) -> None:
    with front.open(FOLLOW + PING) as peer:
        read_until(peer, b"\r\n\r\n")
        telling.stream().close()
        assert read_all(peer) == b"0\r\n\r\n"


def test_streams_end_at_once_when_the_process_is_to_end(telling: Telling) -> None:
    with running(telling, Bounds()) as front, front.open(FOLLOW) as peer:
        read_until(peer, b"\r\n\r\n")
        began = time.monotonic()
        front.stop()
        assert read_all(peer) == b"0\r\n\r\n"
        assert time.monotonic() - began < 1


@pytest.mark.parametrize("bounds", [Bounds(streams=4)], ids=[""])
def test_there_are_no_more_streams_than_are_allowed(front: InThread, telling: Telling) -> None:
    with ExitStack() as peers:
        for source in ("127.0.0.1", "127.0.0.1", OTHER, OTHER):
            read_until(peers.enter_context(front.open(FOLLOW, source)), b"\r\n\r\n")
        assert front.ask(FOLLOW).status == 503
    wait_until(lambda: all(stream.closed for stream in telling.streams))
    with front.open(FOLLOW) as peer:
        read_until(peer, b"\r\n\r\n")


@pytest.mark.parametrize("bounds", [Bounds(streams=4)], ids=[""])
def test_one_address_leaves_half_of_the_streams_to_others(front: InThread) -> None:
    with ExitStack() as peers:
        for _ in range(2):
            read_until(peers.enter_context(front.open(FOLLOW)), b"\r\n\r\n")
        assert front.ask(FOLLOW).status == 503
        read_until(peers.enter_context(front.open(FOLLOW, OTHER)), b"\r\n\r\n")


@pytest.mark.parametrize("bounds", [Bounds(streams=2)], ids=[""])
@pytest.mark.parametrize("method", [b"GET /refused", b"HEAD /follow"])
def test_what_becomes_no_stream_takes_no_place(front: InThread, method: bytes) -> None:
    for _ in range(5):
        with front.open(FOLLOW.replace(b"GET /follow", method)) as peer:
            assert b" 503 " not in peer.recv(1 << 16)


def test_many_threads_may_send(front: InThread, telling: Telling) -> None:
    def tell(letter: bytes) -> Callable[[], None]:
        def send() -> None:
            for _ in range(100):
                telling.stream().send(letter * 50)

        return send

    with front.open(b"GET /follow HTTP/1.0\r\n\r\n") as peer:
        read_until(peer, b"\r\n\r\n")
        threads = [threading.Thread(target=tell(letter)) for letter in (b"a", b"b", b"c")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        telling.stream().close()
        received = read_all(peer)
    assert len(received) == 3 * 100 * 50
    assert {received[at : at + 50] for at in range(0, len(received), 50)} == {
        letter * 50 for letter in (b"a", b"b", b"c")
    }


def test_a_stream_is_told_in_the_log_once_when_it_has_ended(
    front: InThread, telling: Telling, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app.web.server.request_log")
    with front.open(FOLLOW) as peer:
        read_until(peer, b"\r\n\r\n")
        telling.stream().send(b"12345")
        assert not caplog.records
        telling.stream().close()
        read_all(peer)
    wait_until(lambda: bool(caplog.records))
    [told] = caplog.records
    assert "path=/follow status=200" in told.getMessage() and "bytes=5" in told.getMessage()
