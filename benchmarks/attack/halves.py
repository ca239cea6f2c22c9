"""Requests that stop in the middle, come in drips, break off, or whose answer nobody reads."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from benchmarks.attack import wire
from benchmarks.attack.ground import Ground
from benchmarks.attack.ledger import Promise

PINGS_AFTER_SECONDS = 2.0
"""How soon others are served when the peers are gone."""

_RESET = struct.pack("ii", 1, 0)


def starts(port: int) -> Mapping[str, bytes]:
    """How far a request has come when nothing more does."""
    host = b"Host: 127.0.0.1:%d\r\n" % port
    post = b"POST /generate HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\n"
    return {
        "nothing": b"",
        "half a line": b"GET /pi",
        "a line": b"GET /ping HTTP/1.1\r\n",
        "half a head": b"GET /ping HTTP/1.1\r\n" + host + b"X-A: ",
        "a head but its end": b"GET /ping HTTP/1.1\r\n" + host + b"\r",
        "no body": post + b"Content-Length: 500\r\n\r\n",
        "half a body": post + b'Content-Length: 500\r\n\r\n{"id": 7, ',
        "a body but its last byte": post + b'Content-Length: 9\r\n\r\n{"id": 7',
        "a large body's start": post + b"Content-Length: 999999\r\n\r\n" + b" " * 60_000,
        "no chunk": post + b"Transfer-Encoding: chunked\r\n\r\n",
        "half a chunk": post + b'Transfer-Encoding: chunked\r\n\r\n40\r\n{"id": 7',
        "half a size": post + b"Transfer-Encoding: chunked\r\n\r\n4",
        "chunks without an end": post + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 50,
        "expecting 100": post + b"Content-Length: 500\r\nExpect: 100-continue\r\n\r\n",
        "a head of a megabyte's start": b"GET /ping HTTP/1.1\r\nX-A: " + b"a" * 60_000,
    }


def attack(ground: Ground) -> None:
    """Hold them, let them drip, break them off."""
    peers, seconds = (70, 0.2) if ground.short else (70, 5.0)
    for label, start in ground.some(starts(ground.port).items(), 0.5):
        with held(ground, start, peers):
            time.sleep(seconds)
            _others_are_served(ground, f"{peers} times {label}, held")
        _others_are_served(ground, f"{peers} times {label}, closed")
        _broken_off(ground, start, peers)
        _others_are_served(ground, f"{peers} times {label}, broken off")
    _drips(ground, peers, seconds)
    _slow_readers(ground, peers, seconds)
    _many_on_one_connection(ground)


@contextmanager
def held(
    ground: Ground, start: bytes, peers: int, *, source: str = "127.0.0.1"
) -> Iterator[list[socket.socket]]:
    """Connections on which a request has begun, for as long as the block lasts."""
    opened: list[socket.socket] = []
    try:
        for _ in range(peers):
            with suppress(OSError):  # refused or closed on us, which is a defence
                opened.append(begun(ground, start, source=source))
        yield opened
    finally:
        for peer in opened:
            peer.close()


def begun(ground: Ground, start: bytes, *, source: str = "127.0.0.1") -> socket.socket:
    """A connection on which a request has begun."""
    ground.tally.asked()
    peer = wire.connect(ground.port, source=source)
    try:
        peer.sendall(start)
    except OSError:
        peer.close()
        raise
    return peer


def _others_are_served(ground: Ground, label: str) -> None:
    answer = ground.honest("GET", "/generate/status?id=1")
    ground.expect(f"an honest caller, {label}", answer, good=answer.status == 200)
    if answer.seconds > PINGS_AFTER_SECONDS:
        ground.tally.break_(Promise.IN_TIME, f"an honest caller, {label}: {answer}")


def _broken_off(ground: Ground, start: bytes, peers: int) -> None:
    """Reset, at once or after half of what was begun."""
    for number in range(peers):
        with suppress(OSError):
            peer = begun(ground, start if number % 2 else start[: len(start) // 2])
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            peer.close()


def _drips(ground: Ground, peers: int, seconds: float) -> None:
    """A byte now and then: every peer is alive, and nothing is ever whole."""
    every = starts(ground.port)
    for label in ("half a head", "half a body", "half a chunk"):
        with held(ground, every[label], peers) as opened:
            until = time.monotonic() + 2 * seconds
            while time.monotonic() < until:
                for peer in opened:
                    with suppress(OSError):
                        peer.send(b"a")
                time.sleep(0.25)
            _others_are_served(ground, f"{peers} peers drip {label}")


def _slow_readers(ground: Ground, peers: int, seconds: float) -> None:
    """Many requests on each connection, whose answers are not read."""
    one = wire.request(
        "GET", "/generate/status?id=1", port=ground.port, headers=[("Connection", "keep-alive")]
    )
    opened = []
    for _ in range(peers):
        peer = socket.socket()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        peer.settimeout(0.5)
        ground.tally.asked()
        with suppress(OSError):
            peer.connect(("127.0.0.1", ground.port))
            peer.sendall(one * 400)
        opened.append(peer)
    time.sleep(seconds)
    _others_are_served(ground, f"{peers} peers do not read")
    for peer in opened:
        peer.close()
    _others_are_served(ground, f"{peers} peers that did not read are gone")


def _many_on_one_connection(ground: Ground) -> None:
    """Pipelined, and the connection closed before the answers."""
    one = wire.request("GET", "/ping", port=ground.port, headers=[("Connection", "keep-alive")])
    for half in (False, True):
        answers = ground.send("100 pings at once", one * 100, several=1.0, half_close=half)
        good = all(answer.status == 200 or answer.code == "busy" for answer in answers)
        ground.expect("100 pings at once", answers[-1], good=good)
