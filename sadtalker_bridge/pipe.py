"""Raw frames into the host's named pipe."""

from __future__ import annotations

import errno
import os
import select
from typing import Optional

from sadtalker_bridge.errors import BridgeError, Cancelled
from sadtalker_bridge.protocol import Job

_CHECK_MILLISECONDS = 100


class Pipe:
    """The write end: never blocks longer than a tenth of a second without a look at the job.

    The host opens its end before it asks for frames, so a pipe without a reader, now or
    later, means that the host has given the job up.
    """

    def __init__(self, path: str, job: Job) -> None:
        self._job = job
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno == errno.ENXIO:
                raise Cancelled from None
            raise BridgeError("bad_request", "the pipe for frames cannot be opened") from error
        self._ready = select.poll()
        self._ready.register(self._file, select.POLLOUT)

    def write(self, frame: memoryview) -> None:
        """Write all bytes of a frame."""
        left = frame.cast("B")
        while left:
            self._job.check()
            if not self._ready.poll(_CHECK_MILLISECONDS):
                continue
            try:
                left = left[os.write(self._file, left) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Cancelled from None

    def close(self) -> None:
        """Tell the reader that no more frames come."""
        os.close(self._file)


class Frames:
    """Frames on their way to the host: the first one tells their size and opens the pipe."""

    def __init__(self, path: str, job: Job) -> None:
        self._path = path
        self._job = job
        self._pipe: Optional[Pipe] = None
        self.written = 0

    def write(self, frame: memoryview) -> None:
        """Send an RGB frame, shape ``(height, width, 3)``, contiguous bytes."""
        if self._pipe is None:
            height, width = (frame.shape or (0, 0))[:2]
            # In this order: a reader of a pipe without a writer takes it for ended.
            self._pipe = Pipe(self._path, self._job)
            self._job.tell("picture", width=width, height=height)
        self._pipe.write(frame)
        self.written += 1

    def close(self) -> None:
        """Close what was opened."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
