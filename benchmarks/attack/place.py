"""A real service in a folder of its own, with what surrounds it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

import config
from benchmarks.attack import wire
from benchmarks.attack.pinger import Pings, pinging
from benchmarks.attack.victims import MARKER, Listener, Outside, listening
from benchmarks.chaos import family

START_SECONDS = 60.0
STOP_SECONDS = 20.0
GONE_SECONDS = 1.0
"""After the end of ``up`` until every process is gone."""

WORDS = "heliotrope-barometer"
"""Stands in every text, and must not stand in a log."""

FORGED = "2000-01-01 00:00:00,000 ERROR 1 forged"
"""Follows line ends that callers send, and must not begin a line of the log."""

TEXT = f"Good morning, and welcome. This is a short lecture about packets and {WORDS}s."

_CAPABILITIES = "-dac_override,-dac_read_search,-fowner,-chown"
"""With them root may enter and read everything; nobody else has them."""


class CannotStart(Exception):
    """The service did not come up; the message holds its last words."""


class Place:
    """The service: its folders, its process, and how it fares."""

    def __init__(self, folder: Path, port: int, *, checkout: Path, worker: bool) -> None:
        """Starts nothing yet.

        Args:
            checkout: Of the service that is attacked.
            worker: Whether lectures are made; without it they wait in the queue.
        """
        self.folder = folder
        self.port = port
        self.root = folder / "in"
        self.data = folder / "data"
        self.logs = folder / "logs"
        self.mark = secrets.token_hex(8)
        self._checkout = checkout
        self._command = "up" if worker else "serve"
        self._printed = folder / "printed.log"
        self._read: dict[Path, int] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self.root.mkdir()
        samples = config.ROOT / "samples"
        shutil.copy(samples / "lecturer-woman.jpg", self.root / "face.jpg")
        shutil.copy(samples / "voice.wav", self.root / "voice.wav")
        (self.root / "lecture.txt").write_text(TEXT, encoding="utf-8")
        (self.root / "lexicon.yaml").write_text("en:\n  packets: parcels\n", encoding="utf-8")

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            CannotStart: It ended, or does not answer.
        """
        python = self._checkout / ".venv" / "bin" / "python"
        command = [str(python if python.exists() else sys.executable), "-m", "app", self._command]
        with self._printed.open("ab") as printed:
            self._process = subprocess.Popen(
                [*_confined(), *command, "--port", str(self.port)],
                cwd=self._checkout,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(self._printed.read_text("utf-8", errors="replace")[-2000:])
            time.sleep(0.1)

    def stop(self) -> list[str]:
        """End it as an operator does; returns the command lines of what is left."""
        if self._process is None:
            return []
        self._process.terminate()
        left = []
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            left.append(f"the service itself, {STOP_SECONDS:g} s after SIGTERM")
        deadline = time.monotonic() + GONE_SECONDS
        while family.marked(self.mark) and time.monotonic() < deadline:
            time.sleep(0.05)
        left += self.programs()
        family.sweep(self.mark)
        self._process.wait()
        return left

    def programs(self, name: str = "") -> list[str]:
        """Command lines of its living processes in which a name stands."""
        told = []
        for process in family.marked(self.mark):
            try:
                line = " ".join(process.cmdline())
            except psutil.NoSuchProcess:
                continue
            if name in line:
                told.append(line[:160])
        return told

    def web_bytes(self) -> int:
        """Resident memory of the processes that hold its port."""
        total = 0
        for process in family.marked(self.mark):
            try:
                ports = [each.laddr.port for each in process.net_connections("tcp") if each.laddr]
                if self.port in ports:
                    total += process.memory_info().rss
            except psutil.Error:
                continue
        return total

    def logged(self) -> str:
        """What was logged or printed since it was asked last."""
        told = []
        for path in [self._printed, *sorted(self.logs.glob("*"))]:
            content = path.read_bytes() if path.is_file() else b""
            told.append(content[self._read.get(path, 0) :].decode(errors="replace"))
            self._read[path] = len(content)
        return "".join(told)

    def _answers(self) -> bool:
        data = wire.request("GET", "/ping", port=self.port)
        try:
            return wire.exchange(data, port=self.port, seconds=5)[0].status == 200
        except OSError:
            return False

    def _environment(self) -> dict[str, str]:
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith("VIDEOLECTURE_")},
            "VIDEOLECTURE_PATHS__ROOTS": json.dumps([str(self.root)]),
            "VIDEOLECTURE_PATHS__DATA": str(self.data),
            "VIDEOLECTURE_STORAGE__SAMPLES": "false",
            # A limit would answer instead of what is attacked.
            "VIDEOLECTURE_LIMITS__REQUESTS_PER_MINUTE": "10000000",
            "VIDEOLECTURE_LIMITS__LECTURES_AT_ONCE": "1000000",
            "VIDEOLECTURE_PATHS__LOGS": str(self.logs),
            "VIDEOLECTURE_PATHS__MODELS": str(config.ROOT / "models"),
            "VIDEOLECTURE_JOBS__DATABASE_URL": f"sqlite:///{self.data / 'jobs.db'}",
            family.MARK: self.mark,
        }


@dataclass(frozen=True, slots=True)
class Scene:
    """A running place with the files, the port and the pings that show what an attack did."""

    place: Place
    outside: Outside
    listener: Listener
    pings: Pings


@contextmanager
def scene(*, checkout: Path, worker: bool = True) -> Iterator[Scene]:
    """A service that runs for as long as the block lasts; nothing of it is left afterwards.

    Raises:
        CannotStart: It did not come up.
    """
    with tempfile.TemporaryDirectory(prefix="attack-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        outside = Outside(folder / "outside")
        place = Place(folder, _free_port(), checkout=checkout, worker=worker)
        try:
            place.start()
            with listening() as listener, pinging(place.port) as pings:
                yield Scene(place, outside, listener, pings)
        finally:
            place.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _confined() -> list[str]:
    """What ends the service with whoever attacks it, and has modes of files bind it as root too."""
    tool = shutil.which("setpriv")
    if tool is None:
        return []
    unprivileged = ["--bounding-set", _CAPABILITIES, "--inh-caps", "-all"]
    return [tool, "--pdeathsig", "TERM", *(unprivileged if os.geteuid() == 0 else [])]


def modes_bind() -> bool:
    """Whether the service is bound by the modes of files here."""
    return os.geteuid() != 0 or shutil.which("setpriv") is not None


SECRETS = (MARKER, WORDS)
"""Words that must not stand in a log."""
