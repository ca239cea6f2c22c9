"""Pictures on their way from a model to the encoder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from app.errors import EngineCrashed

Frame = npt.NDArray[np.uint8]

_PIPE_BYTES = 1 << 20
"""Most that an unprivileged process may ask for; a frame of 256 pixels has 196608 bytes."""

_CHANNELS = 3


class FramePipe:
    """The reading end of a FIFO through which raw RGB frames come.

    Satisfies :class:`app.engines.bridge.Frames`.
    """

    def __init__(self, path: Path) -> None:
        """Make the FIFO and open its reading end, which waits for nobody."""
        os.mkfifo(path, 0o600)
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        # Refused when the user's share of pipe memory is used up; the usual size only costs time.
        with contextlib.suppress(PermissionError):
            fcntl.fcntl(self._descriptor, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._frame: Frame | None = None
        self._bytes = memoryview(b"")
        self._filled = 0
        self._write: Callable[[Frame], None] | None = None
        self._discarding = False
        self.taken = 0

    def begin(self, width: int, height: int, write: Callable[[Frame], None]) -> None:
        """Say how large the frames are and who gets each one; it may not keep it."""
        self._frame = np.empty((height, width, _CHANNELS), np.uint8)
        self._bytes = self._frame.data.cast("B")
        self._write = write

    def fileno(self) -> int:
        """The FIFO's descriptor."""
        return self._descriptor

    def take(self) -> bool:
        """Take what has arrived.  False once nobody can write any more.

        Raises:
            EngineCrashed: Frames come before their size is known.
        """
        try:
            return self._read() > 0
        except BlockingIOError:
            return True

    def drain(self) -> None:
        """Take all that is left once the writer has said that it is done."""
        try:
            while self._read():
                continue
        except BlockingIOError:
            return

    def discard(self) -> None:
        """Throw away what is still to come, so that its writer need not wait."""
        self._discarding = True

    def __enter__(self) -> FramePipe:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def _read(self) -> int:
        """Bytes that have come; 0 at the end.  Raises BlockingIOError when there are none yet."""
        if self._discarding:
            return len(os.read(self._descriptor, _PIPE_BYTES))
        if self._frame is None or self._write is None:
            raise EngineCrashed("the bridge broke the line protocol: frames before their size")
        count = os.readv(self._descriptor, [self._bytes[self._filled :]])
        self._filled += count
        if self._filled == len(self._bytes):
            self._filled = 0
            self.taken += 1
            self._write(self._frame)
        return count


def even(frame: Frame) -> Frame:
    """The frame without its last column or row where there is an odd number of them.

    yuv420p holds even sizes only.
    """
    height, width = frame.shape[0] & ~1, frame.shape[1] & ~1
    return np.ascontiguousarray(frame[:height, :width])
