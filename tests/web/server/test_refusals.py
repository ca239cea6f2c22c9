"""What is no request, or could be read in two ways, is refused in an envelope."""

from __future__ import annotations

import socket
import time

import pytest

from app.web.problem_titles import TITLES
from tests.web.server.front import POST, Front, StandInApplication, parse, read_all

GET = b"GET /x HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"

REFUSED = {
    "no HTTP": (b"hello\r\n\r\n", 400, "bad_request"),
    "TLS": (bytes.fromhex("16030100c8010000c40303") + b"\0" * 60, 400, "bad_request"),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http_version"),
    "HTTP/9.9": (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505, "http_version"),
    "no version": (b"GET /\r\n\r\n", 400, "bad_request"),
    "small letters": (b"get / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"),
    "CONNECT": (b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 501, "not_implemented"),
    "no path": (b"GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"),
    "a tab in the path": (b"GET /a\tb HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"),
    "a fragment": (b"GET /x#id=81 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"),
    "half an IPv6 host": (b"GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"),
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", 400, "bad_request"),
    "two Hosts": (GET + b"Host: y\r\n\r\n", 400, "bad_request"),
    "bare LF": (b"GET / HTTP/1.1\nHost: x\n\n", 400, "bad_request"),
    "bare CR": (GET + b"X: a\rb\r\n\r\n", 400, "bad_request"),
    "NUL": (GET + b"X: a\0b\r\n\r\n", 400, "bad_request"),
    "a folded field": (GET + b"X: 1\r\n 2\r\n\r\n", 400, "bad_request"),
    "a blank before the colon": (GET + b"X : 1\r\n\r\n", 400, "bad_request"),
    "a field without colon": (GET + b"X\r\n\r\n", 400, "bad_request"),
    "a long line": (b"GET /" + b"a" * 17_000, 414, "uri_too_long"),
    "large fields": (GET + b"X: " + b"a" * 70_000, 431, "headers_too_large"),
    "many fields": (GET + b"X: 1\r\n" * 600 + b"\r\n", 431, "headers_too_large"),
    "another expectation": (POST + b"Expect: tea\r\n\r\n", 417, "expectation_failed"),
    "no number": (POST + b"Content-Length: abc\r\n\r\n", 400, "bad_request"),
    "negative": (POST + b"Content-Length: -5\r\n\r\n", 400, "bad_request"),
    "signed": (POST + b"Content-Length: +5\r\n\r\n", 400, "bad_request"),
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400, "bad_request"),
    "a list of lengths": (POST + b"Content-Length: 5, 5\r\n\r\n", 400, "bad_request"),
    "beyond the bound": (POST + b"Content-Length: 1000001\r\n\r\n", 413, "body_too_large"),
    "beyond any bound": (
        POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        400,
        "bad_request",
    ),
    "both": (CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n", 400, "bad_request"),
    "another coding": (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501, "not_implemented"),
    "two codings": (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501, "not_implemented"),
    "chunked twice": (CHUNKED + b"Transfer-Encoding: chunked\r\n\r\n", 501, "not_implemented"),
    "chunked in 1.0": (CHUNKED.replace(b"/1.1", b"/1.0") + b"\r\n0\r\n\r\n", 400, "bad_request"),
    "no size": (CHUNKED + b"\r\nZZ\r\nabc\r\n0\r\n\r\n", 400, "bad_request"),
    "a bare LF in chunks": (CHUNKED + b"\r\n3\nabc\r\n0\r\n\r\n", 400, "bad_request"),
    "a longer chunk": (CHUNKED + b"\r\n3\r\nabcdef\r\n0\r\n\r\n", 400, "bad_request"),
    "a huge chunk": (CHUNKED + b"\r\nfffffffff\r\n", 413, "body_too_large"),
    "a broken trailer": (CHUNKED + b"\r\n0\r\nno field\r\n\r\n", 400, "bad_request"),
    "gzip": (
        POST + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b",
        415,
        "encoded_body",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_an_envelope_and_ends_the_connection(
    front: Front, application: StandInApplication, name: str
) -> None:
    sent, status, code = REFUSED[name]
    answer = front.ask(sent)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert set(answer.json) == {"error", "message", "result", "code"}
    assert answer.headers["connection"] == "close"
    assert answer.headers["content-type"] == "application/json"
    assert len(answer.headers["x-request-id"]) == 16
    assert answer.rest == b""
    assert application.seen == []


def below_v1(sent: bytes) -> bytes:
    """The same about something else."""
    return sent.replace(b"/generate", b"/v1/x").replace(b" /x", b" /v1/x")


@pytest.mark.parametrize(
    "name", [name for name, (sent, *_) in REFUSED.items() if b"/v1" in below_v1(sent)]
)
def test_below_v1_it_is_a_problem_with_the_same_code(front: Front, name: str) -> None:
    sent, status, code = REFUSED[name]
    answer = front.ask(below_v1(sent).replace(b"Host", b"Accept-Language: ru\r\nHost", 1))
    told = answer.json
    assert (answer.status, told["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] in ("ru", "en")
    assert told["type"] == f"urn:videolecture:problem:{code}"
    assert (told["status"], told["request_id"]) == (status, answer.headers["x-request-id"])
    assert told["title"] in (TITLES[code]["ru"], TITLES[code]["en"])
    assert answer.headers["connection"] == "close"


def test_a_problem_of_the_server_is_in_the_language_of_the_caller(front: Front) -> None:
    fields = b"Host: x\r\nAccept-Language: ru\r\nX-Request-Id: seven\r\nContent-Length: 1000001"
    answer = front.ask(b"POST /v1/keys HTTP/1.1\r\n" + fields + b"\r\n\r\n")
    assert answer.json["title"] == "Тело запроса слишком велико"
    assert answer.json["request_id"] == answer.headers["x-request-id"] == "seven"


def test_what_follows_a_refused_request_is_never_served(
    front: Front, application: StandInApplication
) -> None:
    front.ask(
        CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    assert application.seen == []


def test_an_answer_reaches_a_peer_that_still_sends(front: Front) -> None:
    with front.open(POST + b"Content-Length: 20000000\r\n\r\n") as peer:
        for _ in range(20):
            peer.sendall(b"x" * 1_000_000)
        answer = parse(read_all(peer))
    assert (answer.status, answer.json["code"]) == (413, "body_too_large")


def test_an_answer_reaches_a_peer_that_sends_chunks_without_end(front: Front) -> None:
    with front.open(CHUNKED + b"\r\n") as peer:
        for _ in range(40):
            peer.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        assert parse(read_all(peer)).status == 413


def test_a_request_that_its_peer_ends_early_is_told_so(front: Front) -> None:
    with front.open(POST + b"Content-Length: 9\r\n\r\n{}") as peer:
        peer.shutdown(socket.SHUT_WR)
        answer = parse(read_all(peer))
    assert (answer.status, answer.json["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    "sent",
    [
        GET + b"X:" + b" " * 60_000 + b"x\r\n\r\n",
        GET + b"X:" + b" " * 60_000 + b"\0\r\n\r\n",
        b"GET http://" + b"1" * 16_000 + b" HTTP/x\r\n\r\n",
    ],
    ids=["blanks", "blanks and NUL", "a long host"],
)
def test_no_line_takes_time_with_the_square_of_its_length(front: Front, sent: bytes) -> None:
    began = time.monotonic()
    with front.open(sent.replace(b"Host: x", b"Host: x\r\nConnection: close", 1)) as peer:
        read_all(peer)
    assert time.monotonic() - began < 1
