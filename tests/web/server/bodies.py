"""Requests with large bodies, for tests."""

from __future__ import annotations

from app.web.bodies import Bodies
from app.web.server.bounds import Bounds
from tests.web.server.front import Answer

VOICE = b"POST /v1/voices HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: audio/wav\r\n"
CHUNKED = VOICE + b"Transfer-Encoding: chunked\r\n"
EXPECTING = VOICE + b"Expect: 100-continue\r\n"
LARGE = b"x" * 900_000
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

BOUNDS = Bounds(
    request_seconds=3,
    bodies=Bodies(small=200_000, json=400_000, image=500_000, voice=1_000_000, upload=3_000_000),
    spool_bytes=4_000_000,
)
"""Those of the service but for the sizes, which are small."""


def length(number: int) -> bytes:
    return b"Content-Length: %d\r\n\r\n" % number


def chunks(body: bytes, size: int = 65_536) -> bytes:
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    return b"\r\n" + b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


def problem(answer: Answer) -> tuple[int, str]:
    """Status and code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == answer.status
    assert answer.json["request_id"] == answer.headers["x-request-id"]
    assert answer.json["title"]
    return answer.status, answer.json["code"]
