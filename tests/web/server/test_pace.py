"""Large bodies and answers have as much time as they need at the slowest pace."""

from __future__ import annotations

import socket
import time

import pytest

from app.web.bodies import Bodies
from app.web.server.bounds import Bounds
from tests.process.family import wait_until
from tests.web.server.bodies import (
    VOICE,
    length,
    problem,
)
from tests.web.server.front import InThread, StandInCheck, parse, read_all


@pytest.fixture
def bounds() -> Bounds:
    bodies = Bodies(small=200_000, voice=1_000_000)
    return Bounds(request_seconds=0.5, pace=100_000, bodies=bodies)


def test_a_large_body_has_the_time_that_it_needs(front: InThread) -> None:
    with front.open(VOICE + length(400_000)) as peer:
        began = time.monotonic()
        for _ in range(20):
            peer.sendall(b"x" * 20_000)
            time.sleep(0.1)  # twice the slowest pace
        assert parse(read_all(peer)).json["bytes"] == 400_000
        assert time.monotonic() - began > 1.5


def test_one_that_drips_after_it_came_quickly_is_ended_on_time(front: InThread) -> None:
    with front.open(VOICE + length(1_000_000) + b"x" * 900_000) as peer:
        began = time.monotonic()
        peer.settimeout(0.05)
        received = b""
        while not received:
            assert time.monotonic() - began < 3
            try:
                peer.sendall(b"x" * 100)
                received = peer.recv(1 << 16)
            except TimeoutError:
                pass
        peer.settimeout(5)
        assert problem(parse(received + read_all(peer))) == (408, "request_timeout")
    assert 0.4 < time.monotonic() - began < 2


def test_one_that_stops_is_ended_on_time(front: InThread) -> None:
    with front.open(VOICE + length(1_000_000) + b"x" * 900_000) as peer:
        began = time.monotonic()
        assert parse(read_all(peer)).status == 408
    assert 0.4 < time.monotonic() - began < 2


def test_the_time_until_leave_is_given_does_not_count(front: InThread, check: StandInCheck) -> None:
    check.hangs = True
    with front.open(VOICE + length(300_000)) as peer:
        wait_until(lambda: bool(check.asked))
        time.sleep(0.35)
        check.go.set()
        time.sleep(0.35)
        peer.sendall(b"x" * 300_000)
        assert parse(read_all(peer)).status == 200


@pytest.mark.parametrize("bounds", [Bounds(request_seconds=0.5, pace=1_000_000)], ids=[""])
def test_an_answer_may_be_taken_as_slowly_as_the_pace(front: InThread) -> None:
    with slow_reader(front) as peer:
        received = 0
        began = time.monotonic()
        while piece := peer.recv(100_000):
            received += len(piece)
            time.sleep(0.02)  # 3 to 5 MB a second
        assert received > 12_000_000
        assert time.monotonic() - began > 1


@pytest.mark.parametrize("bounds", [Bounds(request_seconds=0.5, pace=1_000_000)], ids=[""])
def test_who_takes_an_answer_in_drips_is_ended(front: InThread) -> None:
    with slow_reader(front) as peer:
        began = time.monotonic()
        while front.server.door.channels:
            assert time.monotonic() - began < 5
            peer.recv(1_000)
            time.sleep(0.02)


def slow_reader(front: InThread) -> socket.socket:
    """Asks for much, and has little room for it."""
    peer = socket.socket()
    peer.settimeout(5)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    peer.connect(("127.0.0.1", front.port))
    peer.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return peer
