"""A receiver of webhooks on a real socket, which does as it is told."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    most_at_once: int = 0

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
def receiving(
    answer: Answer = lambda _number: 204, *, by_message: Callable[[str], int] | None = None
) -> Iterator[Receiver]:
    """One that listens on the loopback until the block ends.

    Args:
        by_message: Answers by the message's id instead.
    """
    lock = threading.Lock()
    open_now = 0

    def told(message: str) -> int | tuple[int, Mapping[str, str]]:
        return by_message(message) if by_message else answer(len(receiver.messages))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal open_now
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                self.close_connection = True
                return  # whoever sent it was killed meanwhile: nothing has arrived
            with lock:
                open_now += 1
                receiver.most_at_once = max(receiver.most_at_once, open_now)
                said = told(self.headers["webhook-id"])
                status, fields = said if isinstance(said, tuple) else (said, {})
                receiver.messages.append(Message(self.path, dict(self.headers), body, status))
            time.sleep(0.002)
            with lock:
                open_now -= 1
            with contextlib.suppress(ConnectionError):
                self.send_response(status)
                for name, value in fields.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"thanks" if status != 204 else b"")

        def log_message(self, *_arguments: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serving_raw(parts: Sequence[bytes], *, pause: float = 0.0) -> Iterator[int]:
    """A port that says these bytes to whoever has sent a request; an empty part ends it.

    Without an end it says nothing more and keeps the connection.
    """
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.01)

        def serve(link: socket.socket) -> None:
            with link, contextlib.suppress(OSError):
                link.recv(65_536)
                for part in parts:
                    if not part:
                        return
                    link.sendall(part)
                    ended.wait(pause)
                ended.wait()

        def accept() -> None:
            while not ended.is_set():
                with contextlib.suppress(TimeoutError):
                    link, _ = listening.accept()
                    link.settimeout(5.0)
                    served.append(threading.Thread(target=serve, args=(link,)))
                    served[-1].start()

        served = [threading.Thread(target=accept)]
        served[0].start()
        try:
            yield listening.getsockname()[1]
        finally:
            ended.set()
            for thread in served:
                thread.join()
