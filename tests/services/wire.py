"""Requests and answers as they go over the wire, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

_END = b"\r\n\r\n"
_NO_BODY = ("1", "204", "304")
"""Status codes, or how they begin, of answers without a body."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer."""

    lines: tuple[str, ...]
    """The first line and the headers, one string each."""
    parts: tuple[bytes, ...] = ()
    """The body: the chunks in which it was sent, else one part or none."""
    size_format: str = "x"
    """How sizes of chunks are written: ``x`` or ``X``."""

    @property
    def chunked(self) -> bool:
        return "chunked" in self.header("Transfer-Encoding").lower()

    @property
    def body(self) -> bytes:
        return b"".join(self.parts)

    def header(self, name: str) -> str:
        """Value of a header; empty when it is not there.

        >>> Message(("GET / HTTP/1.1", "host: a:80")).header("Host")
        'a:80'
        """
        for line in self.lines[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""

    def head(self) -> bytes:
        """Everything before the body."""
        return "\r\n".join(self.lines).encode("latin-1") + _END

    def rest(self) -> bytes:
        """Everything after the head."""
        if not self.chunked:
            return self.body
        chunks = [
            format(len(part), self.size_format).encode() + b"\r\n" + part + b"\r\n"
            for part in self.parts
        ]
        return b"".join([*chunks, b"0\r\n\r\n"])

    def fitted(self) -> Message:
        """The same with the ``Content-Length`` that its body has."""
        lines = tuple(
            f"{line.partition(':')[0]}: {len(self.body)}"
            if line.lower().startswith("content-length:")
            else line
            for line in self.lines
        )
        return replace(self, lines=lines)


def messages(stream: bytes) -> Iterator[Message]:
    """What was sent one after another over a connection; one that was cut off is left out.

    >>> [each.body for each in messages(b"POST / HTTP/1.1\\r\\nContent-Length: 2\\r\\n\\r\\nhi")]
    [b'hi']
    """
    while _END in stream:
        head, _, stream = stream.partition(_END)
        message = Message(tuple(head.decode("latin-1").split("\r\n")))
        if message.chunked:
            message, stream = _with_chunks(message, stream)
        else:
            length = 0 if _has_no_body(message) else int(message.header("Content-Length") or 0)
            if len(stream) < length:
                return
            parts = (stream[:length],) if length else ()
            message, stream = replace(message, parts=parts), stream[length:]
        yield message


def _has_no_body(message: Message) -> bool:
    version, _, rest = message.lines[0].partition(" ")
    return version.startswith("HTTP/") and rest.startswith(_NO_BODY)


def _with_chunks(message: Message, stream: bytes) -> tuple[Message, bytes]:
    parts, sizes = [], ""
    while True:
        line, _, stream = stream.partition(b"\r\n")
        size = int(line or b"0", 16)
        if size == 0:
            form = "X" if sizes != sizes.lower() else "x"
            return replace(message, parts=tuple(parts), size_format=form), stream[2:]
        sizes += line.decode()
        parts.append(stream[:size])
        stream = stream[size + 2 :]
