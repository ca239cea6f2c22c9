"""Requests as they arrive: waitress' parser behind a stricter and linear look at every line."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver

from app.web.prefix import below
from app.web.server import head, refusals, request_log
from app.web.server.bounds import LINE_BYTES, Bounds
from app.web.server.chunks import Chunks
from app.web.server.progress import Progress
from app.web.server.refusals import Refusal, bad_request
from app.web.server.spool import Body, NoRoom, Room, Spool

log = logging.getLogger(__name__)

_BY_STATUS: Mapping[int, Refusal] = {
    413: refusals.BODY_TOO_LARGE,
    431: refusals.HEADERS_TOO_LARGE,
    501: refusals.NOT_IMPLEMENTED,
}
"""For errors of waitress itself."""


class Parser(HTTPRequestParser):
    """One request.

    Args:
        began: When its first byte arrived, by the monotonic clock.
        bounds: Those of the body are without the framing of chunks.
        spool: Where the body is kept.
        holder: Whom it counts for there, see :class:`~app.web.server.spool.Room`.
    """

    error: Any
    headers_finished: bool
    header_plus: bytes

    version = "1.1"
    """That of the answer where the request has none that can be read."""

    command = "-"
    request_uri = "-"
    path = "-"

    def __init__(
        self, adj: Adjustments, *, began: float, bounds: Bounds, spool: Spool, holder: str | None
    ) -> None:
        super().__init__(adj)
        self.began = began
        self.arrived = began
        self.id = request_log.id_for(None)
        self.waits_for_leave = False
        """Whether its head is there, and of its body nothing may be read before :meth:`admit`."""
        self.progress = Progress(began, bounds)
        """Of its body."""
        self._bodies = bounds.bodies
        self._prefix = bounds.prefix
        self._spool = spool
        self._room = Room(spool, holder)

    @property
    def has_begun(self) -> bool:
        """Whether anything but blank lines has arrived of it."""
        return self.headers_finished or bool(self.header_plus.strip(b"\r\n"))

    @property
    def route(self) -> str:
        """The path without the prefix, also of a head that was refused or never came to its end."""
        is_known = self.headers_finished and self.path != Parser.path
        return self._below_prefix(self.path if is_known else head.path_of(self.header_plus))

    def is_refused(self) -> bool:
        """Whether it is answered by the server itself."""
        return self.error is not None

    def refuse(self, refusal: Refusal) -> None:
        """Take it for complete: it is answered so, and its body is forgotten."""
        self.error = refusal
        self.expect_continue = self.waits_for_leave = False
        self.completed = True
        self.close()

    def admit(self) -> Refusal | None:
        """Have a large body read, or say why there is no room for it."""
        try:
            refusal = self._room.reserve(None if self.chunked else self.content_length)
        except OSError as error:
            return _cannot_keep(error)
        if refusal is None:
            self.waits_for_leave = False
            self.progress.begin()
        return refusal

    def received(self, data: bytes) -> int:
        """Read on.

        Returns:
            How much of ``data`` belongs to this request: all, once it is refused.
        """
        if self.is_refused():
            return len(data)
        in_body, begun = self.headers_finished, self.header_plus
        consumed = self._received(data)
        if in_body:
            self.progress.add(consumed)
        elif self.is_refused():
            self.header_plus = begun + data  # tells what was asked for
        if self.completed:
            self.arrived = time.monotonic()
        return consumed

    def _received(self, data: bytes) -> int:
        consumed = len(data)
        try:
            consumed = super().received(data)
        except NoRoom as error:
            self.refuse(error.refusal)
        except OSError as error:
            self.refuse(_cannot_keep(error))
        if not self.is_refused() and not self.headers_finished:
            self._look_at_unfinished_header()
        if self.is_refused():
            self.refuse(_translated(self.error))
            return len(data)
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Check the whole head, and hand waitress what is unambiguous.

        Raises:
            ParsingError: With the refusal.
        """
        first_line, _, rest = header_plus.partition(b"\r\n")
        lines = [line for line in rest.split(b"\r\n") if line]
        method, target, version = head.first_line(first_line)
        self.command, self.request_uri = method.decode("ascii"), target.decode("latin-1")
        head.check_first_line(method, target, version)
        fields = head.fields_of(lines)
        has_body = head.check_fields(fields, version)
        # Percent signs say the same as bytes beyond ASCII, which waitress refuses.
        target = head.NOT_ASCII.sub(lambda found: b"%%%02X" % ord(found[0]), target)
        checked = [b" ".join((method, target, version))]
        checked += [name + b": " + value for name, values in fields.items() for value in values]
        try:
            super().parse_header(b"\r\n".join(checked) + b"\r\n")
        except UnicodeError as error:
            raise head.Refused(bad_request("The address is malformed")) from error
        except ParsingError:
            raise
        except ValueError as error:
            raise head.Refused(bad_request("The address is malformed")) from error
        self.id = self.headers["X_REQUEST_ID"] = request_log.id_for(
            self.headers.get("X_REQUEST_ID")
        )
        self._prepare_body()
        self.expect_continue = self.expect_continue and has_body
        if self.proxy_netloc:
            self.headers["HOST"] = self.proxy_netloc

    def _prepare_body(self) -> None:
        """Choose where the body goes, now that it is known how large it may be.

        Raises:
            ParsingError: It is larger.
        """
        media_type = self.headers.get("CONTENT_TYPE", "")
        bound = self._bodies.bound(self.command, self._below_prefix(self.path), media_type)
        if self.content_length > bound:
            raise head.Refused(refusals.BODY_TOO_LARGE)
        most = bound if self.chunked else self.content_length
        self.waits_for_leave = most > self._bodies.small
        if most:
            body = Body(self._spool, self._room if self.waits_for_leave else None)
            self.body_rcv = Chunks(body, bound) if self.chunked else FixedStreamReceiver(most, body)

    def _below_prefix(self, path: str) -> str:
        # As waitress and then the application take it: several slashes begin a path like one.
        return below(self._prefix, f"/{path.lstrip('/')}") if self._prefix else path

    def _look_at_unfinished_header(self) -> None:
        """Refuse at once what can become no request: TLS, other protocols, endless lines."""
        begun = self.header_plus.lstrip(b"\r\n")
        end = begun.find(b"\n")
        if end < 0 and len(begun) > LINE_BYTES:
            self.refuse(refusals.LINE_TOO_LONG)
        elif begun and not head.TOKEN.match(begun):
            self.refuse(bad_request("This is no HTTP"))
        elif self.header_plus.count(b"\n") != self.header_plus.count(b"\r\n"):
            self.refuse(bad_request("A line ends without CR"))


def _cannot_keep(error: OSError) -> Refusal:
    log.error("cannot keep a request body error=%s", error.strerror)
    return refusals.DISK_FULL


def _translated(error: object) -> Refusal:
    if isinstance(error, Refusal):
        return error
    told = getattr(error, "body", None)
    if isinstance(told, Refusal):
        return told
    return _BY_STATUS.get(getattr(error, "code", 400), bad_request("The request is malformed"))
