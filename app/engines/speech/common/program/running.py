"""A speech program run to its end, or killed with whatever it started."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.errors import EngineCrashed, EngineStalled, EngineUnavailable
from app.process.child import Child
from app.process.reaper import NOT_FOUND, NOT_STARTED

if TYPE_CHECKING:
    from app.ports.work import Cancel


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
    surroundings = {
        **settings,
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(result.parent),
        "LC_ALL": "C.UTF-8",
    }
    with tempfile.TemporaryFile() as stdin:  # without a name: whatever happens, no text stays
        stdin.write(given.encode())
        stdin.seek(0)
        child = Child(
            command,
            name=name,
            cwd=result.parent,
            env=surroundings,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            errors=subprocess.DEVNULL,
        )
        status = child.finish(timeout, cancel.check)
    if status is None:
        raise EngineStalled(f"{name} took longer than {timeout:g} s for one sentence")
    if result.is_file() and result.stat().st_size:
        return
    if status in (NOT_FOUND, NOT_STARTED):
        raise EngineUnavailable(f"cannot start {command[0]}: it is missing, or no program")
    raise EngineCrashed(f"{name} spoke nothing: exit status {status}")
