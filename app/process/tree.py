"""Processes by what cannot be mistaken: their birth and their tag.  Linux only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

TAG = "LECTURE_HOST"
"""Variable in the environment of a tagged child, and so of all that it starts.

It finds those that left their family by forking twice when no reaper is left that has adopted
them.  Its value is ``<owner>/<number>``.  Processes carry it from one version of this program
to the next, so its name stays.
"""

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def birth(pid: int) -> str | None:
    """Name of the process that has this pid now; no other process ever has that name.

    Made of the boot and the clock ticks since then, which no change of the wall
    clock touches.

    Returns:
        ``None`` when there is no such process, or only its remains.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field is the program's name in parentheses, spaces and all.
    fields = stat[stat.rindex(")") + 2 :].split()
    state, started = fields[0], fields[19]
    if state in "ZX":
        return None
    return f"{_BOOT_ID.read_text(encoding='ascii').strip()}/{started}"


def tagged(tag: str) -> list[psutil.Process]:
    """Living processes of that tag; of every tag of an owner when it is ``<owner>/``."""
    wanted = f"{TAG}={tag}".encode()
    found = []
    for pid in psutil.pids():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            if any(_carries(entry, wanted) for entry in environment.split(b"\0")):
                found.append(psutil.Process(pid))
        except (OSError, psutil.NoSuchProcess):
            continue  # gone, or another user's
    return found


def _carries(entry: bytes, wanted: bytes) -> bool:
    """Number 1 is not number 10: only a whole owner is meant by the start of a tag."""
    return entry.startswith(wanted) if wanted.endswith(b"/") else entry == wanted


def kill_tagged(tag: str, *, deadline_seconds: float = 1.0) -> int:
    """Kill every process of that tag as :func:`tagged` has it, also those that start meanwhile.

    Returns:
        How many were killed.
    """
    killed = set()
    end = time.monotonic() + deadline_seconds
    while (found := tagged(tag)) and time.monotonic() < end:
        for process in found:
            kill(process)
            killed.add(process.pid)
        psutil.wait_procs(found, timeout=0.02)
    return len(killed)


LOWERED = 5
"""Steps of niceness: against others it gets a third of a core that they share, and not nothing,
for others may be busy for hours."""


def family(pid: int) -> list[psutil.Process]:
    """All that a process has started, and what that has; not itself.

    By the kernel's own lists, so that it costs nothing for the other processes of the machine.
    """
    found: list[psutil.Process] = []
    left = [pid]
    while left:
        for listed in Path(f"/proc/{left.pop()}/task").glob("*/children"):
            with suppress(OSError, psutil.NoSuchProcess):  # gone
                for child in map(int, listed.read_text(encoding="ascii").split()):
                    left.append(child)
                    found.append(psutil.Process(child))
    return found


def lower(pids: Iterable[int]) -> None:
    """Give processes, which may be gone, and their groups a smaller share of the cores for good."""
    groups: dict[int, int] = {}
    for pid in pids:
        with suppress(ProcessLookupError):
            groups.setdefault(os.getpgid(pid), pid)
    for group, pid in groups.items():
        with suppress(OSError):
            niceness = min(19, os.getpriority(os.PRIO_PROCESS, pid) + LOWERED)
            os.setpriority(os.PRIO_PGRP, group, niceness)  # of all threads, unlike PRIO_PROCESS
            # Where the kernel shares out by session, niceness counts within a session only.
            Path(f"/proc/{pid}/autogroup").write_text(str(niceness), encoding="ascii")


def computed(processes: Iterable[psutil.Process]) -> float:
    """CPU seconds that processes, which may be gone, have used."""
    used = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            used += times.user + times.system
    return used


def kill(process: psutil.Process) -> None:
    """Kill a process that may be gone already."""
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
