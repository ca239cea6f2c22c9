"""Somebody else, who only asks for a sign of life: ``python -m benchmarks.attack.pinger PORT``.

Prints a line per ping: when it began (monotonic clock), how long it took, and how long this
machine took at that moment for the same exchange with a server that does nothing.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import config

EVERY_SECONDS = 0.025
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Ping:
    """One sign of life."""

    at: float
    seconds: float
    """:data:`PATIENCE_SECONDS` when there was none."""
    idle_seconds: float
    """The same exchange with a server that does nothing."""


class Pings:
    """What a pinger has seen so far."""

    def __init__(self) -> None:
        self._seen: list[Ping] = []
        self._lock = threading.Lock()

    def add(self, ping: Ping) -> None:
        """One more."""
        with self._lock:
            self._seen.append(ping)

    def since(self, moment: float) -> Sequence[Ping]:
        """Those that began then or later."""
        with self._lock:
            return [each for each in self._seen if each.at >= moment]


@contextmanager
def pinging(port: int) -> Iterator[Pings]:
    """Ping from a process of its own for as long as the block lasts."""
    command = [sys.executable, "-m", "benchmarks.attack.pinger", str(port)]
    pings = Pings()
    with subprocess.Popen(command, cwd=config.ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = process.stdout

        def collect() -> None:
            for line in lines:
                with suppress(ValueError):  # the last line may be half of one
                    pings.add(Ping(*map(float, line.split(" "))))

        reader = threading.Thread(target=collect, daemon=True)
        reader.start()
        try:
            yield pings
        finally:
            process.kill()
            process.wait()
            reader.join()


def main(port: int) -> None:
    """Ping until killed."""
    with socket.create_server(("127.0.0.1", 0)) as idle:
        threading.Thread(target=_answer_at_once, args=(idle,), daemon=True).start()
        while True:
            at = time.monotonic()
            seconds, nothing = _ping(port), _exchange(idle.getsockname()[1])
            print(f"{at:.6f} {seconds:.6f} {nothing:.6f}", flush=True)
            time.sleep(max(0.0, EVERY_SECONDS - (time.monotonic() - at)))


def _ping(port: int) -> float:
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/ping")
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return PATIENCE_SECONDS
    finally:
        connection.close()
    return time.monotonic() - started if answer.status == 200 else PATIENCE_SECONDS


def _exchange(port: int) -> float:
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as peer:
        peer.sendall(b"?")
        peer.recv(1)
    return time.monotonic() - started


def _answer_at_once(server: socket.socket) -> None:
    while True:
        peer, _ = server.accept()
        with peer:
            peer.sendall(peer.recv(1))


if __name__ == "__main__":
    main(int(sys.argv[1]))
