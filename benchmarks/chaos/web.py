"""Gunicorn of a place, and how an LMS talks to it."""

from __future__ import annotations

import http.client
import json
import re
import socket
import sys
from collections.abc import Mapping
from typing import Any

import psutil

from benchmarks.chaos.place import Place, wait_until

ANSWER_SECONDS = 60.0
"""Longest wait for an answer; many pictures may be examined before ours."""


class Web:
    """The real ``python -m app serve``."""

    def __init__(self, place: Place, *, port: int, workers: int) -> None:
        """Starts nothing yet.

        Args:
            workers: Processes of gunicorn besides its master.
        """
        self._place = place
        self.port = port
        self._workers = workers
        self.master: psutil.Process | None = None

    def start(self) -> None:
        """Start the master; its workers follow."""
        command = [sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        environment = self._place.environment()
        environment["VIDEOLECTURE_SERVER__WORKERS"] = str(self._workers)
        self.master = self._place.start(command, environment)

    def pids(self, method: str) -> set[str]:
        """Of the processes that answered such requests, by their log."""
        return set(re.findall(rf"INFO (\d+) \S+ answered method={method} ", self._place.output()))

    def wait_until_up(self, seconds: float = 30.0) -> None:
        """Until it answers."""
        wait_until(self.answers, seconds, "the first answer of the web process")

    def answers(self) -> bool:
        """Whether there is an answer to /ping."""
        try:
            return self.get("/ping")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        """Status and envelope of a GET."""
        return self._ask("GET", path)

    def post(self, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and envelope of a ``POST /generate``."""
        return self._ask("POST", "/generate", json.dumps(body))

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Status and answer of a call of the API."""
        return self._ask(method, f"/v1{path}", None if body is None else json.dumps(body))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        headers = {"Content-Type": "application/json"} if body else {}
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            envelope: dict[str, Any] = json.loads(response.read())
            return response.status, envelope
        finally:
            connection.close()


def start_web(place: Place, *, workers: int) -> Web:
    """Run gunicorn on a free port, and wait for its first answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    web = Web(place, port=port, workers=workers)
    web.start()
    web.wait_until_up()
    return web
