"""Bodies with ``Transfer-Encoding: chunked``, read strictly.

waitress' own reader takes a bare LF for the end of a size and blank lines between chunks; a proxy
in front may read both otherwise, and then the two disagree where the next request begins.
"""

from __future__ import annotations

import re
from typing import IO, Literal

from app.web.server.refusals import BODY_TOO_LARGE, Refusal, bad_request
from app.web.server.spool import Body

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})(?:[ \t]*;[\t -~\x80-\xff]*)?")
_FIELD = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t -~\x80-\xff]*")

_LINE_BYTES = 1_024
_TRAILER_BYTES = 8_192

_FRAMING_BYTES = 16_384
"""Of sizes and ends of chunks, beyond what they frame: chunks of a byte cost time for nothing."""

_BROKEN = bad_request("The chunks of the request body are broken")


class Chunks:
    """One of waitress' receivers.

    Extensions of chunks and trailers are checked and dropped.

    Args:
        kept: Takes the bytes of the body.
        limit: Of the bytes of the body.
    """

    def __init__(self, kept: Body, limit: int) -> None:
        self.completed = False
        self.error: Refusal | None = None
        self._kept = kept
        self._limit = limit
        self._body_bytes = 0
        self._left = 0
        self._line = b""
        self._next: Literal["size", "end", "trailer"] = "size"
        self._framing_bytes = 0
        self._trailer_bytes = 0

    def received(self, data: bytes) -> int:
        """Read on.

        Returns:
            How much of ``data`` belongs to this body.
        """
        at = 0
        parts = []
        while at < len(data) and not self.completed and self.error is None:
            if self._left:
                parts.append(data[at : at + self._left])
                self._left -= len(parts[-1])
                at += len(parts[-1])
            else:
                end = data.find(b"\n", at) + 1 or len(data)
                self._line += data[at:end]
                at = end
                self._read_line()
        if parts:
            self._kept.append(b"".join(parts))
        return at

    def _read_line(self) -> None:
        if not self._line.endswith(b"\n"):
            if len(self._line) > _LINE_BYTES:
                self.error = _BROKEN
            return
        line, self._line = self._line, b""
        if not line.endswith(b"\r\n") or len(line) > _LINE_BYTES:
            self.error = _BROKEN
        elif self._next == "size":
            self._begin(line[:-2])
        elif self._next == "trailer":
            self._trail(line[:-2])
        elif line == b"\r\n":
            self._next = "size"
        else:
            self.error = _BROKEN

    def _begin(self, line: bytes) -> None:
        found = _SIZE.fullmatch(line)
        if found is None:
            self.error = _BROKEN
            return
        self._left = int(found[1], 16)
        self._next = "end" if self._left else "trailer"
        self._body_bytes += self._left
        self._framing_bytes += len(line) + 4
        if self._body_bytes > self._limit:
            self.error = BODY_TOO_LARGE
        elif self._framing_bytes > self._body_bytes + _FRAMING_BYTES:
            self.error = _BROKEN

    def _trail(self, line: bytes) -> None:
        self._trailer_bytes += len(line)
        if not line:
            self.completed = True
        elif not _FIELD.fullmatch(line) or self._trailer_bytes > _TRAILER_BYTES:
            self.error = _BROKEN

    def __len__(self) -> int:
        return len(self._kept)

    def getfile(self) -> IO[bytes]:
        """For waitress."""
        return self._kept.getfile()

    def getbuf(self) -> Body:
        """For waitress."""
        return self._kept
