"""A speech program run to its end, or killed with whatever it started."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.errors import EngineCrashed, EngineStalled, EngineUnavailable

if TYPE_CHECKING:
    from app.ports.work import Cancel

CHECK_EVERY = 0.05
"""Seconds between two looks at the program and at the cancellation."""


def run(
    command: Sequence[str | Path],
    *,
    given: str,
    result: Path,
    timeout: float,
    cancel: Cancel,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Run a program that reads its standard input and writes one file.

    The program sees no setting of whoever runs the service: its home is the result's folder, its
    language is C with UTF-8.  What it prints is thrown away, for it may quote the lecture.

    Args:
        command: Program and arguments.
        given: Its standard input; UTF-8.
        result: What it writes, in a private folder, which becomes its working directory.
        timeout: Seconds after which it is killed.
        cancel: Checked about twenty times per second.
        settings: Variables of its surroundings that it looks for.

    Raises:
        EngineUnavailable: The program cannot be started.
        EngineCrashed: It ended without the result.
        EngineStalled: It took longer than ``timeout``.
        Cancelled: By ``cancel``; the program is dead by then.
    """
    name = Path(command[0]).name
    with tempfile.TemporaryFile() as stdin:  # without a name: whatever happens, no text stays
        stdin.write(given.encode())
        stdin.seek(0)
        process = _started(command, result.parent, stdin.fileno(), settings)
        deadline = time.monotonic() + timeout
        try:
            while _still_running(process):
                cancel.check()
                if time.monotonic() > deadline:
                    raise EngineStalled(f"{name} took longer than {timeout:g} s for one sentence")
        finally:
            _kill(process)
    if not result.is_file() or not result.stat().st_size:
        raise EngineCrashed(f"{name} spoke nothing: exit status {process.returncode}")


def _started(
    command: Sequence[str | Path], folder: Path, stdin: int, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    surroundings = {
        **settings,
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=surroundings,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as reason:
        raise EngineUnavailable(f"cannot start {command[0]}: {reason.strerror}") from reason


def _still_running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(CHECK_EVERY)
    except subprocess.TimeoutExpired:
        return True
    return False


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        # The session is the program's own: its group can only hold its descendants.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
