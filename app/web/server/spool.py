"""Where request bodies lie until they are answered, and how much room large ones have.

Files have no name from the start (``O_TMPFILE``), or lose it at once where the file system knows no
such files: nothing is left of a process that is killed.
"""

from __future__ import annotations

import os
import tempfile
import threading
from io import BytesIO
from pathlib import Path
from typing import IO

from app.web.server import refusals
from app.web.server.bounds import SPOOLED_BYTES
from app.web.server.refusals import Refusal

_FREE_BYTES = 200_000_000
"""What large bodies leave of the disk: for the job store, and for what is being rendered."""

_STEP_BYTES = 4_000_000
"""For which a body that does not tell its length asks at a time."""


class NoRoom(Exception):
    """A body has grown beyond what the spool has room for."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Spool:
    """The large bodies of a process; its methods may be called from any thread.

    Args:
        folder: It is there; ``None``: the system's for temporary files.
        most_bytes: Of all large bodies; one alone always has room.  Those of one address have half
            of it, so that nobody keeps all others from sending.
    """

    def __init__(self, folder: Path | None, most_bytes: int) -> None:
        self._folder = folder or Path(tempfile.gettempdir())
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._rooms: set[Room] = set()

    @property
    def reserved_bytes(self) -> int:
        """Of all large bodies that are there or on their way."""
        with self._lock:
            return sum(room.reserved for room in self._rooms)

    def open(self) -> IO[bytes]:
        """An empty file without a name."""
        opened: IO[bytes] = tempfile.TemporaryFile("w+b", dir=self._folder)  # noqa: SIM115  # its body closes it
        return opened

    def reserve(self, room: Room, more: int) -> Refusal | None:
        """Give a body more room, or say why not."""
        with self._lock:
            others = self._rooms - {room}
            wanted = room.reserved + more
            held = sum(other.reserved for other in others)
            if others and held + wanted > self._most_bytes:
                return refusals.SPOOL_FULL
            same = [other.reserved for other in others if other.holder == room.holder]
            if room.holder is not None and same and sum(same) + wanted > self._most_bytes // 2:
                return refusals.SPOOL_FULL
            coming = sum(one.reserved - one.written for one in self._rooms)
            if coming + more > self._free_bytes():
                return refusals.DISK_FULL
            room.reserved = wanted
            self._rooms.add(room)
            return None

    def release(self, room: Room) -> None:
        """Take the room of a body back; once more does nothing."""
        with self._lock:
            self._rooms.discard(room)

    def _free_bytes(self) -> int:
        found = os.statvfs(self._folder)
        return found.f_bavail * found.f_frsize - _FREE_BYTES


class Room:
    """What one large body has of the spool.

    Args:
        holder: Whom the body counts for; ``None``: a proxy, behind which there are many.
    """

    def __init__(self, spool: Spool, holder: str | None) -> None:
        self.holder = holder
        self.reserved = 0
        self.written = 0
        self._spool = spool

    def reserve(self, length: int | None) -> Refusal | None:
        """Ask for room before the body is read.

        Args:
            length: ``None``: it will show.
        """
        return self._spool.reserve(self, _STEP_BYTES if length is None else length)

    def write(self, count: int) -> None:
        """So many bytes more are there.

        Raises:
            NoRoom: They do not fit.
        """
        missing = self.written + count - self.reserved
        if missing > 0:
            refusal = self._spool.reserve(self, max(missing, _STEP_BYTES))
            if refusal is not None:
                raise NoRoom(refusal)
        self.written += count

    def close(self) -> None:
        """Give it back."""
        self._spool.release(self)


class Body:
    """The bytes of a body, in memory while they are few; what waitress' receivers write to.

    Args:
        room: Of a large one; ``None``: it is small.
    """

    def __init__(self, spool: Spool, room: Room | None) -> None:
        self._spool = spool
        self._room = room
        self._file: IO[bytes] = BytesIO()
        self._length = 0

    def append(self, data: bytes) -> None:
        """Keep more of it.

        Raises:
            NoRoom: It does not fit.
            OSError: It cannot be written.
        """
        if self._room is not None:
            self._room.write(len(data))
        before, self._length = self._length, self._length + len(data)
        if before <= SPOOLED_BYTES < self._length:
            self._move()
        self._file.write(data)

    def getfile(self) -> IO[bytes]:
        """The whole of it, from its beginning."""
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        """Forget it; once more does nothing."""
        self._file.close()
        if self._room is not None:
            self._room.close()

    def __len__(self) -> int:
        return self._length

    def _move(self) -> None:
        kept = self.getfile().read()
        self._file.close()
        self._file = self._spool.open()
        self._file.write(kept)
