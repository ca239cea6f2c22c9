"""How large a body may be is known before it is sent."""

from __future__ import annotations

import pytest

from app.web.server.bounds import Bounds
from tests.web.server.bodies import (
    BOUNDS,
    CHUNKED,
    LARGE,
    VOICE,
    chunks,
    length,
    problem,
)
from tests.web.server.front import PING, InThread, StandInApplication, StandInCheck, parse, read_all


@pytest.fixture
def bounds() -> Bounds:
    return BOUNDS


@pytest.mark.parametrize(
    "sent",
    [length(900_000) + LARGE, b"Transfer-Encoding: chunked\r\n" + chunks(LARGE)],
    ids=["with its length", "in chunks"],
)
def test_a_body_within_the_bound_of_its_route_is_taken_whole(
    front: InThread, application: StandInApplication, sent: bytes
) -> None:
    assert front.ask(VOICE + sent).json["bytes"] == 900_000
    assert application.seen[0]["body"] == LARGE
    assert application.seen[0]["CONTENT_LENGTH"] == "900000"
    assert front.server.spool.reserved_bytes == 0


@pytest.mark.parametrize("number", [1_000_001, 3_000_000_000, 10**17])
def test_one_that_says_it_is_larger_is_refused_before_it_is_sent(
    front: InThread, check: StandInCheck, number: int
) -> None:
    assert problem(front.ask(VOICE + length(number))) == (413, "body_too_large")
    assert check.asked == []


def test_chunks_without_end_are_refused_at_the_bound(front: InThread) -> None:
    with front.open(CHUNKED + b"\r\n") as peer:
        for _ in range(40):
            peer.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        assert problem(parse(read_all(peer))) == (413, "body_too_large")
    assert front.server.spool.reserved_bytes == 0


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (b"GET /v1/voices", b"audio/wav"),
        (b"POST /generate", b"application/json"),
        (b"POST /v1/voices", b"application/json"),
        (b"POST /v1/nowhere", b"audio/wav"),
    ],
)
def test_other_requests_keep_to_the_common_bound(
    front: InThread, target: bytes, kind: bytes
) -> None:
    head = target + b" HTTP/1.1\r\nHost: x\r\nContent-Type: " + kind + b"\r\n"
    assert front.ask(head + length(200_001)).status == 413


def test_a_body_of_no_bytes_needs_no_leave(front: InThread, check: StandInCheck) -> None:
    assert front.ask(VOICE + length(0)).json["bytes"] == 0
    assert check.asked == []


def test_bytes_beyond_the_length_are_no_part_of_the_body(
    front: InThread, application: StandInApplication
) -> None:
    kept = VOICE.replace(b"Connection: close\r\n", b"")
    answer = front.ask(kept + length(300_000) + b"x" * 300_000 + PING)
    assert answer.json["bytes"] == 300_000
    assert [seen["PATH_INFO"] for seen in application.seen] == ["/v1/voices", "/ping"]
