"""A real service: gunicorn, a worker, engines; in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

import config
from tests.process.family import wait_until_gone
from tests.services.programs import free_port

SAMPLES = config.ROOT / "samples"

START_SECONDS = 60
RENDER_SECONDS = 300
CANCEL_SECONDS = 10
"""One is promised, and measured by benchmarks/chaos; the rest is for a slow machine."""


def environment_of(place: Path, models: Path) -> dict[str, str]:
    """Settings that keep everything below one folder."""
    return os.environ | {
        "VIDEOLECTURE_PATHS__ROOTS": json.dumps([str(place), str(SAMPLES)]),
        "VIDEOLECTURE_PATHS__DATA": str(place / "data"),
        "VIDEOLECTURE_PATHS__LOGS": str(place / "logs"),
        "VIDEOLECTURE_PATHS__MODELS": str(models),
        "VIDEOLECTURE_STORAGE__SAMPLES": "false",
        "VIDEOLECTURE_JOBS__DATABASE_URL": f"sqlite:///{place / 'data' / 'jobs.db'}",
    }


@dataclass
class Service:
    """A running service and how an LMS talks to it."""

    url: str
    place: Path
    process: psutil.Process

    @property
    def address(self) -> str:
        """Host and port."""
        return self.url.removeprefix("http://")

    def get(self, path: str) -> dict[str, Any]:
        """The envelope of a GET, whatever its status."""
        return self._open(urllib.request.Request(self.url + path))

    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """The envelope of a ``POST /generate``, whatever its status.

        Asks again when told to, as an LMS does: a service that has just been started, on a machine
        that has read nothing of it yet, may need longer than a request has.
        """
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        deadline = time.monotonic() + START_SECONDS
        while True:
            answer = self._open(urllib.request.Request(f"{self.url}/generate", data, headers))
            if answer.get("code") != "busy" or time.monotonic() > deadline:
                return answer
            time.sleep(1.0)

    def state(self, lecture_id: int) -> dict[str, Any]:
        """Result of a status request."""
        result: dict[str, Any] = self.get(f"/generate/status?id={lecture_id}")["result"]
        return result

    def wait_until(self, lecture_id: int, reached: Callable[[dict[str, Any]], bool]) -> None:
        """Look again and again until the state is as wanted."""
        deadline = time.monotonic() + RENDER_SECONDS
        while not reached(state := self.state(lecture_id)):
            assert state["state"] not in ("failed", "cancelled"), state
            assert time.monotonic() < deadline, state
            time.sleep(0.1)

    def wait_until_cancelled(self, lecture_id: int) -> None:
        """Look until nothing of a lecture runs that somebody has cancelled."""
        deadline = time.monotonic() + CANCEL_SECONDS
        while (state := self.state(lecture_id)["state"]) != "cancelled":
            assert time.monotonic() < deadline, state
            time.sleep(0.05)

    def processes(self) -> list[psutil.Process]:
        """Everything the service started, in whatever session."""
        return self.process.children(recursive=True)

    def _open(self, request: urllib.request.Request) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                answer = json.load(error)
        return answer


@contextmanager
def start_service(
    place: Path,
    models: Path,
    log: Path,
    *,
    command: str = "up",
    more: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Service]:
    """A service that may not answer yet; killed in the end, if it still runs.

    Args:
        command: ``serve`` for a web process without a worker: lectures stay queued.
        more: Variables of the environment, settings for example.
        port: A free one when not given.
    """
    port = port or free_port()
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "app", command, "--port", str(port)],
            cwd=config.ROOT,
            env={**environment_of(place, models), **(more or {})},
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield Service(f"http://127.0.0.1:{port}", place, psutil.Process(process.pid))
        finally:
            process.kill()


@pytest.fixture
def service(tmp_path: Path, models: Path) -> Iterator[Service]:
    log = tmp_path / "service.log"
    with start_service(tmp_path, models, log) as running:
        try:
            wait_until_up(running, log)
            yield running
        finally:
            children = running.processes()
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(60) == 0
            wait_until_gone(children, 10)


def wait_until_up(service: Service, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            service.get("/ping")
        except OSError:
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        else:
            return
