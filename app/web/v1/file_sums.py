"""What files hold, told by a sum of their bytes that is computed once."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict
from io import BufferedReader
from typing import NamedTuple

_REMEMBERED = 4096
"""Files; each takes some 400 bytes."""

_LOCKS = 16

_SETTLED_SECONDS = 2.0
"""A file may be changed twice in one tick of the clock that its times are told by."""


class _Version(NamedTuple):
    """Nobody can change a file and leave all of this as it was."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, file: BufferedReader) -> _Version:
        status = os.fstat(file.fileno())
        return cls(
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        )


class Sums:
    """Of the files of this process; for any thread."""

    def __init__(self) -> None:
        self._known = OrderedDict[_Version, str]()
        self._lock = threading.Lock()
        self._reading = [threading.Lock() for _ in range(_LOCKS)]

    def of(self, file: BufferedReader) -> str | None:
        """The sha256 of an open file, whose position is its beginning afterwards.

        Computed once for each version of it: a gigabyte takes some seconds.

        Returns:
            ``None`` when it is being changed.
        """
        version = _Version.of(file)
        # Of those who want the same file one reads it.
        with self._reading[hash(version) % _LOCKS]:
            known = self._remembered(version)
            if known is not None:
                return known
            found = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
        if _Version.of(file) != version:
            return None
        if time.time_ns() - max(version.modified, version.changed) > _SETTLED_SECONDS * 1e9:
            self._remember(version, found)
        return found

    def _remembered(self, version: _Version) -> str | None:
        with self._lock:
            known = self._known.get(version)
            if known is not None:
                self._known.move_to_end(version)
            return known

    def _remember(self, version: _Version, found: str) -> None:
        with self._lock:
            self._known[version] = found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
