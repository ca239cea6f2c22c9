"""Whether a program is here, told before a lecture is accepted: it is not started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def found(program: Path | None, name: str) -> Path | None:
    """The program that is given or, without one, that of this name on PATH."""
    if program is not None:
        return program if program.is_file() and os.access(program, os.X_OK) else None
    on_path = shutil.which(name)
    return Path(on_path) if on_path else None


def lacks_program(program: Path | None, name: str, *, package: str, command: str) -> str:
    """What to do where a program is not found; empty when it is.

    Args:
        program: As the options give it.
        name: On PATH.
        package: Debian's, which brings it.
        command: Of this service, which installs that.
    """
    if found(program, name) is not None:
        return ""
    if program is not None:
        return f"no program at {program}"
    return f"no program {name} on PATH: install Debian's package {package}: {command}"
