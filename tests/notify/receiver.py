"""A receiver of webhooks on a real socket, which does as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Message:
    """A request that came."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    answered: int


Answer = Callable[[int], "int | tuple[int, Mapping[str, str]]"]
"""Of the number of the request, from 0: the status, and fields."""


@dataclass
class Receiver:
    """What came, and where to."""

    port: int
    messages: list[Message] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def ids(self, answered: int | None = None) -> list[str]:
        return [
            message.headers["webhook-id"]
            for message in self.messages
            if answered is None or message.answered == answered
        ]


@contextmanager
def receiving(answer: Answer = lambda _number: 204, port: int = 0) -> Iterator[Receiver]:
    """One that listens on the loopback until the block ends."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                told = answer(len(receiver.messages))
                status, fields = told if isinstance(told, tuple) else (told, {})
                receiver.messages.append(Message(self.path, dict(self.headers), body, status))
            self.send_response(status)
            for name, value in fields.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"thanks" if status != 204 else b"")

        def log_message(self, *_arguments: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    receiver = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
