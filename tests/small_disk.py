"""A disk that is soon full: a tmpfs of a few megabytes."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


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


def may_mount() -> bool:
    """Whether small disks can be had: only root may mount, and in many a container not even he."""
    if os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        try:
            _mount(Path(folder), "1m", stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            return False
        _unmount(Path(folder))
    return True


@contextmanager
def mounted(path: Path, size: str = "3m") -> Iterator[SmallDisk]:
    """A disk at a folder that is made for it; only for those who :func:`may_mount`.

    What lies in the folder already is hidden meanwhile.
    """
    path.mkdir(exist_ok=True)
    _mount(path, size)
    try:
        yield SmallDisk(path)
    finally:
        _unmount(path)


def _mount(path: Path, size: str, stderr: int | None = None) -> None:
    options = f"size={size},mode=700"
    command = ["mount", "-t", "tmpfs", "-o", options, "small-disk", str(path)]
    subprocess.run(command, check=True, stderr=stderr)


def _unmount(path: Path) -> None:
    # Lazy: a worker that is still ending may have a file open.
    subprocess.run(["umount", "--lazy", str(path)], check=True)
