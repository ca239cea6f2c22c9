"""Where a request begins and ends: lengths, chunks, methods, versions, other protocols."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import config
from benchmarks.attack.ground import Ground
from benchmarks.attack.ledger import Promise

ROUTES = ("/ping", "/generate", "/generate/cancel", "/generate/status?id=1", "/nothing")

METHODS = (
    "HEAD OPTIONS PUT DELETE PATCH TRACE CONNECT BREW get POSTT PRI PROPFIND MKCOL SEARCH "
    "GET\tX G\x00ET A" + "A" * 300
).split(" ")

MAX_BODY = config.Server().max_body_bytes
"""``server.max_body_bytes``."""


def attack(ground: Ground) -> None:
    """Every way to be misunderstood."""
    for method in ground.some(METHODS, 0.3):
        for route in ROUTES:
            data = b"%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
            filled = data % (method.encode("latin-1"), route.encode(), ground.port)
            answer = ground.send(f"{method!r} {route}", filled)[0]
            good = answer.refused or (method == "OPTIONS" and answer.status in (200, 204))
            reads = method == "HEAD" and route.startswith(("/ping", "/generate/status"))
            ground.expect(f"{method!r} {route}", answer, good=good or reads)
    for label, data in ground.some(_lines(ground.port), 0.4):
        ground.send(label, data)
    for label, data in ground.some(_no_http(), 0.5):
        ground.send(label, data, whole=False)
    for label, data in ground.some(_refused_bodies(ground), 0.4):
        for close in (False, True):
            answer = ground.send(f"{label}, half closed: {close}", data, half_close=close)[0]
            ground.expect(label, answer, good=answer.refused)
    _limits(ground)
    _smuggled(ground)


def _lines(port: int) -> Iterator[tuple[str, bytes]]:
    """First lines and heads; whatever the answer is, it is an envelope."""
    host = b"Host: 127.0.0.1:%d\r\nConnection: close\r\n" % port
    for version in (
        b"HTTP/9.9",
        b"HTTP/2.0",
        b"HTTP/1.2",
        b"HTTP/0.9",
        b"HTTP/1",
        b"http/1.1",
        b"",
        b"HTTP/1.1 x",
    ):
        yield f"version {version!r}", b"GET /ping " + version + b"\r\n" + host + b"\r\n"
    for target in (
        b"http://127.0.0.1:%d/ping" % port,
        b"http://evil.example/ping",
        b"https://127.0.0.1/ping",
        b"file:///etc/passwd",
        b"ping",
        b"*",
        b"/ping#fragment",
        b"/ping\x00",
        b"/ping\xff",
        b"/p\xc3\xa9ng",
        b"\\ping",
        b"/ping /x",
        b"evil.example:443",
        b"//evil.example/ping",
        b"http://a@b:c@127.0.0.1/ping",
        b"http://[::1/ping",
        b"/" + b"a" * 5_000,
        b"/" + b"a" * 100_000,
    ):
        yield f"target {target[:60]!r}", b"GET " + target + b" HTTP/1.1\r\n" + host + b"\r\n"
    for head in (
        b"X Y: 1",
        b"X-A : 1",
        b" X-A: 1",
        b"X-A: 1\r\n 2",
        b"X-A",
        b": 1",
        b"X-\xff: 1",
        b"X-A: a\nX-B: b",
        b"X-A: a\rX-B: b",
        b"X-A:\x00",
        b"Content-Length: abc",
        b"Content-Length: -5",
        b"Content-Length: +5",
        b"Content-Length: 0x5",
        b"Content-Length: 5, 5",
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: " + b"9" * 30,
        b"Content-Length: " + b"9" * 5_000,
        b"Content-Length: \xb2",
        b"Content-Length:",
        b"Transfer-Encoding: foo",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding:\x0bchunked",
    ):
        yield f"head {head[:60]!r}", b"POST /generate HTTP/1.1\r\n" + host + head + b"\r\n\r\n"
    yield "no Host", b"GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n"
    yield "bare LF", b"GET /ping HTTP/1.1\n" + host.replace(b"\r", b"") + b"\n"
    yield "bare CR", b"GET /ping HTTP/1.1\r" + host.replace(b"\n", b"") + b"\r\r\n\r\n"
    yield "empty lines first", b"\r\n" * 20 + b"GET /ping HTTP/1.1\r\n" + host + b"\r\n"


def _no_http() -> Iterator[tuple[str, bytes]]:
    """What is no request at all may also be hung up on."""
    yield "HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
    yield "TLS", bytes.fromhex("16030100c8010000c40303") + b"\0" * 189
    yield "SSH", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"
    yield "SMTP", b"EHLO evil.example\r\n\r\n"
    yield "redis", b"*1\r\n$4\r\nPING\r\n\r\n"
    yield "proxy protocol", b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n\r\n"
    yield "proxy protocol 2", b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c" + b"\1" * 12 + b"\r\n\r\n"
    yield "zeros", b"\0" * 5_000 + b"\r\n\r\n"
    yield "a long line", b"a" * 200_000 + b"\r\n\r\n"
    yield "line ends", b"\r\n" * 5_000
    yield "RTSP", b"DESCRIBE rtsp://127.0.0.1/x RTSP/1.0\r\n\r\n"
    yield "SOCKS", b"\5\1\0\r\n\r\n"


def _post(ground: Ground, head: bytes, body: bytes) -> bytes:
    start = b"POST /generate HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % ground.port
    return (
        start + b"Content-Type: application/json\r\nConnection: close\r\n" + head + b"\r\n" + body
    )


def _refused_bodies(ground: Ground) -> Iterator[tuple[str, bytes]]:
    """None of these may start a lecture: each is broken, too large or packed."""
    whole = json.dumps(ground.body()).encode()
    chunk = b"%x\r\n%s\r\n" % (len(whole), whole)
    for label, body in (
        ("a size that is no number", b"ZZ\r\nabc\r\n0\r\n\r\n"),
        ("a negative size", b"-1\r\n" + whole + b"\r\n0\r\n\r\n"),
        ("a size with 0x", b"0x%x\r\n%s\r\n0\r\n\r\n" % (len(whole), whole)),
        ("a size with underscore", b"1_0\r\n" + b"a" * 16 + b"\r\n0\r\n\r\n"),
        ("a size with plus", b"+%x\r\n%s\r\n0\r\n\r\n" % (len(whole), whole)),
        ("a size with blanks", b"  %x\r\n%s\r\n0\r\n\r\n" % (len(whole), whole)),
        ("a size of 100 digits", b"f" * 100 + b"\r\nabc\r\n0\r\n\r\n"),
        ("a size too small", b"5\r\n" + whole + b"\r\n0\r\n\r\n"),
        ("a size and nothing", b"5\r\n\r\n0\r\n\r\n"),
        ("no end of a chunk", b"%x\r\n%s0\r\n\r\n" % (len(whole), whole)),
        ("an empty size", b"\r\n" + whole + b"\r\n0\r\n\r\n"),
        ("garbage behind", b"%x\r\n%s\r\nGARBAGE\r\n\r\n" % (len(whole), whole)),
        (
            "an extension of 100 kB",
            b"%x;%s\r\n%s\r\nZ\r\n\r\n" % (len(whole), b"a" * 100_000, whole),
        ),
        ("only the end", b"0\r\n\r\n"),
    ):
        yield f"chunks: {label}", _post(ground, b"Transfer-Encoding: chunked\r\n", body)
    both = b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"
    yield "chunked and a length", _post(ground, both, chunk + b"0\r\n\r\n")
    half = b"Content-Length: %d\r\n" % (len(whole) // 2)
    yield "half of it", _post(ground, half, whole)
    yield "no length", _post(ground, b"", whole)
    packed = gzip.compress(whole)
    for coding in (b"gzip", b"deflate", b"br", b"x-gzip", b"identity, gzip"):
        head = b"Content-Encoding: %s\r\nContent-Length: %d\r\n" % (coding, len(packed))
        yield f"packed: {coding!r}", _post(ground, head, packed)
    plain = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(whole)
    yield "said to be packed", _post(ground, plain, whole)


def _limits(ground: Ground) -> None:
    """A body over the limit is 413 on every way, and never cut and parsed."""
    whole = json.dumps(ground.body()).encode()
    for label, body in (
        ("blanks and garbage behind", whole + b" " * MAX_BODY + b"GARBAGE}}}"),
        ("a long key", whole[:-1] + b', "x": "' + b"x" * 1_200_000 + b'"}'),
        ("zeros", b"\0" * 5_000_000),
        ("just over", whole + b" " * (MAX_BODY + 1 - len(whole))),
    ):
        head = b"Content-Length: %d\r\n" % len(body)
        parts = [body[start : start + 60_000] for start in range(0, len(body), 60_000)]
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        for way, data in (
            ("with a length", _post(ground, head, body)),
            ("chunked", _post(ground, b"Transfer-Encoding: chunked\r\n", chunks)),
        ):
            answer = ground.send(f"{label}, {way}", data)[0]
            ground.expect(f"{label}, {way}: 413", answer, good=answer.status == 413)


def _smuggled(ground: Ground) -> None:
    """A second request hides in the body of the first; it must not be answered as one."""
    inner = b"GET /generate/status?id=1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % ground.port
    chunked = b"0\r\n\r\n" + inner
    length = b"Content-Length: %d\r\n" % len(chunked)
    for label, head, body in (
        ("CL.TE", length + b"Transfer-Encoding: chunked\r\n", chunked),
        ("TE.CL", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", chunked),
        ("TE spelt oddly", b"Transfer-Encoding : chunked\r\n" + length, chunked),
        ("TE folded", b"Transfer-Encoding:\r\n chunked\r\n" + length, chunked),
        ("TE twice", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", chunked),
        ("TE quoted", b'Transfer-Encoding: "chunked"\r\n' + length, chunked),
        ("TE with underscore", b"Transfer_Encoding: chunked\r\n" + length, chunked),
        ("two lengths", b"Content-Length: 0\r\nContent-Length: %d\r\n" % len(inner), inner),
        ("length with plus", b"Content-Length: +%d\r\n" % len(inner), inner),
        ("length with comma", b"Content-Length: 0,%d\r\n" % len(inner), inner),
        ("length with underscore", b"Content_Length: %d\r\n" % len(inner), inner),
        ("bare LF", b"X: y\nContent-Length: %d\r\n" % len(inner), inner),
        ("chunk extension", b"Transfer-Encoding: chunked\r\n", b"1;a=\r\nX\r\n" + chunked),
    ):
        for connection in (b"keep-alive", b"close"):
            start = b"POST /generate HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % ground.port
            start += b"Content-Type: application/json\r\nConnection: %s\r\n" % connection
            # As the caller means it, a body; what follows the refusal of a head is no request.
            answers = ground.send(label, start + head + b"\r\n" + body, several=0.3)
            if len(answers) > 1 and label not in {"length with underscore", "chunk extension"}:
                ground.tally.break_(Promise.TOLD, f"{label}: {len(answers)} answers")
