"""Which processes belong to what: found by their environment, whoever their parent is."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.process import tree

MARK = "CHAOS_PLACE"
"""Variable in the environment of every process that a place starts, and of all its offspring."""


def marked(mark: str) -> list[psutil.Process]:
    """Living processes of a place."""
    return [process for process, value in _with_variable(MARK) if value == mark]


def sweep(mark: str) -> int:
    """Kill every process of a place, also those that start meanwhile; returns how many."""
    killed = set()
    deadline = time.monotonic() + 5.0
    while (found := marked(mark)) and time.monotonic() < deadline:
        for process in found:
            tree.kill(process)
            killed.add(process.pid)
        psutil.wait_procs(found, timeout=0.05)
    return len(killed)


@dataclass(frozen=True, slots=True)
class ChildFamily:
    """A child with its reaper and all that its engine started."""

    tag: str
    """``<worker id>/<number>``."""
    reaper: psutil.Process | None
    child: psutil.Process | None
    brood: tuple[psutil.Process, ...]

    def members(self) -> list[psutil.Process]:
        """All that live."""
        return [each for each in (self.reaper, self.child, *self.brood) if each is not None]


def child_families(worker_id: str, worker_pid: int) -> list[ChildFamily]:
    """The children of a worker."""
    by_tag: dict[str, list[psutil.Process]] = {}
    for process, tag in _with_variable(tree.TAG):
        if tag.startswith(f"{worker_id}/"):
            by_tag.setdefault(tag, []).append(process)
    return [_family(tag, members, worker_pid) for tag, members in sorted(by_tag.items())]


def alive(tags: Collection[str]) -> list[psutil.Process]:
    """Living processes of those children."""
    return [process for process, tag in _with_variable(tree.TAG) if tag in tags]


def _family(tag: str, members: list[psutil.Process], worker_pid: int) -> ChildFamily:
    parents = {process.pid: _parent(process) for process in members}
    reaper = next((each for each in members if parents[each.pid] == worker_pid), None)
    child = next(
        (each for each in members if reaper and parents[each.pid] == reaper.pid and _serves(each)),
        None,
    )
    brood = tuple(each for each in members if each not in (reaper, child))
    return ChildFamily(tag, reaper, child, brood)


def _parent(process: psutil.Process) -> int:
    try:
        return process.ppid()
    except psutil.NoSuchProcess:
        return 0


def _serves(process: psutil.Process) -> bool:
    try:
        return "app.worker.child" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def _with_variable(name: str) -> list[tuple[psutil.Process, str]]:
    wanted = f"{name}=".encode()
    found = []
    for pid in psutil.pids():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            for entry in environment.split(b"\0"):
                if entry.startswith(wanted):
                    value = entry[len(wanted) :].decode(errors="replace")
                    found.append((psutil.Process(pid), value))
        except (OSError, psutil.NoSuchProcess):
            continue  # gone, or another user's
    return found
