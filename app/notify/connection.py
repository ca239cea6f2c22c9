"""One request to a webhook: to addresses that were judged, within a time, and no further."""

from __future__ import annotations

import contextlib
import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.notify.addresses import Address, Target

CONNECT_SECONDS = 5.0

LARGEST_HEAD = 16_384
"""Bytes of an answer's status and fields."""

LARGEST_BODY = 4096
"""Bytes of an answer's body that are taken, and thrown away."""

DRAIN_SECONDS = 1.0
"""How long that may take."""

_BLOCK = 4096


class NotSent(Exception):
    """There is no answer; the message may have arrived all the same.

    Args:
        code: Why, for whoever looks at the delivery.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver says; its body is of no use."""

    status: int
    retry_after: str | None


def post(
    target: Target,
    addresses: Sequence[Address],
    body: bytes,
    headers: Mapping[str, str],
    *,
    until: float,
) -> Answer:
    """Send a message to the first of the addresses that takes a connection.

    No redirect is followed and no proxy of the environment asked.

    Args:
        until: When it must be over, in :func:`time.monotonic`.

    Raises:
        NotSent: There is no answer.
    """
    try:
        with _connected(target, addresses, until) as plain, _secured(plain, target, until) as link:
            _send(link, target, body, headers, until)
            return _answer(link, until)
    except TimeoutError:
        raise NotSent("timeout") from None
    except ssl.SSLCertVerificationError:
        raise NotSent("bad_certificate") from None
    except ssl.SSLError:
        raise NotSent("tls_failed") from None
    except (http.client.HTTPException, ValueError):
        raise NotSent("no_http") from None
    except OSError:
        raise NotSent("connection_broken") from None


def _connected(target: Target, addresses: Sequence[Address], until: float) -> socket.socket:
    slow = False
    for address in addresses:
        left = min(CONNECT_SECONDS, _left(until))
        try:
            # Of an address in digits nothing is looked up any more.
            return socket.create_connection((str(address), target.port), timeout=left)
        except TimeoutError:
            slow = True
        except OSError:
            continue
    raise NotSent("timeout" if slow else "connection_refused")


def _secured(plain: socket.socket, target: Target, until: float) -> socket.socket:
    if not target.secure:
        return plain
    plain.settimeout(_left(until))
    # By the name: that it was found at this address proves nothing.
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


def _send(
    link: socket.socket, target: Target, body: bytes, headers: Mapping[str, str], until: float
) -> None:
    link.settimeout(_left(until))
    request = http.client.HTTPConnection(target.host, target.port)
    request.sock = link
    request.auto_open = 0
    fields = {"Host": target.authority, "Connection": "close", **headers}
    request.request("POST", target.path, body, fields)


def _answer(link: socket.socket, until: float) -> Answer:
    """The final answer's status; what a receiver says drop by drop takes no longer."""
    received = b""
    while True:
        head, end, rest = received.partition(b"\r\n\r\n")
        if end:
            answer = _read(head + end)
            if answer.status >= 200:
                _drain(link, len(rest))
                return answer
            received = rest  # of a 1xx, which announces another answer
            continue
        if len(received) > LARGEST_HEAD:
            raise NotSent("no_http")
        link.settimeout(_left(until))
        block = link.recv(_BLOCK)
        if not block:
            raise NotSent("no_http" if received else "connection_broken")
        received += block


def _read(head: bytes) -> Answer:
    line, _, fields = head.partition(b"\r\n")
    status = re.match(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: |$)", line)
    if status is None:
        raise NotSent("no_http")
    named = http.client.parse_headers(io.BytesIO(fields))
    return Answer(int(status[1]), named.get("Retry-After"))


def _drain(link: socket.socket, taken: int) -> None:
    """Let a short body be said: a receiver that is cut off may take it for a failure."""
    link.settimeout(DRAIN_SECONDS)
    end = time.monotonic() + DRAIN_SECONDS
    with contextlib.suppress(OSError):
        while taken < LARGEST_BODY and time.monotonic() < end:
            block = link.recv(_BLOCK)
            if not block:
                return
            taken += len(block)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
