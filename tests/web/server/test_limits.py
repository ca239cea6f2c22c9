"""Nobody holds the service by sending slowly, by not reading, or by coming often."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from ipaddress import IPv4Network

import pytest

from app.web.server.bounds import INCOMPLETE_PER_ADDRESS, TURN_BYTES, Bounds
from app.web.server.channel import Channel, Turn
from app.web.server.server import Server
from tests.process.family import wait_until
from tests.web.server.front import (
    HALF,
    PING,
    POST,
    InThread,
    StandInApplication,
    is_closed,
    parse,
    read_all,
    read_one,
    running,
)

WORK = b"POST /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LARGE = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"
STATUS = b"GET /generate/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
BODY = (
    POST.replace(b"\r\nContent", b"\r\nConnection: close\r\nContent")
    + b"Content-Length: 2\r\n\r\n{}"
)
OTHER = "127.0.0.2"


@pytest.mark.parametrize("held", [b"", b"GET /pi", b"GET /ping HTTP/1.1\r\nX: ", HALF])
@pytest.mark.parametrize("bounds", [Bounds()], ids=[""])
def test_two_hundred_half_sent_requests_keep_nobody_waiting(front: InThread, held: bytes) -> None:
    with ExitStack() as peers:
        for _ in range(200):
            peers.enter_context(front.open(held))
        assert front.seconds_of(PING) < 1
        assert front.seconds_of(BODY) < 1
        assert front.seconds_of(BODY, OTHER) < 1


@pytest.mark.parametrize(
    "begun", [b"G", b"GET / HTTP/1.1\r\nX: ", HALF, HALF.replace(b"P", b"\r\nP", 1)]
)
def test_a_request_that_drips_in_is_ended_on_time(front: InThread, begun: bytes) -> None:
    began = time.monotonic()
    with front.open(begun) as peer:
        peer.settimeout(0.05)
        received = b""
        while not received:
            assert time.monotonic() - began < 2
            try:
                peer.sendall(b"a")
                received = peer.recv(1 << 16)
            except TimeoutError:
                pass
        peer.settimeout(5)
        answer = parse(received + read_all(peer))
    assert 0.5 < time.monotonic() - began < 2
    assert (answer.status, answer.json["code"]) == (408, "request_timeout")


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n"], ids=["silent", "blank lines"])
def test_a_connection_that_says_nothing_is_just_closed(front: InThread, sent: bytes) -> None:
    with front.open(sent) as peer:
        assert is_closed(peer)


def test_a_peer_that_does_not_take_its_answer_is_ended(front: InThread) -> None:
    with front.open(LARGE):
        wait_until(lambda: not front.server.door.channels, 5)


def test_the_time_of_a_request_does_not_begin_while_the_one_before_is_answered(
    front: InThread, application: StandInApplication
) -> None:
    ping = PING.replace(b"Connection: close\r\n", b"")
    with front.open(WORK.replace(b"Connection: close\r\n", b"") + ping[:9]) as peer:
        time.sleep(1)
        application.go.set()
        assert read_one(peer).status == 200
        peer.sendall(ping[9:])
        assert read_one(peer).status == 200


@pytest.mark.parametrize("bounds", [Bounds()], ids=[""])
def test_of_too_many_requests_on_their_way_an_address_loses_its_oldest(front: InThread) -> None:
    with ExitStack() as peers:
        other = peers.enter_context(front.open(HALF, OTHER))
        held = [peers.enter_context(front.open(HALF)) for _ in range(INCOMPLETE_PER_ADDRESS + 1)]
        assert is_closed(held[0])
        for kept in (held[1], other):
            kept.settimeout(0.1)
            with pytest.raises(TimeoutError):
                kept.recv(1)


@pytest.mark.parametrize("bounds", [Bounds(exempt=(IPv4Network("127.0.0.0/8"),))], ids=[""])
def test_a_trusted_proxy_may_have_many_requests_on_their_way(front: InThread) -> None:
    with ExitStack() as peers:
        held = [peers.enter_context(front.open(HALF)) for _ in range(INCOMPLETE_PER_ADDRESS + 1)]
        held[0].settimeout(0.2)
        with pytest.raises(TimeoutError):
            held[0].recv(1)


@pytest.mark.parametrize("bounds", [Bounds(connections=20)], ids=[""])
def test_when_all_places_are_taken_who_holds_most_gives_way(front: InThread) -> None:
    with ExitStack() as peers:
        other = peers.enter_context(front.open(HALF, OTHER))
        held = [peers.enter_context(front.open(HALF)) for _ in range(19)]
        assert front.seconds_of(PING) < 1
        assert is_closed(held[0])
        other.settimeout(0.1)
        with pytest.raises(TimeoutError):
            other.recv(1)


@pytest.mark.parametrize("bounds", [Bounds(connections=20, threads=4)], ids=[""])
def test_who_comes_when_every_connection_has_a_whole_request_is_told_to_come_again(
    front: InThread,
) -> None:
    with ExitStack() as peers:
        for number in range(20):
            peers.enter_context(front.open(WORK, f"127.0.0.{number + 1}"))
        wait_until(lambda: len(front.server.door.channels) == 20)
        answer = front.ask(PING, "127.0.0.99")
        assert (answer.status, answer.json["code"]) == (503, "busy")
        assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize("bounds", [Bounds(threads=16)], ids=[""])
def test_work_of_one_address_leaves_threads_to_questions_and_to_others(
    front: InThread, application: StandInApplication
) -> None:
    with ExitStack() as peers:
        for _ in range(100):
            peers.enter_context(front.open(WORK))
        assert front.seconds_of(PING) < 1
        assert front.seconds_of(STATUS) < 1
        assert front.seconds_of(BODY, OTHER) < 1
        working = 0
        while application.working.acquire(timeout=0.1):
            working += 1
        assert working == (16 - 2) // 2


@pytest.mark.parametrize("bounds", [Bounds(threads=4)], ids=[""])
def test_questions_of_one_address_that_hang_leave_threads_to_others(front: InThread) -> None:
    with ExitStack() as peers:
        for _ in range(50):
            peers.enter_context(front.open(b"GET /work HTTP/1.1\r\nHost: x\r\n\r\n"))
        assert front.seconds_of(STATUS, OTHER) < 1


@pytest.mark.parametrize("bounds", [Bounds(threads=4)], ids=[""])
def test_questions_that_hang_do_not_keep_the_sign_of_life_waiting(front: InThread) -> None:
    with ExitStack() as peers:
        for _ in range(50):
            peers.enter_context(front.open(b"GET /work HTTP/1.1\r\nHost: x\r\n\r\n"))
        assert front.seconds_of(PING) < 1


@pytest.mark.parametrize("bounds", [Bounds(threads=2, connections=40)], ids=[""])
def test_of_too_many_requests_that_wait_for_one_address_the_newest_is_told_to_come_again(
    front: InThread, application: StandInApplication
) -> None:
    with ExitStack() as peers:
        held = [peers.enter_context(front.open(WORK))]
        assert application.working.acquire(timeout=5)
        held += [peers.enter_context(front.open(WORK)) for _ in range(10)]
        wait_until(lambda: len(front.server.door.channels) == 11)
        assert front.ask(WORK).json["code"] == "busy"
        application.go.set()
        assert [parse(read_all(peer)).status for peer in held] == [200] * 11


@pytest.mark.parametrize("bounds", [Bounds()], ids=[""])
def test_who_sends_little_does_not_wait_for_those_that_send_much(front: InThread) -> None:
    much = POST + b"Content-Length: 1000000\r\n\r\n" + b"x" * 990_000
    with ExitStack() as peers, ThreadPoolExecutor(90) as threads:
        held = [peers.enter_context(front.open()) for _ in range(90)]
        sending = [threads.submit(peer.sendall, much) for peer in held]
        waited = max(front.seconds_of(PING) for _ in range(20))
        assert waited < 1
        for each in sending:
            each.result(20)


def test_of_many_that_send_much_each_has_its_turn(application: StandInApplication) -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    server = Server(application, [listening], Bounds())
    with ExitStack() as peers:
        connected = [
            peers.enter_context(socket.create_connection(listening.getsockname()))
            for _ in range(40)
        ]
        for peer in connected:
            peer.sendall(POST + b"Content-Length: 1000000\r\n\r\nx")
        while sum(channel.has_begun for channel in server.door.channels.values()) < 40:
            server.turn()
        for peer in connected:
            peer.setblocking(False)
            assert peer.send(b"x" * 400_000) > 5 * 65_536
        server.turn()  # shows who sends much
        for _ in range(-(-40 * 65_536 // TURN_BYTES)):
            server.turn()
        assert min(arrived(channel) for channel in server.door.channels.values()) > 65_536 + 1
        server.close()
        listening.close()


def arrived(channel: Channel) -> int:
    """Bytes of the body."""
    assert channel.request is not None
    return len(channel.request.body_rcv)


def test_of_the_requests_of_one_connection_one_waits_and_all_are_answered(
    front: InThread, application: StandInApplication
) -> None:
    asked = WORK.replace(b"Connection: close\r\n", b"") + STATUS.replace(b"close", b"x") * 100
    with front.open(asked + STATUS) as peer:
        wait_until(lambda: bool(application.seen))
        [channel] = front.server.door.channels.values()
        assert len(channel.requests) == 1
        application.go.set()
        received = read_all(peer)
    assert received.count(b"HTTP/1.1 200") == 102


def test_what_follows_the_last_answer_of_a_connection_is_not_read(
    front: InThread, application: StandInApplication
) -> None:
    with front.open(PING) as peer:
        wait_until(lambda: bool(front.server.door.channels))
        [channel] = front.server.door.channels.values()
        wait_until(lambda: channel.turn()[0] is Turn.CLOSING)
        assert not channel.received(STATUS)
        assert read_all(peer).count(b"HTTP/1.1 ") == 1
    assert len(application.seen) == 1


@pytest.mark.parametrize("bounds", [Bounds()], ids=[""])
def test_no_further_request_of_a_peer_is_read_before_it_takes_its_answer(
    front: InThread, application: StandInApplication
) -> None:
    with front.open(LARGE + STATUS) as peer:
        wait_until(lambda: len(application.seen) == 1 and front.server.is_idle, 5)
        time.sleep(0.3)
        assert len(application.seen) == 1
        assert read_all(peer).count(b"HTTP/1.1 200") == 2


def test_a_thread_waits_for_no_peer_that_does_not_take_its_answer(
    front: InThread, application: StandInApplication
) -> None:
    with front.open(LARGE):
        wait_until(lambda: len(application.seen) == 1, 5)
        wait_until(lambda: front.server.is_idle, 5)


def test_a_peer_with_urgent_data_is_let_go(front: InThread) -> None:
    with front.open(b"GET /") as peer:
        peer.send(b"!", socket.MSG_OOB)
        assert is_closed(peer)


def test_who_is_on_the_way_at_the_end_gets_an_answer(application: StandInApplication) -> None:
    with running(application, Bounds()) as front:
        idle = front.open(PING.replace(b"Connection: close\r\n", b""))
        assert read_one(idle).status == 200
        peer = front.open(WORK.replace(b"Connection: close\r\n", b""))
        assert application.working.acquire(timeout=5)
        front.stop()
        assert is_closed(idle)
        application.go.set()
        answer = parse(read_all(peer))
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        with pytest.raises(ConnectionRefusedError):
            front.open()
        peer.close()
        idle.close()
