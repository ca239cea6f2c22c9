"""Which clients there are, and how the program of each is run."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.services import packages
from tests.services.programs import program, skip_without

PROGRAMS = Path(__file__).with_name("programs")

COOKIE = "session=" + "0123456789abcdef" * 375
"""What a backend forwards of its own user's; 6 kB, as far as any server takes it."""

SECONDS = 120

JAVAC = ("ecj", "--release", "17", "-proc:none", "-d", ".")
"""The smallest of Debian's compilers for Java; the classes go where it is run."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client and what it needs of Debian."""

    name: str
    first_id: int
    """Of its four lectures; no other client has them."""
    command: Sequence[str]
    """Begins with a program of :mod:`tests.services.packages`, or one of every machine."""
    needs: Sequence[str] = ()
    """Packages besides the one that brings the program."""
    compiler: Sequence[str] = ()

    def look_up(self) -> None:
        """Skip the test where the client is not installed."""
        for command in filter(None, (self.command, self.compiler)):
            program(command[0])
        for name in self.needs:
            if not packages.called(name).is_here():
                skip_without(f"{self.name} is not installed: Debian's package {name}")

    def run(self, url: str, place: Path) -> list[dict[str, Any]]:
        """Make all calls.

        Args:
            place: Has the lectures' files, see :func:`tests.clients.place.furnish`.

        Returns:
            For each call its name, the status and the envelope.
        """
        with tempfile.TemporaryDirectory() as folder:
            if self.compiler:
                _run(self.compiler, folder)
            said = _run([*self.command, url, str(place), str(self.first_id), COOKIE], folder)
        return [json.loads(line) for line in said.splitlines()]


def _run(command: Sequence[str], folder: str) -> bytes:
    direct = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [program(command[0]), *command[1:]],
        cwd=folder,
        env=direct | {"LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def _program(name: str) -> str:
    return str(PROGRAMS / name)


CLIENTS: tuple[Client, ...] = (
    Client("curl", 10, ("sh", _program("curl.sh")), ("curl",)),
    Client("wget", 20, ("sh", _program("wget.sh")), ("wget",)),
    Client("php_curl", 30, ("php", _program("php_curl.php")), ("php-curl",)),
    Client(
        "php_guzzle", 40, ("php", _program("php_guzzle.php")), ("php-curl", "php-guzzlehttp-guzzle")
    ),
    Client(
        "java_httpclient",
        50,
        ("java", "-cp", ".", "JavaHttpClient"),
        compiler=(*JAVAC, _program("JavaHttpClient.java")),
    ),
    Client("node_fetch", 60, ("node", _program("node_fetch.mjs"))),
    Client("python_requests", 70, ("/usr/bin/python3", _program("python_requests.py"))),
)
