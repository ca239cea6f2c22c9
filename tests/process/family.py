"""Which processes a process has started, and whether they still live."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import psutil


def family_of(pid: int) -> list[psutil.Process]:
    """What a process has started, and what that has started."""
    return psutil.Process(pid).children(recursive=True)


def runs(process: psutil.Process) -> bool:
    """Whether it lives; its remains do not count, for somebody else may be slow to bury them."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def gone(processes: Iterable[psutil.Process]) -> bool:
    return not any(map(runs, processes))


def wait_until(reached: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.01)


def wait_until_gone(processes: Iterable[psutil.Process], seconds: float = 10.0) -> None:
    family = list(processes)
    wait_until(lambda: gone(family), seconds)
