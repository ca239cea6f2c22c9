"""Nothing of a large body is read before it is known that its sender may send it."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

import pytest

from app.errors import Forbidden, Unauthenticated
from app.web.server.bounds import Bounds
from tests.process.family import wait_until
from tests.web.server.bodies import (
    BOUNDS,
    CHUNKED,
    CONTINUE,
    EXPECTING,
    LARGE,
    VOICE,
    length,
    problem,
)
from tests.web.server.front import PING, InThread, StandInApplication, StandInCheck, parse, read_all


@pytest.fixture
def bounds() -> Bounds:
    return BOUNDS


def test_it_is_asked_for_with_what_the_application_would_see(
    front: InThread, check: StandInCheck
) -> None:
    more = b"Authorization: Bearer vl_x\r\nX-Forwarded-For: 192.0.2.1\r\n"
    front.ask(VOICE + more + length(900_000) + LARGE)
    (asked,) = check.asked
    assert asked["HTTP_AUTHORIZATION"] == "Bearer vl_x"
    assert asked["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert asked["REMOTE_ADDR"] == "127.0.0.1"


def test_small_bodies_need_none(front: InThread, check: StandInCheck) -> None:
    assert front.ask(VOICE + length(200_000) + LARGE[:200_000]).status == 200
    assert check.asked == []


@pytest.mark.parametrize(
    ("error", "status"), [(Unauthenticated("no such key"), 401), (Forbidden("read only"), 403)]
)
def test_who_has_none_is_told_in_a_problem_that_says_why(
    front: InThread,
    check: StandInCheck,
    application: StandInApplication,
    error: Unauthenticated | Forbidden,
    status: int,
) -> None:
    check.refusal = error
    answer = front.ask(VOICE + length(900_000) + LARGE)
    assert problem(answer) == (status, error.code)
    assert answer.json["detail"] == str(error)
    assert ("www-authenticate" in answer.headers) == (status == 401)
    assert application.seen == []


def test_who_asks_whether_to_go_on_is_refused_without_sending(
    front: InThread, check: StandInCheck
) -> None:
    check.refusal = Unauthenticated("no such key")
    assert problem(front.ask(EXPECTING + length(900_000))) == (401, "unauthenticated")


def test_who_asks_whether_to_go_on_is_told_so_once_it_may(
    front: InThread, check: StandInCheck
) -> None:
    check.hangs = True
    with front.open(EXPECTING + length(900_000)) as peer:
        wait_until(lambda: bool(check.asked))
        peer.settimeout(0.2)
        with pytest.raises(TimeoutError):
            peer.recv(1)
        peer.settimeout(5)
        check.go.set()
        assert peer.recv(len(CONTINUE)) == CONTINUE
        peer.sendall(LARGE)
        assert parse(read_all(peer)).json["bytes"] == 900_000


@pytest.mark.parametrize("head", [VOICE + length(900_000), CHUNKED + b"\r\n"])
def test_nothing_of_a_body_is_read_before(
    front: InThread, check: StandInCheck, head: bytes
) -> None:
    check.hangs = True
    with front.open() as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        peer.sendall(head)
        wait_until(lambda: bool(check.asked))
        peer.setblocking(False)
        sent = send_what_fits(peer)
        [channel] = front.server.door.channels.values()
        assert len(channel._unread) == 0
        assert sent < 12_000_000  # what the kernel takes
        assert front.server.spool.reserved_bytes == 0


@pytest.mark.parametrize("bounds", [Bounds(request_seconds=1)], ids=[""])
def test_a_database_that_hangs_keeps_neither_the_loop_nor_others_waiting(
    front: InThread, check: StandInCheck
) -> None:
    check.hangs = True
    with ExitStack() as peers:
        held = [peers.enter_context(front.open(VOICE + length(2_000_000))) for _ in range(50)]
        wait_until(lambda: len(check.asked) == 64 // 8)
        assert max(front.seconds_of(PING) for _ in range(20)) < 0.1
        assert front.seconds_of(PING.replace(b"/ping", b"/x"), "127.0.0.2") < 0.5
        assert {problem(parse(read_all(peer))) for peer in held} == {(503, "busy")}


def test_a_fault_while_asking_is_an_internal_error_that_tells_nothing(
    front: InThread, check: StandInCheck
) -> None:
    check.refusal = RuntimeError("zanzibar")  # type: ignore[assignment]  # no error of ours
    answer = front.ask(VOICE + length(900_000))
    assert problem(answer) == (500, "internal")
    assert b"zanzibar" not in answer.body


def send_what_fits(peer: socket.socket) -> int:
    """Until nothing is taken for a while."""
    sent, last = 0, time.monotonic()
    while time.monotonic() - last < 0.3:
        try:
            sent += peer.send(b"x" * 65_536)
            last = time.monotonic()
        except BlockingIOError:
            time.sleep(0.01)
    return sent
