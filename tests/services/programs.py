"""Server programs of this machine, started for a test session and ended with it."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import pytest

from tests.services import packages

START_SECONDS = 60


def program(name: str) -> str:
    """Path of a program of :mod:`tests.services.packages`; without it the test is skipped."""
    found = packages.where(name)
    if found is None:
        skip_without(f"{name} is not installed: Debian's package {packages.package_with(name)}")
    return str(found)


def skip_without(reason: str) -> NoReturn:
    """Skip a test that this machine cannot run.

    Where ``CI`` is set it fails instead, unless the set-up could not get the package: CI tests
    everything that can be tested.

    Args:
        reason: Names Debian's package, in these words.
    """
    package = packages.named_in(reason)
    if package and os.environ.get("CI"):
        why = packages.not_to_be_had().get(package)
        if why is None:
            pytest.fail(f"{reason}, and CI tests everything; to get it: {packages.COMMAND}")
        reason = f"{reason} ({why})"
    pytest.skip(reason)


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
        self._account = account(user) if user else None
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
                user=self._account and self._account.pw_uid,
                group=self._account and self._account.pw_gid,
                extra_groups=[] if self._account else None,
                start_new_session=True,
            )


def account(user: str) -> pwd.struct_passwd | None:
    """Who runs a server when the tests run as root: this user or, without one, ``nobody``.

    ``None`` for an ordinary user, who runs it himself.  A server that was not installed by
    Debian's package has no user of its own.
    """
    if os.geteuid() != 0:
        return None
    for name in (user, "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    pytest.skip(f"there is neither a user {user} nor a user nobody to run a server")


@contextmanager
def folder_of(user: str) -> Iterator[Path]:
    """A temporary folder that this user may write to, when the tests run as root.

    Not below pytest's own: nobody but root may enter that.
    """
    owner = account(user)
    with tempfile.TemporaryDirectory(prefix=f"{user}-", ignore_cleanup_errors=True) as name:
        if owner is not None:
            os.chown(name, owner.pw_uid, owner.pw_gid)
        yield Path(name)
