"""Recorded requests, sent again over real connections."""

from __future__ import annotations

import http.client
import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.conftest import SAMPLES, Service
from tests.services.wire import Message

FOLDER = Path(__file__).with_name("recorded")

SECONDS = 180

_FILES = {b"@AUDIO@": SAMPLES / "voice.wav", b"@IMAGE@": SAMPLES / "lecturer-woman.jpg"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client is answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """The JSON of the body."""
        assert self.headers.get_content_type() == "application/json"
        value: dict[str, Any] = json.loads(self.body)
        return value


def recorded(name: str, **words: str) -> Message:
    """A request as it was recorded.

    Args:
        words: What takes the place of ``@TASK@`` and the like, which are named in small letters.
    """
    text = (FOLDER / f"{name}.http").read_bytes()
    for name_of, value in words.items():
        text = text.replace(f"@{name_of.upper()}@".encode(), value.encode())
    head, _, body = text.replace(b"\n", b"\r\n").partition(b"\r\n\r\n")
    for word, path in _FILES.items():
        body = body.replace(word, path.read_bytes())
    lines = tuple(head.decode().split("\r\n"))
    return Message(lines, (body,) if body else ()).fitted()


def sent(service: Service, name: str, **words: str) -> Answer:
    """Send a recorded request again."""
    message = recorded(name, host=service.address, **words)
    host, _, port = service.address.partition(":")
    with socket.create_connection((host, int(port)), SECONDS) as connection:
        connection.sendall(message.head() + message.rest())
        with http.client.HTTPResponse(connection) as response:
            response.begin()
            return Answer(response.status, response.headers, response.read())
