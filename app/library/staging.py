"""Private folders for what is being received, which are found when their owner is dead.

An owner holds a lock on a file in its folder, and the system lets go of that when the owner
dies, however it dies.  So a folder whose lock can be taken is nobody's, however young it is.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.disk import disk_full_named
from app.errors import InputError, TooLarge

_LOCK = ".lock"

CHUNK = 1 << 18
"""Bytes that are held in memory of what is copied."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A whole file in a private folder."""

    path: Path
    sha256: str
    size: int


class Source(Protocol):
    """What can be read from."""

    def read(self, size: int, /) -> bytes: ...


class Writer:
    """A file that is being written, bounded, with its hash."""

    def __init__(self, path: Path, most: int) -> None:
        """A new file.

        Args:
            most: Bytes that it may have.
        """
        self._path = path
        self._most = most
        self._file = path.open("xb")
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece.

        Raises:
            TooLarge: It is more than the file may have.
            DiskFull: No space is left.
        """
        self.size += len(piece)
        if self.size > self._most:
            raise TooLarge(f"more than {self._most:,} bytes")
        self._digest.update(piece)
        with disk_full_named("the upload"):
            self._file.write(piece)

    def finish(self) -> Staged:
        """The whole file.

        Raises:
            InputError: It is empty.
            DiskFull: No space is left.
        """
        with disk_full_named("the upload"):
            self._file.close()
        if self.size == 0:
            raise InputError("the file is empty")
        return Staged(self._path, self._digest.hexdigest(), self.size)

    def close(self) -> None:
        """Write no more; safe to call twice."""
        with suppress(OSError):
            self._file.close()


@dataclass(frozen=True, slots=True)
class Staging:
    """A folder that nobody else writes to."""

    path: Path

    def writer(self, name: str, most: int) -> Writer:
        """A new file in it.

        Args:
            name: Of our own choice, never a caller's.
            most: Bytes that it may have.
        """
        with disk_full_named("the upload"):
            return Writer(self.path / name, most)

    def lent(self, content: Staged, name: str) -> Staged:
        """Have a file of elsewhere here as well; it must not be written to any more.

        Raises:
            FileNotFoundError: It is gone.
            DiskFull: No space is left.
        """
        place = self.path / name
        with disk_full_named("the upload"):
            try:
                place.hardlink_to(content.path)
            except FileNotFoundError:
                raise
            except OSError:  # a file system without hard links
                shutil.copyfile(content.path, place)
        return Staged(place, content.sha256, content.size)


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """A new folder, gone afterwards.

    Args:
        folder: Of all such folders; made when it is missing.

    Raises:
        DiskFull: Not even a folder fits.
    """
    with disk_full_named("the upload"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made, lock = _owned(folder)
    try:
        yield Staging(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(lock)


def abandoned(folder: Path, *, dry_run: bool) -> Iterator[tuple[int, int]]:
    """Remove the folders whose owners are dead.

    Args:
        dry_run: Only tell.

    Yields:
        Files and bytes of each.
    """
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        lock = _taken(entry)
        if lock is None:
            continue
        try:
            sizes = [each.stat().st_size for each in entry.iterdir() if each.name != _LOCK]
            if not dry_run:
                shutil.rmtree(entry, ignore_errors=True)
        finally:
            os.close(lock)
        yield len(sizes), sum(sizes)


def _owned(folder: Path) -> tuple[Path, int]:
    """A new folder, and the lock on it."""
    while True:
        made = Path(tempfile.mkdtemp(dir=folder))
        lock = _taken(made)
        if lock is not None:
            return made, lock  # else somebody took it for an abandoned one, and removes it


def _taken(folder: Path) -> int | None:
    """The lock on a folder; ``None`` when it has an owner, or is gone."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    if os.fstat(lock).st_nlink == 0:  # its owner removed it before the lock was free
        os.close(lock)
        return None
    return lock
