"""Bodies that are no lecture: wrong types, wrong encodings, wrong content types."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.attack.ground import JSON, Ground
from benchmarks.attack.place import FORGED

REQUIRED = (
    "id", "face_path", "voice_path", "lecture_text_path", "generated_dir_path",
)  # fmt: skip
OPTIONAL = (
    "language", "speech_engine", "face_engine", "preprocess", "still", "size", "split",
    "lexicon_path", "restart",
)  # fmt: skip

WRONG: dict[str, object] = {
    "an empty list": [],
    "a list": [7],
    "an empty object": {},
    "an object": {"id": 7},
    "half a character": "\ud800",
    "NUL": "a\0b",
    "a long string": "x" * 100_000,
    "a fraction": 1.5,
    "a large number": 10**30,
    "markup": "<script>alert(1)</script>",
    "SQL": "'; DROP TABLE job; --",
    "a format": "%s%s%n{0}{{1}}",
    "a path": "../../../etc/passwd",
    "an option": "--help",
    "a line of a log": f"hibari\n{FORGED}",
}

NO_ID: tuple[bytes, ...] = (
    b"true", b"false", b"null", b'""', b"1.5", b'"1.5"', b'"7.0"', b'"1_000"', b'"0x7"', b'"1e3"',
    b"NaN", b"Infinity", b"-Infinity", b"1e400", b"9223372036854775808", b"-9223372036854775809",
    b"9" * 400, b'"' + b"9" * 400 + b'"',
    b"[7]", b"{}", b'"seven"', b'"7;8"', b'"7 8"', b'"None"',
)  # fmt: skip
"""Written as in JSON."""

EITHER_ID: tuple[bytes, ...] = (
    b'" 7"', b'"7 "', b'"+7"', b'"07"', b'"\xef\xbc\x97"', b'"\xd9\xa7"', b"7.0", b"7e0", b"-0",
    b'"-0"', b"-1",
)  # fmt: skip
"""May be taken for a number or not."""


def attack(ground: Ground) -> None:
    """Post them all."""
    for key in (*REQUIRED, *OPTIONAL):
        for label, value in ground.some(WRONG.items(), 0.2):
            _refused(ground, f"{key}: {label}", json.dumps(ground.body(**{key: value})).encode())
    for key in REQUIRED:
        without = {name: value for name, value in ground.body().items() if name != key}
        _refused(ground, f"without {key}", json.dumps(without).encode())
        _refused(ground, f"{key}: null", json.dumps(ground.body(**{key: None})).encode())
        _refused(ground, f"{key}: true", json.dumps(ground.body(**{key: True})).encode())
    for key in OPTIONAL:
        label = f"{key}: null, which is not given"
        answer = ground.post(label, **{key: None})
        ground.expect(label, answer, good=answer.status == 200)
    for written in ground.some(NO_ID, 0.5):
        _refused(ground, f"id: {written[:30]!r}", _with_id(ground, written))
    for written in EITHER_ID:
        ground.post_bytes(f"id: {written!r}", _with_id(ground, written))
    ground.stop_everything()
    whole = json.dumps(ground.body()).encode()
    for label, body in ground.some(no_json(whole), 0.4):
        _refused(ground, label, body)
    for label, body in ground.some(odd_json(whole), 0.4):
        ground.post_bytes(label, body)
    ground.stop_everything()
    _content_types(ground)


def _refused(ground: Ground, label: str, body: bytes) -> None:
    answer = ground.post_bytes(label, body)
    ground.expect(label, answer, good=answer.refused)


def _with_id(ground: Ground, written: bytes) -> bytes:
    return json.dumps(ground.body(id=424242)).encode().replace(b"424242", written)


def no_json(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no JSON, or none that a request could be.

    Args:
        whole: A good body.
    """
    for body in (
        b"",
        b"{}",
        b"[]",
        b"null",
        b"0",
        b'""',
        b"{",
        b"}",
        b'{"id": ',
        b"\0",
        b"\xff",
        b"'",
        b"NaN",
    ):
        yield f"body {body!r}", body
    yield "a list of it", b"[" + whole + b"]"
    yield "twice", whole + whole
    yield "two lines", whole + b"\n" + whole
    yield "garbage behind", whole + b"}}}"
    yield "a comment", whole[:-1] + b"/* x */}"
    yield "a comma more", whole[:-1] + b",}"
    yield "single quotes", whole.replace(b'"', b"'")
    yield "a line end in a string", whole.replace(b"face.jpg", b"fa\nce.jpg")
    yield "100,000 lists", b"[" * 100_000
    yield "100,000 lists in a key", whole[:-1] + b', "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    yield (
        "50,000 objects in a key",
        whole[:-1] + b', "x": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    )
    yield "900 kB of blanks", b" " * 900_000
    yield "a list of 300,000", b"[" + b"1," * 300_000 + b"1]"
    yield "UTF-7", b"+AHs-" + whole
    yield "bytes that are no UTF-8", whole.replace(b"face.jpg", b"fa\xffce.jpg")


def odd_json(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """What may be understood or not, and must not be a fault."""
    yield "a mark first", b"\xef\xbb\xbf" + whole
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
        yield name, whole.decode().encode(name)
    yield "every key twice", whole[:-1] + b"," + whole[1:]
    yield "two ids", b'{"id": 1, ' + whole[1:]
    yield "escaped names", whole.replace(b'"id"', b'"\\u0069d"')
    yield "a number of 5000 digits", whole[:-1] + b', "x": ' + b"9" * 5000 + b"}"
    yield "a number of 900,000 digits", whole[:-1] + b', "x": ' + b"9" * 900_000 + b"}"
    yield "NaN", whole[:-1] + b', "x": NaN}'
    yield "1e999999", whole[:-1] + b', "x": 1e999999}'
    yield "__proto__", whole[:-1] + b', "__proto__": {"id": 1}, "constructor": {"prototype": {}}}'
    yield "__class__", whole[:-1] + b', "__class__": "x", "model_config": {}, "wishes": 1}'
    yield (
        "20,000 keys",
        whole[:-1] + b"".join(b', "k%d": 1' % number for number in range(20_000)) + b"}",
    )
    yield "half characters as keys", whole[:-1] + b', "\\ud800": 1}'
    yield "an empty key", whole[:-1] + b', "": 1}'
    yield "blanks around", b"\r\n\t " * 5000 + whole + b" " * 50_000


TYPES = (
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "application/xml", "text/xml", "application/octet-stream", "application/x-yaml", "text/json",
    "application/jsonp", "application/msgpack", "application/cbor", "application/x-ndjson",
    "image/svg+xml", "application/x-python-pickle", "application/csp-report", "json", "",
    "application", "/", "a/b/c", "application/json, text/plain", "text/plain; application/json",
    "application/json\x00",
)  # fmt: skip
"""No types of JSON: a page in a browser can send some of them to any address."""

JSON_TYPES = (
    "application/json; charset=utf-8", "APPLICATION/JSON", "application/json;",
    "application/json; charset=utf-16", "application/json; charset=utf-7",
    "application/json; charset=nonsense", 'application/json; charset="',
    "application/json; boundary=x", "application/vnd.api+json", "application/problem+json",
)  # fmt: skip


def _content_types(ground: Ground) -> None:
    whole = json.dumps(ground.body()).encode()
    bodies = {
        "JSON": whole,
        "a form": b"id=7&face_path=/x",
        "XML": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "a part": b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n7\r\n--x--\r\n',
        "a pickle": b"cos\nsystem\n(S'id'\ntR.",
    }
    for chosen in ground.some(TYPES, 0.3):
        for label, body in bodies.items():
            told = f"{label} as {chosen!r}"
            answer = ground.post_bytes(told, body, headers=[("Content-Type", chosen)])
            ground.expect(told, answer, good=answer.refused)
    for chosen in JSON_TYPES:
        ground.post_bytes(f"JSON as {chosen!r}", whole, headers=[("Content-Type", chosen)])
    _refused(ground, "an empty body", b"")
    told = "JSON without a type"
    ground.expect(told, answer := ground.post_bytes(told, whole, headers=[]), good=answer.refused)
    for target in ("/generate/", "/generation", "/generation/"):
        told = f"{target} with a wrong body"
        answer = ground.post_bytes(told, b'{"id": true}', headers=[JSON], target=target)
        ground.expect(told, answer, good=answer.refused)
