"""Writing to disks that may be full, so that it survives a power cut."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import DiskFull

# EFBIG: the limit is this process's own (ulimit -f), but the cure is the same.
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_full(error: OSError, path: Path | None = None) -> DiskFull | None:
    """The error to raise when no space was left; ``None`` for any other error.

    Args:
        path: What was to be written.
    """
    if error.errno not in _NO_SPACE:
        return None
    return DiskFull(f"no space left{f' for {path}' if path else ''}: {error.strerror}")


@contextmanager
def disk_full_named(path: Path) -> Iterator[None]:
    """Let :class:`DiskFull` name the path that found no space."""
    try:
        yield
    except OSError as error:
        if (full := disk_full(error, path)) is not None:
            raise full from error
        raise


def sync(path: Path) -> None:
    """Have a file's content on the disk when this returns."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_dir(path: Path) -> None:
    """The same for the names in a directory."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
