"""Headless Chromium; it is told nothing but a URL, and pages report what they find."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.process.family import family_of, wait_until_gone
from tests.services.programs import program

VARIABLE = "CHROMIUM"
"""Names another program of the kind than Debian's."""

_OPTIONS = (
    "--headless=new",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-popup-blocking",
)


def chromium() -> str:
    """Path of the program; without it the test is skipped."""
    return os.environ.get(VARIABLE) or program("chromium")


def complaints(url: str, picture: Path) -> list[str]:
    """Whatever a browser that shows a page writes into its console.

    Args:
        picture: Where to put how the page looks.
    """
    command = [chromium(), *_OPTIONS, "--enable-logging=stderr", f"--screenshot={picture}"]
    if os.geteuid() == 0:  # its sandbox refuses root
        command.append("--no-sandbox")
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as folder:
        done = subprocess.run(
            [*command, f"--user-data-dir={folder}/profile", url],
            env=os.environ | {"HOME": folder},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@contextmanager
def opened(url: str, *names: str) -> Iterator[None]:
    """A browser with a profile of its own that has this page open; it ends with the block.

    Args:
        url: ``http:`` or ``file:``.
        names: Those that it is to find on the loopback.
    """
    rules = ", ".join(f"MAP {name} 127.0.0.1" for name in names)
    command = [chromium(), *_OPTIONS, f"--host-resolver-rules={rules}"]
    if os.geteuid() == 0:  # its sandbox refuses root
        command.append("--no-sandbox")
    with (
        tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as folder,
        (Path(folder) / "output.log").open("wb") as output,
        subprocess.Popen(
            [*command, f"--user-data-dir={folder}/profile", url],
            env=os.environ | {"HOME": folder},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield
        finally:
            family = family_of(process.pid)
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            for each in family:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            process.kill()
            wait_until_gone(family)
