"""What is refused to a user without privileges, as root may read and write everything."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder).resolve()


def as_nobody(expression: str, folder: Path) -> str:
    """What an expression raises as a user without privileges.

    When the tests run as somebody else than root already, that user serves.
    """
    program = f"""
import os
from pathlib import Path
from app.errors import PathError
from app.intake.files import Bounds, copy_file
from app.intake.output import check_output_dir, make_output_dir
from app.jobs.files.publishing import is_there
if os.getuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
folder = Path({str(folder)!r})
bounds = Bounds([folder], folder / "private")
try:
    {expression}
except PathError as error:
    print(error)
"""
    here = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=here, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
