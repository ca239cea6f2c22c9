"""One line per request, and the id by which all lines of a request are found.

A line has no query and no body, and is bounded: nothing that a peer sends makes a second line.
"""

from __future__ import annotations

import logging
import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

log = logging.getLogger(__name__)

SIGNS_OF_LIFE = frozenset({"/ping", "/v1/health"})
"""Health checks ask for them every second; their good answers are told at DEBUG."""

_PATH_CHARACTERS = 200

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,64}")

_random = random.Random(os.urandom(32))
"""Asks the system once: each time that it did, a busy loop would lose its turn."""
os.register_at_fork(after_in_child=lambda: _random.seed(os.urandom(32)))

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def id_for(asked: str | None) -> str:
    """The caller's own id where it is well formed, else a new one."""
    if asked is not None and _WELL_FORMED.fullmatch(asked):
        return asked
    return f"{_random.getrandbits(64):016x}"


@contextmanager
def during(request_id: str) -> Iterator[None]:
    """What this thread logs meanwhile carries the id, see :class:`Ids`."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


class Ids(logging.Filter):
    """Of a handler: ends each line that is logged for a request with the request's id."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; one that another handler has marked already is left alone."""
        request_id = _current.get()
        if request_id is not None and not hasattr(record, "request_id"):
            record.request_id = request_id
            record.msg = f"{record.msg} request={request_id}"
        return True


def tell(
    method: str,
    target: str,
    *,
    status: str,
    milliseconds: float,
    sent: int,
    peer: str,
    route: str,
) -> None:
    """Log a request that has its answer.

    Args:
        method: As it came.
        target: As it came, with its query.
        status: Of the answer; ``-`` when the peer went away before.
        sent: Bytes of the answer's body.
        peer: Address of whoever sent it.
        route: Its path below the prefix of the service.
    """
    is_quiet = route.rstrip("/") in SIGNS_OF_LIFE and status == "200"
    level = logging.DEBUG if is_quiet else logging.INFO
    log.log(
        level,
        "answered method=%s path=%s status=%s ms=%.1f bytes=%d peer=%s",
        printable(method),
        printable(target.partition("?")[0]),
        status,
        milliseconds,
        sent,
        peer,
    )


def printable(text: str) -> str:
    r"""One bounded word, whatever a peer has put there.

    >>> printable("/a b\n2026 INFO forged")
    '/a\\x20b\\n2026\\x20INFO\\x20forged'
    """
    cut = text[: _PATH_CHARACTERS + 1]
    escaped = cut.encode("unicode_escape").decode("ascii").replace(" ", "\\x20")
    return escaped if len(escaped) <= _PATH_CHARACTERS else f"{escaped[:_PATH_CHARACTERS]}..."
