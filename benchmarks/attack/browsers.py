"""What a page of another site can have a browser send, and names that lead to this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from benchmarks.attack.ground import JSON, Ground
from benchmarks.attack.ledger import Promise
from benchmarks.attack.wire import Answer

Headers = list[tuple[str, str | bytes]]

EVIL = "http://evil.example"


def attack(ground: Ground) -> None:
    """Try to start, to learn and to stop; then that honest callers are served."""
    waiting = ground.new_id()
    for label, headers in ground.some(_foreign(ground.port), 0.35):
        for told, answer in _everywhere(ground, label, headers, waiting):
            refused = answer.refused and not answer.head.lower().count(b"access-control-allow-")
            ground.expect(told, answer, good=refused)
    if ground.state(waiting) is not None:
        ground.tally.break_(Promise.TOLD, "a lecture was started across sites")
    for label, headers in ground.some(_preflights(), 0.5):
        for target in (
            *("/generate", "/generate/cancel", "/generate/status?id=1"),
            *("/v1/lectures", "/v1/uploads", "/v1/keys"),
        ):
            answer = ground.ask(f"{label} {target}", "OPTIONS", target, headers=headers)
            allowed = b"access-control-allow-" in answer.head.lower()
            ground.expect(f"{label} {target}", answer, good=not allowed)
    for label, headers in _honest(ground.port):
        answer = ground.ask(label, "GET", "/generate/status?id=1", headers=headers)
        ground.expect(label, answer, good=answer.status == 200)


def _everywhere(
    ground: Ground, label: str, headers: Headers, waiting: int
) -> Iterator[tuple[str, Answer]]:
    """On every route that acts or tells, in both spellings; in `/v1` on one of each kind."""
    body = json.dumps(ground.body(id=waiting)).encode()
    for name in ("/generate", "/generation"):
        for method, target in (
            ("GET", f"{name}/status?id=1"),
            ("GET", f"{name}/cancel?id=1"),
            ("GET", f"{name}/cancel"),
            ("POST", f"{name}/cancel"),
        ):
            told = f"{method} {target} {label}"
            yield told, ground.ask(told, method, target, headers=headers)
        for content_type in (JSON, ("Content-Type", "text/plain")):
            told = f"POST {name} as {content_type[1]} {label}"
            sent = [content_type, *headers]
            yield told, ground.post_bytes(told, body, headers=sent, target=name)
    for method, target in (
        *(("GET", "/v1/lectures"), ("GET", "/v1/keys"), ("GET", "/v1/openapi.json")),
        *(
            ("GET", "/v1/docs"),
            ("DELETE", "/v1/lectures/lms-1"),
            ("POST", "/v1/lectures/lms-1/cancel"),
        ),
    ):
        told = f"{method} {target} {label}"
        yield told, ground.ask(told, method, target, headers=headers)
    for target, media_type, content in (
        ("/v1/keys", "text/plain", b'{"name": "a", "scopes": ["admin"]}'),
        ("/v1/keys", "application/json", b'{"name": "a", "scopes": ["admin"]}'),
        ("/v1/uploads", "application/offset+octet-stream", b"a"),
        ("/v1/avatars", "multipart/form-data; boundary=a", b"--a--\r\n"),
    ):
        told = f"POST {target} as {media_type} {label}"
        sent = [("Content-Type", media_type), *headers]
        yield told, ground.post_bytes(told, content, headers=sent, target=target)


def _foreign(port: int) -> Iterator[tuple[str, Headers]]:
    for mode in ("no-cors", "cors", "navigate", "websocket"):
        fetched = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", mode)]
        yield f"fetched {mode}", [*fetched, ("Sec-Fetch-Dest", "image")]
        yield f"fetched {mode} with Origin", [*fetched, ("Origin", EVIL)]
    yield "same-site fetch", [("Sec-Fetch-Site", "same-site"), ("Origin", "http://127.0.0.1:1")]
    for origin in (
        EVIL,
        "null",
        "https://evil.example:443",
        f"http://127.0.0.1.evil.example:{port}",
        f"http://localhost.evil.example:{port}",
        f"http://evil.example:{port}",
        f"http://127.0.0.1:{port}.evil.example",
        f"http://127.0.0.1@evil.example:{port}",
        f"http://127.0.0.1:{port + 1}",
        "file://",
        "chrome-extension://abcdef",
    ):
        yield f"Origin {origin!r}", [("Origin", origin)]
    hosts: Mapping[str, str] = {
        "another name": "evil.example",
        "another name, our port": f"evil.example:{port}",
        "a name below localhost": f"localhost.evil.example:{port}",
        "a name above localhost": f"evil.localhost.example:{port}",
        "an address in a name": f"127.0.0.1.nip.io:{port}",
        "another address": f"10.0.0.1:{port}",
        "the wildcard": f"0.0.0.0:{port}",
        "metadata": "169.254.169.254",
        "a user in it": f"127.0.0.1@evil.example:{port}",
        "a path in it": "127.0.0.1/evil.example",
        "two": "127.0.0.1, evil.example",
        "nothing": "",
        "a blank in it": "127.0.0.1 evil.example",
        "underscores": "evil_example",
        "a long name": "a" * 4000,
        "Cyrillic": "локалхост",
    }
    for label, host in hosts.items():
        yield f"Host is {label}", [("Host", host)]
    for name in ("X-Forwarded-Host", "X-Host", "Forwarded"):
        value = "host=127.0.0.1" if name == "Forwarded" else "127.0.0.1"
        yield f"foreign Host, {name} ours", [("Host", "evil.example"), (name, value)]


def _preflights() -> Iterator[tuple[str, Headers]]:
    for method in ("POST", "GET", "PUT"):
        for asked in ("content-type", "x-requested-with, content-type", ""):
            headers: Headers = [("Origin", EVIL), ("Access-Control-Request-Method", method)]
            if asked:
                headers.append(("Access-Control-Request-Headers", asked))
            yield f"preflight for {method} with {asked!r}", headers
    private: Headers = [("Access-Control-Request-Private-Network", "true"), ("Origin", EVIL)]
    yield "preflight to a private network", [*private, ("Access-Control-Request-Method", "GET")]


def _honest(port: int) -> Iterator[tuple[str, Headers]]:
    """Backends and this machine's own browser."""
    yield "an honest backend", []
    for host in (f"localhost:{port}", f"LOCALHOST:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        yield f"honest Host {host}", [("Host", host)]
    own = [("Origin", f"http://127.0.0.1:{port}"), ("Sec-Fetch-Site", "same-origin")]
    yield "a page of our own", [*own]
