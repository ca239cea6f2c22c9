"""What a program writes to a file that it opens again and again, each time from the beginning."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def collecting(path: Path) -> Iterator[bytearray]:
    """Make a named pipe and gather all that is written to it; whole when the context is left.

    A pipe keeps what a file would lose when it is opened anew.  It is read meanwhile, since it
    holds 64 kB only and a program that fills it waits.

    Args:
        path: To make.  No writer may outlive the context.
    """
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # would wait for a writer otherwise
    writing = os.open(path, os.O_WRONLY)  # as long as it is open, the pipe has no end
    os.set_blocking(reading, True)
    gathered = bytearray()
    reader = threading.Thread(target=_gather, args=(reading, gathered), daemon=True)
    reader.start()
    try:
        yield gathered
    finally:
        os.close(writing)
        reader.join()
        os.close(reading)


def _gather(reading: int, gathered: bytearray) -> None:
    while piece := os.read(reading, 1 << 16):
        gathered += piece
