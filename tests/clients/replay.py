"""Send recorded requests again, over real connections."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack

from tests.clients.recording import Answer, Exchange, Recording
from tests.services.wire import Message

SECONDS = 60

CONTINUE_SECONDS = 10.0
"""Clients wait a second for ``100 Continue``, then they send the body anyway."""

_CONTINUE = b"HTTP/1.1 100 "


def replay(recording: Recording, address: str) -> Iterator[tuple[Exchange, Answer]]:
    """Each call, and what it is answered now.

    Calls of one connection go over one again, for as long as the server keeps it.

    Args:
        address: Host and port.

    Raises:
        AssertionError: A client that waits for ``100 Continue`` waits in vain.
    """
    host, _, port = address.partition(":")
    with ExitStack() as stack:
        connections: dict[int, socket.socket] = {}
        for exchange in recording.exchanges:
            connection = connections.get(exchange.connection)
            if connection is None:
                opened = socket.create_connection((host, int(port)), SECONDS)
                connection = stack.enter_context(opened)
                connections[exchange.connection] = connection
            _send(connection, exchange.request)
            with http.client.HTTPResponse(connection) as response:
                response.begin()
                assert response.headers.get_content_type() == "application/json"
                envelope = json.load(response)
            if response.will_close:
                del connections[exchange.connection]
            yield exchange, Answer(response.status, envelope)


def _send(connection: socket.socket, request: Message) -> None:
    if not request.header("Expect"):
        connection.sendall(request.head() + request.rest())
        return
    connection.sendall(request.head())
    connection.settimeout(CONTINUE_SECONDS)
    said = b""
    while not said.endswith(b"\r\n\r\n"):
        some = connection.recv(1)
        assert some, f"closed after {said!r}"
        said += some
    connection.settimeout(SECONDS)
    assert said.startswith(_CONTINUE), said
    connection.sendall(request.rest())
