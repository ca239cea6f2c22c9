"""Requests byte by byte, as no client library would send them."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

LONGEST_SECONDS = 15.0
"""An answer that does not come until then is not waited for."""

_KEYS = {"error", "message", "result", "code"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    status: int
    """0: nothing came back until the end of the connection; -1: until the end of patience."""
    head: bytes
    body: bytes
    seconds: float
    """From the last byte of the request."""

    @property
    def envelope(self) -> dict[str, object] | None:
        """The envelope, if the body is one."""
        value = self._object
        if not value.keys() >= _KEYS:
            return None
        well = isinstance(value["error"], bool) and isinstance(value["message"], str)
        return value if well and isinstance(value["code"], str) else None

    @property
    def is_json(self) -> bool:
        """Whether the answer says that it is JSON."""
        return self._has_type(b"application/json")

    @property
    def is_problem(self) -> bool:
        """Whether it tells a failure as `/v1` does: a problem, or an error of OpenAI's form."""
        told = self._object
        if self._has_type(b"application/problem+json"):
            return told.get("status") == self.status and "code" in told
        return self.is_json and told.keys() == {"error"}

    def _has_type(self, media_type: bytes) -> bool:
        return (
            re.search(rb"\r\ncontent-type: *" + re.escape(media_type), self.head, re.I) is not None
        )

    @property
    def code(self) -> str:
        """``code`` of the envelope or the problem."""
        told = self._object
        error = told.get("error")
        return str(error.get("code", "") if isinstance(error, dict) else told.get("code", ""))

    @property
    def _object(self) -> dict[str, object]:
        """The body, if it is a JSON object."""
        try:
            told = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    @property
    def refused(self) -> bool:
        """Whether the request was the caller's mistake."""
        return 400 <= self.status < 500 or self.status in (501, 505)

    def __str__(self) -> str:
        told = {0: "closed without an answer", -1: "no answer"}.get(self.status, str(self.status))
        return f"{told} after {self.seconds:.2f} s {self.body[:120]!r}"


def request(
    method: str,
    target: str | bytes,
    *,
    port: int,
    body: bytes | None = None,
    headers: Iterable[tuple[str, str | bytes]] = (),
) -> bytes:
    """An honest request, but for what the caller makes of it.

    ``Host``, ``Connection`` and ``Content-Length`` are added where they are not given.
    """
    wanted = [(name.encode("latin-1"), _bytes(value)) for name, value in headers]
    named = {name.lower() for name, _ in wanted}
    if b"host" not in named:
        wanted.insert(0, (b"Host", b"127.0.0.1:%d" % port))
    if b"connection" not in named:
        wanted.append((b"Connection", b"close"))
    if body is not None and not named & {b"content-length", b"transfer-encoding"}:
        wanted.append((b"Content-Length", b"%d" % len(body)))
    lines = [method.encode("latin-1") + b" " + _bytes(target) + b" HTTP/1.1"]
    lines += [name + b": " + value for name, value in wanted]
    return b"\r\n".join([*lines, b"", body or b""])


def connect(port: int, *, source: str = "127.0.0.1", seconds: float = 10.0) -> socket.socket:
    """A connection to the service.

    Args:
        source: Own address, anything in 127.0.0.0/8.
    """
    return socket.create_connection(
        ("127.0.0.1", port), timeout=seconds, source_address=(source, 0)
    )


def exchange(
    data: bytes,
    *,
    port: int,
    seconds: float = LONGEST_SECONDS,
    half_close: bool = False,
    several: float = 0.0,
) -> list[Answer]:
    """Send bytes on a connection of their own, and read what comes back.

    Args:
        several: Read on for so many seconds after the first answer; 0 ends with it.

    Returns:
        At least one answer, which may say that there was none, or nobody to give it.
    """
    try:
        peer = connect(port)
    except OSError as error:
        return [Answer(0, b"", str(error).encode(), 0.0)]
    with peer:
        with suppress(OSError):  # closed on us meanwhile: the answer tells why
            peer.sendall(data)
            if half_close:
                peer.shutdown(socket.SHUT_WR)
        return _read(peer, head=data.startswith(b"HEAD "), seconds=seconds, several=several)


def _read(peer: socket.socket, *, head: bool, seconds: float, several: float) -> list[Answer]:
    started = time.monotonic()
    deadline, got = started + seconds, b""
    answers: list[Answer] = []
    ended = False
    while not ended and (left := deadline - time.monotonic()) > 0:
        peer.settimeout(left)
        try:
            chunk = peer.recv(1 << 16)
        except TimeoutError:
            break
        except OSError:
            chunk = b""
        ended = not chunk
        got += chunk
        while found := _first(got, head=head, ended=ended):
            status, top, body, got = found
            if status >= 200:
                answers.append(Answer(status, top, body, time.monotonic() - started))
                deadline = min(deadline, time.monotonic() + several)
    if not answers:
        status = 0 if ended else -1
        answers.append(Answer(status, b"", got, time.monotonic() - started))
    return answers


_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n")


def _first(got: bytes, *, head: bool, ended: bool) -> tuple[int, bytes, bytes, bytes] | None:
    """Status, head, body and what follows of the first whole answer."""
    line = _STATUS.match(got)
    top, gap, rest = got.partition(b"\r\n\r\n")
    if not line or not gap:
        return None
    status = int(line[1])
    length = re.search(rb"\r\ncontent-length: *(\d+)", top, re.IGNORECASE)
    if head or status < 200 or status in (204, 304):
        return status, top, b"", rest
    if length is None:
        if re.search(rb"\r\ntransfer-encoding: *chunked", top, re.IGNORECASE):
            whole = _joined(rest)
            return None if whole is None else (status, top, *whole)
        return (status, top, rest, b"") if ended else None
    size = int(length[1])
    if len(rest) < size and not ended:
        return None
    return status, top, rest[:size], rest[size:]


def _joined(rest: bytes) -> tuple[bytes, bytes] | None:
    """The body of chunks, and what follows; ``None`` while it is not whole."""
    body = b""
    while True:
        size, gap, rest = rest.partition(b"\r\n")
        if not gap:
            return None
        length = int(size.split(b";")[0], 16)
        if len(rest) < length + 2:
            return None
        body, rest = body + rest[:length], rest[length + 2 :]
        if length == 0:
            return body, rest


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
