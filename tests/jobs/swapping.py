"""Exchange folders for links to somewhere else: before a chosen system call, or all the time.

``python -m tests.jobs.swapping SWAPS FOLDER...`` exchanges each folder for the link beside
it again and again, as a process of its own, and has all of them in their places when it ends.
"""

from __future__ import annotations

import ctypes
import os
import random
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from types import FrameType

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_libc = ctypes.CDLL(None, use_errno=True)

LINKED_SECONDS = 0.0005
"""How long a link stays, at most: publishing takes several times that."""

QUIET_SECONDS = 0.005
"""How long no link is there, at most: enough for some publications to succeed."""


def exchange(one: Path, other: Path) -> None:
    """Let two names change what they name, at once."""
    names = (os.fsencode(one), os.fsencode(other))
    if _libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))


def link_beside(folder: Path, to: Path) -> Path:
    """A link to somewhere, for :func:`exchange`."""
    link = folder.with_name(f"{folder.name}-link")
    link.symlink_to(to)
    return link


def before_call(number: int, act: Callable[[], object], do: Callable[[], object]) -> bool:
    """Do something, and act right before its system call of that number, counted from 1.

    Returns:
        Whether there were so many calls.
    """
    seen = 0

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal seen
        if event == "c_call" and getattr(called, "__module__", None) == "posix":
            seen += 1
            if seen == number:
                sys.setprofile(None)
                act()

    sys.setprofile(watch)
    try:
        do()
    finally:
        sys.setprofile(None)
    return seen >= number


def main(swaps: int, folders: list[Path]) -> None:
    """Exchange each of them in turn and back again, so many times in all."""
    chance = random.Random(7)
    for _, folder in zip(range(swaps // 2), cycle(folders), strict=False):
        link = folder.with_name(f"{folder.name}-link")
        exchange(folder, link)
        time.sleep(chance.uniform(0, LINKED_SECONDS))
        exchange(folder, link)
        time.sleep(chance.uniform(0, QUIET_SECONDS))


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
