"""Ways to name a lecture, and ways to name none."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

HERE, OTHER = 81, 82
"""Ids of the two lectures; the first is the one that is named."""

CANCEL = "/generate/cancel"
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"

KEYS = (
    "id", "ID", "Id", "iD", "_id", "id_", "ids", "Ids", "lecture_id", "lectureId", "LectureId",
    "LECTURE_ID", "lecture-id", "lectureID", "lecture", "lectures", "lecture[id]", "lecture.id",
    "id[]", "id[0]", "id[id]", "ids[]", "ids[0]", "job", "job_id", "jobId", "task", "task_id",
    "taskId", "generation", "generation_id", "number", "nr", "uid", "uuid", "key", "name",
    "filter", "where", "q", "only", "except", "target", "identifier", "id ", " id", "id\t",
    "id\u200b", "\uff49\uff44", "i\u0307d", "id\x00", "\ufeffid",
)  # fmt: skip

VALUES = (
    "81", "081", "+81", "0x51", "0o121", "8_1", "81.0", "8.1e1", "81e0", "81,", "81,82", "81;82",
    "81|82", "[81]", "{81}", "(81)", "'81'", '"81"', "81/", "81%", "81?", "-81", "0", "1e309",
    "null", "none", "None", "undefined", "NaN", "all", "*", "true", "any", "-1", "81.5", "81-82",
    "81..82", ">80", "!82", "", " ", " 81", "81 ", "81\n", "81\x00", "\uff18\uff11",
    "\u0668\u0661", "8\u200b1", "81 82", "9" * 40, "lecture_81",
    "\u221281",
)  # fmt: skip

_NONE = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Way:
    """A request, and what it may stop when it is not refused."""

    label: str
    method: str
    target: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    may_stop: tuple[frozenset[int], ...] = (frozenset({HERE}),)
    acts: bool = True
    """False: whatever it says, it must be refused."""


def ways() -> Iterator[Way]:
    """Everything that carries something which could name a lecture, and more."""
    yield from _queries()
    yield from _paths()
    yield from _json_bodies()
    yield from _broken_bodies()
    yield from _forms()
    yield from _two_places()
    yield from _headers()
    yield from _methods()


def plain() -> Iterator[Way]:
    """What names nothing stops everything, as the contract says."""
    for name in ("/generate/cancel", "/generation/cancel"):
        for slash in ("", "/"):
            yield Way(f"GET {name}{slash}", "GET", name + slash)
            yield Way(f"POST {name}{slash}, empty", "POST", name + slash, b"")
    typed = (("Content-Type", JSON_TYPE),)
    yield Way("POST, an empty body of JSON", "POST", CANCEL, b"", typed)
    yield Way("GET with a type and no body", "GET", CANCEL, None, typed)
    agent = (("User-Agent", "curl/8.0"), ("Accept", "*/*"), ("X-Request-Id", "8181"))
    yield Way("GET as curl sends it", "GET", CANCEL, None, agent)
    yield Way("GET with an empty query", "GET", f"{CANCEL}?")


def _queries() -> Iterator[Way]:
    for key in KEYS:
        target = f"{CANCEL}?{quote(key, safe='[]')}={HERE}"
        yield Way(f"GET ?{key!r}", "GET", target)
    for key in KEYS[:20:3]:
        yield Way(f"POST ?{key!r}", "POST", f"{CANCEL}?{quote(key)}={HERE}", b"")
    for value in VALUES:
        # A value that is no 81 for anybody may stop nothing, or be refused.
        may = (frozenset({HERE}), _NONE) if _names_nobody(value) else (frozenset({HERE}),)
        target = f"{CANCEL}?id={quote(value)}"
        yield Way(f"GET ?id={value!r}", "GET", target, may_stop=may)
    for query in (
        "id=81&id=81", "id=&id=81", "id=81&id=", "id=81&x=1", "x=1&id=81", "id=81&ID=82",
        "ID=82&id=81",
        "id=81&lecture_id=82", "id=81;id=82", "id=81&&", "&id=81", "?id=81", "id==81", "id:81",
        "id", "81",
        "=81", "81=", "id%3D81", "%69d=81", "i%64=81", "id=%38%31", "id%5B%5D=81", "+id=81",
        ";id=81",
        "{%22id%22:81}", "id=81#id=82", "id=81%26id=82", "%00id=81", "id%00=81", "id=81%00",
        "id&81",
        "id=81&id[]=82", "events=81", "cancel=81", "id=81&_=1700000000000", "lecture=81&all=true",
    ):  # fmt: skip
        yield Way(f"GET ?{query}", "GET", f"{CANCEL}?{query}")
    for query in ("id=81&id=82", "id=82&id=81", "ids=81,82", "id[]=81&id[]=82"):
        yield Way(f"GET ?{query}, two of them", "GET", f"{CANCEL}?{query}", acts=False)


def _names_nobody(value: str) -> bool:
    return value in ("-81", "0", "-1", "9" * 40)


def _paths() -> Iterator[Way]:
    for target in (
        "/generate/cancel/81", "/generate/cancel/id/81", "/generate/81/cancel",
        "/generate/cancel;id=81",
        "/generate;id=81/cancel", "/generate/cancel:81", "/generate/cancel,81",
        "/generate/cancel=81",
        "/generate/cancel%3Fid=81", "/generate/cancel%26id=81", "/generate/cancel//81",
        "/generate/cancel.81",
        "/generate/cancel/?id=81", "/generate/cancel#81", "/generate/cancel#id=81",
        "/generate//cancel?id=81",
        "/generation/cancel?id=81", "/generation/cancel/?lecture_id=81", "/generate/cancel/81/",
        "/cancel?id=81",
        "/generate/cancel/%3Bid=81", "/generate/cancel%2F81", "/generate/cancel/{81}",
        "/generate/Cancel?id=81",
        "/generate/cancel;81", "/generate/cancel/;jsessionid=81?id=81", "//generate/cancel?id=81",
    ):  # fmt: skip
        yield Way(f"GET {target}", "GET", target)


def _json_bodies() -> Iterator[Way]:
    ids: tuple[object, ...] = (
        "81", "081", " 81", "81.0", 81.0, 81.5, [81], {"$eq": 81}, "", True, [], {}, "all",
        "\uff18\uff11", 10**30, "8_1", "+81",
    )  # fmt: skip
    objects: tuple[object, ...] = (
        *({key: HERE} for key in KEYS[:44:2]),
        *({"id": value} for value in ids),
        {"lecture": {"id": 81}}, {"data": {"id": 81}}, {"ids": [81]}, {"params": {"id": "81"}},
        [81], 81, "81", [{"id": 81}], ["id", 81], {"id": 81, "ID": 82}, {"id": 81, "x": 1}, True,
        [], "",
    )  # fmt: skip
    for value in objects:
        body = json.dumps(value).encode()
        yield Way(f"POST JSON {value!r}", "POST", CANCEL, body, (("Content-Type", JSON_TYPE),))
    body = b'{"id": 81}'
    for chosen in (
        "", "text/plain", "text/json", "application/x-json", "application/vnd.api+json", FORM_TYPE,
        "application/json; charset=utf-8", "APPLICATION/JSON", "application/octet-stream",
        "multipart/form-data",
    ):  # fmt: skip
        typed = (("Content-Type", chosen),) if chosen else ()
        yield Way(f"POST JSON as {chosen!r}", "POST", CANCEL, body, typed)
    typed = (("Content-Type", JSON_TYPE),)
    yield Way("GET with JSON", "GET", CANCEL, body, typed)
    yield Way("POST JSON with a mark", "POST", CANCEL, b"\xef\xbb\xbf" + body, typed)
    yield Way("POST JSON in UTF-16", "POST", CANCEL, body.decode().encode("utf-16"), typed)
    packed = (*typed, ("Content-Encoding", "gzip"))
    yield Way("POST packed JSON", "POST", CANCEL, gzip.compress(body), packed)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    coded = (("Transfer-Encoding", "chunked"),)
    yield Way("POST JSON in chunks", "POST", CANCEL, chunked, (*typed, *coded))
    yield Way("POST JSON in chunks without a type", "POST", CANCEL, chunked, coded)
    broken = b"%x\r\n%s\r\nZZ\r\n" % (len(body), body)
    yield Way("POST JSON in broken chunks", "POST", CANCEL, broken, (*typed, *coded))


def _broken_bodies() -> Iterator[Way]:
    for body in (
        b'{"id": ', b"{id: 81}", b"{'id': 81}", b'{"id": 81', b'{"id": 81,}', b'"id": 81',
        b"id: 81", b"\0",
        b"\xff\xfe", b'{"id": 81, "id": 82}', b'{"id": 81}{"id": 82}', b"[" * 5000, b'{"id": NaN}',
        b"{", b"}",
        b'{"id": 81}garbage', b" ", b"\r\n", b"{}", b"null",
    ):  # fmt: skip
        # What names nothing may stop everything, and what is empty may be called empty.
        nothing = body.strip() in (b"", b"{}", b"null")
        may = (frozenset({HERE, OTHER}),) if nothing else (frozenset({HERE}),)
        typed = (("Content-Type", JSON_TYPE),)
        yield Way(f"POST {body[:24]!r}", "POST", CANCEL, body, typed, may_stop=may)
    yield Way("POST 5 MB", "POST", CANCEL, b"x" * 5_000_000, (("Content-Type", JSON_TYPE),))
    for chosen, body in (
        ("text/plain", b"81"),
        ("text/plain", b"id=81"),
        ("application/xml", b"<cancel><id>81</id></cancel>"),
        ("text/xml", b'<?xml version="1.0"?><soap:Envelope><id>81</id></soap:Envelope>'),
        ("application/x-yaml", b"id: 81\n"),
        ("text/csv", b"id\n81\n"),
        ("application/msgpack", b"\x81\xa2id\x51"),
        ("application/cbor", b"\xa1\x62id\x18\x51"),
        ("application/graphql", b"mutation { cancel(id: 81) }"),
    ):
        yield Way(f"POST {body!r} as {chosen}", "POST", CANCEL, body, (("Content-Type", chosen),))


def _forms() -> Iterator[Way]:
    typed = (("Content-Type", FORM_TYPE),)
    for key in KEYS[:50:3]:
        body = f"{quote_plus(key)}={HERE}".encode()
        yield Way(f"POST form {key!r}", "POST", CANCEL, body, typed)
    for body in (
        b"81", b"id", b"=81", b"id=", b"id=81&id=82", b"id=81&ID=82", b"id=%EF%BC%98%EF%BC%91",
        b"id:81",
        b"id=81\r\n", b"%69d=81", b"id+=81", b'{"id":81}=', b"id=81;id=82", b"id=%", b"id=all",
    ):  # fmt: skip
        yield Way(f"POST form {body!r}", "POST", CANCEL, body, typed)
    parts = (("Content-Type", "multipart/form-data; boundary=x"),)
    for label, disposition in (
        ("id", b'form-data; name="id"'),
        ("ID", b'form-data; name="ID"'),
        ("lecture_id", b'form-data; name="lecture_id"'),
        ("a file", b'form-data; name="id"; filename="id.txt"'),
        ("no name", b"form-data"),
    ):
        body = b"--x\r\nContent-Disposition: " + disposition + b"\r\n\r\n81\r\n--x--\r\n"
        yield Way(f"POST part {label}", "POST", CANCEL, body, parts)
    whole = b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n81\r\n'
    yield Way("POST part without an end", "POST", CANCEL, whole, parts)
    yield Way("POST part of another boundary", "POST", CANCEL, whole.replace(b"--x", b"--y"), parts)
    bare = (("Content-Type", "multipart/form-data"),)
    yield Way("POST part without a boundary", "POST", CANCEL, whole + b"--x--\r\n", bare)
    yield Way("PUT form", "PUT", CANCEL, b"id=81", typed, acts=False)


def _two_places() -> Iterator[Way]:
    """One id in the query, another one in the body: whoever sends that is not understood."""
    for label, chosen, body in (
        ("JSON", JSON_TYPE, b'{"id": 82}'),
        ("a form", FORM_TYPE, b"id=82"),
        (
            "a part",
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n82\r\n--x--\r\n',
        ),
    ):
        typed = (("Content-Type", chosen),)
        yield Way(
            f"81 in the query, 82 in {label}", "POST", f"{CANCEL}?id=81", body, typed, acts=False
        )
        same = body.replace(b"82", b"81")
        yield Way(f"81 in the query and in {label}", "POST", f"{CANCEL}?id=81", same, typed)
        yield Way(f"?ID=81 and 81 in {label}", "POST", f"{CANCEL}?ID=81", same, typed)


def _headers() -> Iterator[Way]:
    for name in ("X-Lecture-Id", "Lecture-Id", "X-Id", "Id", "X-Job-Id", "X-Task-Id", "X-Lecture"):
        yield Way(f"GET with {name}", "GET", CANCEL, None, ((name, str(HERE)),))
        yield Way(f"POST with {name}", "POST", CANCEL, b"", ((name, str(HERE)),))
    path = (("PATH_INFO", CANCEL), ("X-Original-Url", f"{CANCEL}?id=82"))
    status = f"/generate/status?id={HERE}"
    yield Way("GET status with a path in headers", "GET", status, None, path, may_stop=(_NONE,))


def _methods() -> Iterator[Way]:
    """No other method acts, whatever it names."""
    for method in (
        "HEAD",
        "OPTIONS",
        "PUT",
        "DELETE",
        "PATCH",
        "TRACE",
        "BREW",
        "get",
        "CONNECT",
        "LINK",
    ):
        for query in ("", "?id=81"):
            yield Way(f"{method} {CANCEL}{query}", method, CANCEL + query, acts=False)
    for target in ("/generate?id=81", "/generate/81", "/generate/cancel/81", "/generation?id=81"):
        yield Way(f"DELETE {target}", "DELETE", target, acts=False)
    for override in ("X-HTTP-Method-Override", "X-Method-Override"):
        for method in ("HEAD", "PUT"):
            told = ((override, "POST"),)
            yield Way(
                f"{method} that is a POST by {override}", method, CANCEL, None, told, acts=False
            )
