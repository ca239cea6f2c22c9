"""Headers that say something else than the caller is, or too much of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from benchmarks.attack.ground import JSON, Ground
from benchmarks.attack.place import FORGED
from benchmarks.attack.wire import Answer

Headers = list[tuple[str, str | bytes]]

_INJECTED = re.compile(rb"\r\n(set-cookie|x-injected|location|access-control-)", re.IGNORECASE)


def attack(ground: Ground) -> None:
    """Send them to a route that tells, one that acts and one that does nothing."""
    for label, headers in ground.some(odd_headers()):
        _without_effect(
            ground, label, ground.ask(f"ping: {label}", "GET", "/ping", headers=headers)
        )
        told = ground.ask(f"status: {label}", "GET", "/generate/status?id=1", headers=headers)
        _without_effect(ground, label, told)
        acted = ground.post_bytes(f"post: {label}", b"{}", headers=[JSON, *headers])
        _without_effect(ground, label, acted)
    for label, headers, target in ground.some(_prefixes(), 0.4):
        answer = ground.ask(label, "GET", target, headers=headers)
        ground.expect(label, answer, good=answer.status in (400, 404))
    for target in ground.some(_split_targets(), 0.4):
        label = f"GET {target}"
        _without_effect(ground, label, ground.ask(label, "GET", target))


def _without_effect(ground: Ground, label: str, answer: Answer) -> None:
    ground.expect(label, answer, good=not has_injected(answer))


def has_injected(answer: Answer, *own: bytes) -> bool:
    """Whether the answer has a header that a request would have put there.

    Args:
        own: Headers that are the service's, as far as their values are known.
    """
    head = answer.head
    for each in own:
        head = head.replace(each, b"")
    return _INJECTED.search(head) is not None


def odd_headers() -> Iterator[tuple[str, Headers]]:
    """Headers, each said in words."""
    for name, value in (
        ("X-Forwarded-For", "1.2.3.4, 5.6.7.8"),
        ("X-Forwarded-For", "a" * 2000),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Proto", "javascript"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Host", "a, b, c"),
        ("X-Forwarded-Port", "99999"),
        ("X-Forwarded-Port", "-1"),
        ("X-Forwarded-Prefix", "/../.."),
        ("X-Forwarded-Server", "evil.example"),
        ("X-Real-Ip", "::1"),
        ("Forwarded", "for=unknown;host=evil.example;proto=https"),
        ("Forwarded", '"' * 500),
        ("X-Original-Url", "/generate/cancel"),
        ("X-Rewrite-Url", "/generate/cancel"),
        ("X-Http-Method-Override", "DELETE"),
        ("X-Method-Override", "POST"),
        ("X-Request-Id", "a" * 5000),
        ("X-Request-Id", "1; DROP TABLE job"),
        ("X-Request-Id", "%0d%0aX-Injected: 1"),
        ("X-Request-Id", "\x01\x02"),
        ("X-Request-Id", "\u00e9\u00e9"),
        ("Accept-Language", "ru;q=abc"),
        ("Accept-Language", "ru;q=" + "9" * 500),
        ("Accept-Language", ",".join(["ru"] * 500)),
        ("Accept-Language", "*;q=0"),
        ("Accept-Language", "\xff\xfe"),
        ("Accept-Encoding", "gzip;q=0, *;q=0"),
        ("Accept", "text/html;q=nan"),
        ("Accept-Charset", "utf-7"),
        ("Range", "bytes=0-0,1-1,2-2,-1"),
        ("If-None-Match", "*"),
        ("If-Modified-Since", "Thu, 99 Foo 0000 99:99:99 GMT"),
        ("If-Range", '"x'),
        ("Authorization", "Basic =="),
        ("Authorization", "Basic " + "/" * 3000),
        ("Authorization", "Bearer " + "a." * 2000),
        ("Authorization", "Digest username="),
        ("Proxy-Authorization", "Basic YTpi"),
        ("Proxy", "http://127.0.0.1:1"),
        ("Cookie", "a" * 7000),
        ("Cookie", "; ; =; a; session=; \x7f"),
        ("Expect", "100-continue"),
        ("Expect", "200-ok"),
        ("Upgrade", "h2c"),
        ("Upgrade", "websocket"),
        ("HTTP2-Settings", "AAMAAABkAAQCAAAAAAIAAAAA"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("TE", "trailers, chunked"),
        ("Trailer", "Content-Length"),
        ("Connection", "keep-alive, Host, Content-Length"),
        ("Keep-Alive", "timeout=99999999, max=0"),
        ("Max-Forwards", "0"),
        ("Content-Length", "0"),
        ("Content-Encoding", "gzip"),
        ("Content-Encoding", "br, gzip, deflate"),
        ("Content-Range", "bytes 0-1/2"),
        ("Content-Type", "application/json; charset=utf-7"),
        ("Content-Type", "a" * 3000),
        ("Content-Type", "multipart/form-data"),
        ("Content-Type", "multipart/form-data; boundary=" + "a" * 500),
        ("Content-MD5", "x"),
        ("Date", "yesterday"),
        ("From", "<script>alert(1)</script>"),
        ("Referer", "javascript:alert(1)"),
        ("User-Agent", "() { :; }; touch /tmp/x"),
        ("User-Agent", "${jndi:ldap://127.0.0.1:1/a}"),
        ("User-Agent", "\x1b[2J\x1b[31m"),
        ("User-Agent", ""),
        ("Via", "1.1 " + "x" * 4000),
        ("X-" + "A" * 2000, "1"),
        ("X-A", "a" * 8000),
        ("X-A", "a" * 9000),
        ("X-A", "a" * 70_000),
        ("X-A", "\x00"),
        ("X-A", "a\tb"),
        ("X-A", "\x85"),
        ("X-A", "\xff" * 50),
    ):
        yield f"{name[:30]}: {value[:40]!r}", [(name, value.encode("latin-1"))]
    yield "99 headers", [(f"X-H{number}", "1") for number in range(95)]
    yield "120 headers", [(f"X-H{number}", "1") for number in range(120)]
    yield "5000 headers", [(f"X-H{number}", "1") for number in range(5000)]
    yield "the same header 50 times", [("X-A", "1")] * 50
    yield "two proxies that disagree", [("X-Forwarded-Proto", "https"), ("X-Forwarded-Ssl", "off")]
    yield "two content types", [JSON, ("Content-Type", "text/plain")]
    yield "two lengths", [("Content-Length", "2"), ("Content-Length", "2")]
    yield "two hosts", [("Host", "127.0.0.1"), ("Host", "evil.example")]


_SCRIPT_NAMES = ("SCRIPT_NAME", "Script-Name", "SCRIPT-NAME", "script_name", "X-Script-Name")
_OTHERS = ("X-Forwarded-Prefix", "PATH_INFO", "Path-Info", "REMOTE_USER", "wsgi.url_scheme")


def _prefixes() -> Iterator[tuple[str, Headers, str]]:
    """A prefix that nobody but a trusted proxy may add: these routes are not there."""
    for name in (*_SCRIPT_NAMES, *_OTHERS):
        for prefix, target in (
            ("/vl", "/vl/ping"),
            ("/vl", "/vl/generate/status?id=1"),
            ("/ping", "/ping/ping"),
            ("/x/..", "/x/../ping"),
        ):
            yield f"{name}: {prefix}, GET {target}", [(name, prefix)], target


def _split_targets() -> Iterator[str]:
    """What would be a header of the answer or a line of the log, if it were taken over."""
    for ending in ("%0d%0a", "%0a", "%0d", "%e2%80%a8", "%0b", "%1b%5b2K%0d"):
        forged = ending + quote(FORGED)
        yield from (f"/ping{forged}", f"/ping?x={forged}", f"/generate/status?id={forged}")
    for ending in ("%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D", "%u000a", "%00%0d%0a"):
        for place in (
            "/ping?x={}X-Injected:1",
            "/{}Set-Cookie:a=b",
            "/generate/status?id=1{}Set-Cookie:a",
        ):
            yield place.format(ending)
        yield f"/generate/status?id={ending}Location:http://evil.example"
        yield f"/generate/cancel/{ending}Set-Cookie:a=b"
    for target in (
        "/ping/..",
        "/./ping",
        "/ping/%2e%2e/generate",
        "/%2fping",
        "/ping%00",
        "/ping;a=b",
    ):
        yield target
    for target in (
        "/PING",
        "//ping",
        "/ping//",
        "///nothing",
        "/%",
        "/%zz",
        "/ping?%",
        "/ping?" + "a" * 3000,
    ):
        yield target
    for target in (
        "/ping?" + "a=1&" * 5000,
        "/" + "a/" * 2000,
        "/" + "%2f" * 1000 + "nothing",
        "/static/../config.yaml",
    ):
        yield target
    for target in (
        "/.git/config",
        "/.env",
        "/wsgi.py",
        "/console",
        "/generate?__debugger__=yes",
        "/admin/",
        "/metrics",
    ):
        yield target
