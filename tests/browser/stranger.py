"""The server of somebody else's pages, which report what they could read."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

_REFRESH = '<!doctype html><meta http-equiv="refresh" content="0; url={}">'


@dataclass
class Stranger:
    """A site on the loopback; the names of its pages' origins are many."""

    port: int
    pages: dict[str, str] = field(default_factory=dict)
    """By their paths."""
    reports: list[list[dict[str, str]]] = field(default_factory=list)
    """What each page that was opened could read, and by which attempt."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stranger: Stranger


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/report":
            self.server.stranger.reports.append(json.loads(sent))
        self._answer()

    def _answer(self) -> None:
        """A page, a redirection with the status that the path names, or nothing."""
        asked = urlsplit(self.path)
        to = parse_qs(asked.query).get("to", [""])[0]
        if asked.path.startswith("/redirect/"):
            self._send(int(asked.path.rpartition("/")[2]), "", Location=to)
        elif asked.path == "/refresh":
            self._send(200, _REFRESH.format(to))
        else:
            page = self.server.stranger.pages.get(asked.path)
            self._send(404 if page is None else 200, page or "")

    def _send(self, status: int, page: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page.encode())))
        for name, value in headers.items():
            self.send_header(name, value)
        with suppress(ConnectionError):  # a browser that has gone on does not wait
            self.end_headers()
            self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def stranger() -> Iterator[Stranger]:
    """One that ends with the block."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.stranger = Stranger(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.stranger
        finally:
            server.shutdown()
            thread.join()
