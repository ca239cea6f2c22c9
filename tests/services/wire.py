"""Requests and answers as they go over the wire, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

_END = b"\r\n\r\n"


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


def requests(stream: bytes) -> list[Message]:
    """Those that were sent over a connection, without one that was cut off.

    >>> [each.body for each in requests(b"POST / HTTP/1.1\\r\\nContent-Length: 2\\r\\n\\r\\nhi")]
    [b'hi']
    """
    found = []
    while (read := _first(stream)) is not None:
        message, stream = read
        found.append(message)
    return found


def answers(stream: bytes, asked: Iterable[Message]) -> list[Message]:
    """The final answers to these requests, in their order, as far as they have come."""
    found: list[Message] = []
    for request in asked:
        message = None
        while message is None or _is_interim(message):
            read = _first(stream, without_body=request.lines[0].startswith("HEAD "))
            if read is None:
                return found
            message, stream = read
        found.append(message)
    return found


def _is_interim(answer: Message) -> bool:
    """Whether it is ``100 Continue`` or the like, which others follow."""
    return answer.lines[0].split()[1].startswith("1")


def _first(stream: bytes, *, without_body: bool = False) -> tuple[Message, bytes] | None:
    """The first message and what follows it; ``None`` when it is not there as a whole.

    Args:
        without_body: What answers ``HEAD`` has only the length of one.
    """
    head, end, rest = stream.partition(_END)
    if not end:
        return None
    message = Message(tuple(head.decode("latin-1").split("\r\n")))
    if message.chunked and not without_body:
        return _with_chunks(message, rest)
    length = 0 if without_body else int(message.header("Content-Length") or 0)
    if len(rest) < length:
        return None
    return replace(message, parts=(rest[:length],) if length else ()), rest[length:]


def _with_chunks(message: Message, stream: bytes) -> tuple[Message, bytes] | None:
    parts: list[bytes] = []
    sizes = ""
    while True:
        line, end, stream = stream.partition(b"\r\n")
        if not end:
            return None
        if (size := int(line, 16)) == 0:
            form = "X" if sizes != sizes.lower() else "x"
            return replace(message, parts=tuple(parts), size_format=form), stream[2:]
        sizes += line.decode()
        parts.append(stream[:size])
        stream = stream[size + 2 :]
