"""Server programs of this machine, started for a test session and ended with it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

START_SECONDS = 60


def program(name: str, *places: str) -> str:
    """Path of a program; without it the test is skipped, or fails where nothing may be.

    Args:
        places: Patterns of folders to look into besides PATH, the last match first.
    """
    for place in places:
        for folder in sorted(Path("/").glob(place.lstrip("/")), reverse=True):
            if (folder / name).exists():
                return str(folder / name)
    found = shutil.which(name)
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed, and CI tests everything; see .ci/run")
    pytest.skip(f"{name} is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Program:
    """One server process, run by a user of its own where it refuses root."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        ready: Callable[[], bool],
        user: str | None = None,
        environment: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Starts nothing yet.

        Args:
            folder: Where it runs and logs.
            ready: Whether it can be talked to.
            user: Runs as this one when the tests run as root.
        """
        self._command = command
        self._folder = folder
        self._ready = ready
        self._user = user if os.geteuid() == 0 else None
        self._stop_signal = stop_signal
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it can be talked to."""
        self._process = self._spawn()
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                log = (self._folder / "output.log").read_text(errors="replace")
                pytest.fail(f"{self._command[0]} did not start: {log[-2000:]}")
            time.sleep(0.05)

    def run_to_end(self) -> int:
        """Run a program that is no server; returns its exit status."""
        return self._spawn().wait(START_SECONDS)

    def stop(self) -> None:
        """End it.  Safe to call twice."""
        if self._process is None:
            return
        self._process.send_signal(self._stop_signal)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        with (self._folder / "output.log").open("ab") as output:
            return subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                user=self._user,
                group=pwd.getpwnam(self._user).pw_gid if self._user else None,
                extra_groups=[] if self._user else None,
                start_new_session=True,
            )


@contextmanager
def folder_of(user: str) -> Iterator[Path]:
    """A temporary folder that this user may write to, when the tests run as root.

    Not below pytest's own: nobody but root may enter that.
    """
    with tempfile.TemporaryDirectory(prefix=f"{user}-", ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            shutil.chown(name, user)
        yield Path(name)
