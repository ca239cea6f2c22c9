"""A disk that is soon full: a tmpfs of three megabytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """The folder it is mounted at."""

    path: Path

    def fill(self, *, leave_bytes: int = 0) -> None:
        """Write until nothing fits, then give some room back."""
        filler = self.path / "filler"
        with filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                size = filler.stat().st_size
        os.truncate(filler, size - leave_bytes)

    def free(self) -> None:
        (self.path / "filler").unlink()


@contextmanager
def mounted(path: Path) -> Iterator[SmallDisk]:
    """Only root may mount; others have the tests with limits on the size of files."""
    if os.getuid() != 0:
        pytest.skip("only root can mount a small disk")
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", path], check=True)
    try:
        yield SmallDisk(path)
    finally:
        # Lazy: a worker that is still ending may have a file open.
        subprocess.run(["umount", "--lazy", path], check=True)
