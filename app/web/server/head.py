"""The head of a request: its first line and its fields, looked at strictly.

Two patterns of waitress' parser take time with the square of what they match: a header field with
20 kB of blanks holds its loop for 2 s, a first line of 10 kB for 20 s.  It is handed lines only on
which they match at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

from waitress.parser import ParsingError

from app.web.server import refusals
from app.web.server.bounds import FIELDS, LINE_BYTES
from app.web.server.refusals import Refusal, bad_request

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TARGET = re.compile(rb"(?:/|https?://[^/?#]|\*\Z)[!\"$-~\x80-\xff]*", re.IGNORECASE)
"""Without "#": what stands behind it is never sent by anybody who knows what it means."""
_ASKED = re.compile(rb"[A-Z]+ (?:https?://[^/?# ]*)?(/[^?# ]*)", re.IGNORECASE)
_VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
_VALUE = re.compile(rb"[\t -~\x80-\xff]*")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LENGTH = re.compile(rb"[0-9]{1,18}")

Fields = Mapping[bytes, Sequence[bytes]]
"""Values of each header field, by its name in small letters."""


class Refused(ParsingError):
    """waitress keeps its argument as the body of its own error."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)


def path_of(begun: bytes) -> str:
    """The path that a request begins with, as far as it has arrived; empty where there is none.

    >>> path_of(b"GET http://x/v1/%6cectures?q=1 HTTP/1.1"), path_of(b"hello")
    ('/v1/lectures', '')
    """
    line = begun[:LINE_BYTES].lstrip(b"\r\n").partition(b"\r\n")[0]
    found = _ASKED.match(line)
    return unquote_to_bytes(found[1]).decode("latin-1") if found else ""


def first_line(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Method, target and version.

    Raises:
        ParsingError: There are not three, or they are none.
    """
    if len(line) > LINE_BYTES:
        raise Refused(refusals.LINE_TOO_LONG)
    match line.split(b" "):
        case [method, target, version] if TOKEN.fullmatch(method) and target:
            return method, target, version
    raise Refused(bad_request("The first line is malformed"))


def check_first_line(method: bytes, target: bytes, version: bytes) -> None:
    if not _VERSION.fullmatch(version) or method != method.upper():
        raise Refused(bad_request("The first line is malformed"))
    if version not in (b"HTTP/1.0", b"HTTP/1.1"):
        raise Refused(refusals.VERSION)
    if method == b"CONNECT":
        raise Refused(refusals.NOT_IMPLEMENTED)
    if not _TARGET.fullmatch(target):
        raise Refused(bad_request("The address is malformed"))


def fields_of(lines: Sequence[bytes]) -> Fields:
    """Header fields, each line for itself; those whose names have an underscore are dropped.

    In the environment of an application ``X_Y`` could not be told from ``X-Y``, which a proxy may
    have checked.

    Raises:
        ParsingError: A line is no field, or goes on with the one before.
    """
    if len(lines) > FIELDS:
        raise Refused(refusals.HEADERS_TOO_LARGE)
    found: dict[bytes, list[bytes]] = defaultdict(list)
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise Refused(bad_request("A header field is malformed"))
        if b"_" not in name:
            found[name.lower()].append(value.strip(b" \t"))
    return found


def check_fields(fields: Fields, version: bytes) -> bool:
    """Refuse what two readers could read in two ways, and what is not served.

    Returns:
        Whether there is a body.
    """
    hosts = len(fields.get(b"host", ()))
    if hosts > 1 or (hosts == 0 and version == b"HTTP/1.1"):
        raise Refused(bad_request("There must be one Host"))
    length = _length(fields)
    chunked = _is_chunked(fields, version)
    if chunked and length is not None:
        raise Refused(bad_request("Transfer-Encoding and Content-Length exclude each other"))
    if [value for value in fields.get(b"expect", ()) if value.lower() != b"100-continue"]:
        raise Refused(refusals.EXPECTATION)
    has_body = chunked or bool(length)
    encodings = [value.lower() for value in fields.get(b"content-encoding", ())]
    if has_body and set(encodings) - {b"identity", b""}:
        raise Refused(refusals.ENCODED_BODY)
    return has_body


def _length(fields: Fields) -> int | None:
    match fields.get(b"content-length", []):
        case []:
            return None
        case [value] if _LENGTH.fullmatch(value):
            return int(value)
    raise Refused(bad_request("Content-Length is malformed"))


def _is_chunked(fields: Fields, version: bytes) -> bool:
    codings = fields.get(b"transfer-encoding")
    if codings is None:
        return False
    if version == b"HTTP/1.0":
        raise Refused(bad_request("HTTP/1.0 has no Transfer-Encoding"))
    if [coding.lower() for coding in codings] != [b"chunked"]:
        raise Refused(refusals.NOT_IMPLEMENTED)
    return True
