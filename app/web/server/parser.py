"""Requests as they arrive: waitress' parser behind a stricter and linear look at every line.

Two patterns of waitress' parser take time with the square of what they match: a header field with
20 kB of blanks holds its loop for 2 s, a first line of 10 kB for 20 s.  It is handed lines only on
which they match at once.
"""

from __future__ import annotations

import logging
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.parser import HTTPRequestParser, ParsingError

from app.web.server import refusals, request_log
from app.web.server.bounds import FIELDS, LINE_BYTES
from app.web.server.chunks import Chunks
from app.web.server.refusals import Refusal, bad_request

log = logging.getLogger(__name__)

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TARGET = re.compile(rb"(?:/|https?://[^/?#]|\*\Z)[!\"$-~\x80-\xff]*", re.IGNORECASE)
"""Without "#": what stands behind it is never sent by anybody who knows what it means."""
_VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
_VALUE = re.compile(rb"[\t -~\x80-\xff]*")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LENGTH = re.compile(rb"[0-9]{1,18}")

_BY_STATUS: Mapping[int, Refusal] = {
    413: refusals.BODY_TOO_LARGE,
    431: refusals.HEADERS_TOO_LARGE,
    501: refusals.NOT_IMPLEMENTED,
}
"""For errors of waitress itself."""

_Fields = Mapping[bytes, Sequence[bytes]]
"""Values of each header field, by its name in small letters."""


class _Refused(ParsingError):
    """waitress keeps its argument as the body of its own error."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)


class Parser(HTTPRequestParser):
    """One request.

    Args:
        began: When its first byte arrived, by the monotonic clock.
        body_bytes: Bound of the body, without the framing of chunks.
    """

    error: Any
    headers_finished: bool

    version = "1.1"
    """That of the answer where the request has none that can be read."""

    command = "-"
    request_uri = "-"
    path = "-"

    def __init__(self, adj: Adjustments, *, began: float, body_bytes: int) -> None:
        super().__init__(adj)
        self.began = began
        self.arrived = began
        self.id = request_log.id_for(None)
        self._body_bytes = body_bytes

    @property
    def has_begun(self) -> bool:
        """Whether anything but blank lines has arrived of it."""
        return self.headers_finished or bool(self.header_plus.strip(b"\r\n"))

    def is_refused(self) -> bool:
        """Whether it is answered by the server itself."""
        return self.error is not None

    def refuse(self, refusal: Refusal) -> None:
        """Take it for complete: it is answered so."""
        self.error = refusal
        self.expect_continue = False
        self.completed = True

    def received(self, data: bytes) -> int:
        """Read on.

        Returns:
            How much of ``data`` belongs to this request: all, once it is refused.
        """
        if self.is_refused():
            return len(data)
        try:
            consumed: int = super().received(data)
        except OSError as error:
            log.error("cannot keep a request body error=%s", error.strerror)  # noqa: TRY400
            self.refuse(refusals.DISK_FULL)
            consumed = len(data)
        if not self.is_refused() and not self.headers_finished:
            self._look_at_unfinished_header()
        if self.is_refused():
            self.refuse(_translated(self.error))
            consumed = len(data)
        if self.completed:
            self.arrived = time.monotonic()
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Check the whole head, and hand waitress what is unambiguous.

        Raises:
            ParsingError: With the refusal.
        """
        first_line, _, rest = header_plus.partition(b"\r\n")
        lines = [line for line in rest.split(b"\r\n") if line]
        method, target, version = _first_line(first_line)
        self.command, self.request_uri = method.decode("ascii"), target.decode("latin-1")
        _check_first_line(method, target, version)
        fields = _fields(lines)
        has_body = _check_fields(fields, version, self._body_bytes)
        # Percent signs say the same as bytes beyond ASCII, which waitress refuses.
        target = _NOT_ASCII.sub(lambda found: b"%%%02X" % ord(found[0]), target)
        head = [b" ".join((method, target, version))]
        head += [name + b": " + value for name, values in fields.items() for value in values]
        try:
            super().parse_header(b"\r\n".join(head) + b"\r\n")
        except UnicodeError as error:
            raise _Refused(bad_request("The address is malformed")) from error
        except ParsingError:
            raise
        except ValueError as error:
            raise _Refused(bad_request("The address is malformed")) from error
        if self.chunked:
            kept = OverflowableBuffer(self.adj.inbuf_overflow)
            self.body_rcv = Chunks(kept, self._body_bytes)
        self.expect_continue = self.expect_continue and has_body
        if self.proxy_netloc:
            self.headers["HOST"] = self.proxy_netloc
        self.id = self.headers["X_REQUEST_ID"] = request_log.id_for(
            self.headers.get("X_REQUEST_ID")
        )

    def _look_at_unfinished_header(self) -> None:
        """Refuse at once what can become no request: TLS, other protocols, endless lines."""
        head = self.header_plus.lstrip(b"\r\n")
        end = head.find(b"\n")
        if end < 0 and len(head) > LINE_BYTES:
            self.refuse(refusals.LINE_TOO_LONG)
        elif head and not _TOKEN.match(head):
            self.refuse(bad_request("This is no HTTP"))
        elif self.header_plus.count(b"\n") != self.header_plus.count(b"\r\n"):
            self.refuse(bad_request("A line ends without CR"))


def _translated(error: object) -> Refusal:
    if isinstance(error, Refusal):
        return error
    told = getattr(error, "body", None)
    if isinstance(told, Refusal):
        return told
    return _BY_STATUS.get(getattr(error, "code", 400), bad_request("The request is malformed"))


def _first_line(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Method, target and version.

    Raises:
        ParsingError: There are not three, or they are none.
    """
    if len(line) > LINE_BYTES:
        raise _Refused(refusals.LINE_TOO_LONG)
    match line.split(b" "):
        case [method, target, version] if _TOKEN.fullmatch(method) and target:
            return method, target, version
    raise _Refused(bad_request("The first line is malformed"))


def _check_first_line(method: bytes, target: bytes, version: bytes) -> None:
    if not _VERSION.fullmatch(version) or method != method.upper():
        raise _Refused(bad_request("The first line is malformed"))
    if version not in (b"HTTP/1.0", b"HTTP/1.1"):
        raise _Refused(refusals.VERSION)
    if method == b"CONNECT":
        raise _Refused(refusals.NOT_IMPLEMENTED)
    if not _TARGET.fullmatch(target):
        raise _Refused(bad_request("The address is malformed"))


def _fields(lines: Sequence[bytes]) -> _Fields:
    """Header fields, each line for itself; those whose names have an underscore are dropped.

    In the environment of an application ``X_Y`` could not be told from ``X-Y``, which a proxy may
    have checked.

    Raises:
        ParsingError: A line is no field, or goes on with the one before.
    """
    if len(lines) > FIELDS:
        raise _Refused(refusals.HEADERS_TOO_LARGE)
    found: dict[bytes, list[bytes]] = defaultdict(list)
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise _Refused(bad_request("A header field is malformed"))
        if b"_" not in name:
            found[name.lower()].append(value.strip(b" \t"))
    return found


def _check_fields(fields: _Fields, version: bytes, body_bytes: int) -> bool:
    """Refuse what two readers could read in two ways, and what is not served.

    Returns:
        Whether there is a body.
    """
    hosts = len(fields.get(b"host", ()))
    if hosts > 1 or (hosts == 0 and version == b"HTTP/1.1"):
        raise _Refused(bad_request("There must be one Host"))
    length = _length(fields)
    chunked = _is_chunked(fields, version)
    if chunked and length is not None:
        raise _Refused(bad_request("Transfer-Encoding and Content-Length exclude each other"))
    if [value for value in fields.get(b"expect", ()) if value.lower() != b"100-continue"]:
        raise _Refused(refusals.EXPECTATION)
    if length is not None and length > body_bytes:
        raise _Refused(refusals.BODY_TOO_LARGE)
    has_body = chunked or bool(length)
    encodings = [value.lower() for value in fields.get(b"content-encoding", ())]
    if has_body and set(encodings) - {b"identity", b""}:
        raise _Refused(refusals.ENCODED_BODY)
    return has_body


def _length(fields: _Fields) -> int | None:
    match fields.get(b"content-length", []):
        case []:
            return None
        case [value] if _LENGTH.fullmatch(value):
            return int(value)
    raise _Refused(bad_request("Content-Length is malformed"))


def _is_chunked(fields: _Fields, version: bytes) -> bool:
    codings = fields.get(b"transfer-encoding")
    if codings is None:
        return False
    if version == b"HTTP/1.0":
        raise _Refused(bad_request("HTTP/1.0 has no Transfer-Encoding"))
    if [coding.lower() for coding in codings] != [b"chunked"]:
        raise _Refused(refusals.NOT_IMPLEMENTED)
    return True
