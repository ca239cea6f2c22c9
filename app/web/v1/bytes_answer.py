"""The bytes of a file as an answer: whole or a part, or that the caller has them already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from flask import Response, request
from werkzeug.http import (
    http_date,
    parse_etags,
    parse_if_range_header,
    parse_range_header,
    quote_etag,
)
from werkzeug.sansio.http import is_resource_modified

from app.errors import PreconditionFailed
from app.web.problem import problem

_PIECE = 65_536


class Readable(Protocol):
    """As much of a file as is needed here."""

    def read(self, size: int = -1, /) -> bytes:
        """May give less than there is, but for the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def tell(self) -> int: ...

    def close(self) -> None: ...


class Part:
    """A part of a file, as a file."""

    def __init__(self, file: Readable, start: int, size: int) -> None:
        """Closes the file with itself."""
        self._file = file
        self._start = start
        self._size = size
        self._at = 0
        file.seek(start)

    def read(self, size: int = -1, /) -> bytes:
        left = max(0, self._size - self._at)
        found = self._file.read(left if size < 0 else min(size, left))
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = base + offset
        self._file.seek(self._start + self._at)
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class Described:
    """Bytes, and what is said of them."""

    media_type: str
    size: int
    disposition: str
    """``Content-Disposition``."""
    etag: str | None = None
    modified: float | None = None
    """Seconds since the epoch."""
    has_parts: bool = True
    """Whether a part may be asked for."""


def answer(file: Readable, told: Described) -> Response:
    """What a caller gets who asks for a file; the file belongs to the answer.

    No thread reads it: the server sends it as fast as the peer takes it.

    Raises:
        PreconditionFailed: The caller wants another version.
    """
    try:
        return _answer(file, told)
    except BaseException:
        file.close()
        raise


def _answer(file: Readable, told: Described) -> Response:
    headers = _headers(told)
    _check_match(told)
    if not _is_modified(told):
        file.close()
        return Response(status=304, headers=headers)
    part = _part(told)
    start, end = part or (0, told.size)
    if part is not None and start >= end:
        file.close()
        unsatisfied = {"Content-Range": f"bytes */{told.size}"}
        detail = f"the file has {told.size} bytes"
        return problem(416, "range_not_satisfiable", detail, headers=unsatisfied)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{told.size}"
    headers["Content-Length"] = str(end - start)
    status = 200 if part is None else 206
    if request.method == "HEAD" or start == end:
        file.close()
        response = Response((), status, headers, content_type=told.media_type)
        response.automatically_set_content_length = False
        return response
    body = _body(Part(file, start, end - start))
    return Response(body, status, headers, content_type=told.media_type, direct_passthrough=True)


def _body(part: Part) -> Iterable[bytes]:
    """What the server knows how to send; where it knows nothing of it, pieces."""
    wrap: Callable[[Part], Iterable[bytes]] = request.environ.get("wsgi.file_wrapper", _pieces)
    return wrap(part)


def _pieces(part: Part) -> Iterator[bytes]:
    with closing(part):
        while piece := part.read(_PIECE):
            yield piece


def _headers(told: Described) -> dict[str, str]:
    found = {
        "Accept-Ranges": "bytes" if told.has_parts else "none",
        # The next generation has the same address: who keeps a copy asks whether it is still good.
        "Cache-Control": "private, no-cache",
        "Content-Disposition": told.disposition,
    }
    if told.etag is not None:
        found["ETag"] = quote_etag(told.etag)
    if told.modified is not None:
        found["Last-Modified"] = http_date(told.modified)
    return found


def _check_match(told: Described) -> None:
    wanted = request.headers.get("If-Match")
    if wanted is None:
        return
    etags = parse_etags(wanted)
    if not (etags.star_tag or (told.etag is not None and etags.is_strong(told.etag))):
        raise PreconditionFailed("the file is another one by now")


def _is_modified(told: Described) -> bool:
    return is_resource_modified(
        http_if_none_match=request.headers.get("If-None-Match"),
        http_if_modified_since=request.headers.get("If-Modified-Since"),
        etag=None if told.etag is None else quote_etag(told.etag),
        last_modified=_moment(told),
    )


def _part(told: Described) -> tuple[int, int] | None:
    """From where to where the caller wants it; ``None``: the whole.

    Several parts at once, other units and what is no range are passed over, as RFC 9110 has it.
    """
    if request.method != "GET" or not told.has_parts or not _is_same(told):
        return None
    found = parse_range_header(request.headers.get("Range"))
    if found is None or found.units != "bytes" or len(found.ranges) != 1:
        return None
    start, end = found.ranges[0]
    if start < 0:
        start = max(0, told.size + start)
    return start, told.size if end is None else min(end, told.size)


def _is_same(told: Described) -> bool:
    """Whether ``If-Range``, if there is one, names the file as it is."""
    wanted = parse_if_range_header(request.headers.get("If-Range"))
    if wanted.etag is not None:
        return wanted.etag == told.etag and not request.headers["If-Range"].startswith("W/")
    return wanted.date is None or wanted.date == _moment(told)


def _moment(told: Described) -> datetime | None:
    return None if told.modified is None else datetime.fromtimestamp(int(told.modified), UTC)
