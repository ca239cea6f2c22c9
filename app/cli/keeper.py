"""Keeps the processes of ``up`` running: restarts what dies, and collects what they log."""

from __future__ import annotations

import collections
import contextlib
import logging
import os
import re
import subprocess
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import config
from app.cli import CALLERS_MISTAKE, logs
from app.errors import ConfigError
from app.process.child import Child

LOOK_SECONDS = 0.2
"""Between two looks at the children."""

STOP_SECONDS = 10.0
"""How long a child may take to end by itself."""

START_SECONDS = 20.0
"""A process that ends by itself before that, and was the first of its kind, cannot start."""

FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60.0
"""Between the death of a child and its successor: twice as long each time, up to this.

A child that lived for longer than that begins anew.
"""

_REMEMBERED = 50
"""Lines of a child's log that may hold why it ended."""


@dataclass
class _Kept:
    """One of the processes, with all that were it before."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    child: Child | None = None
    started: float = 0.0
    due: float = 0.0
    """When the next one is to start, if there is none."""
    pause: float = 0.0
    """Before this one was started."""
    deaths: int = 0
    lines: collections.deque[str] = field(
        default_factory=lambda: collections.deque(maxlen=_REMEMBERED)
    )


class Keeper:
    """Keeps children running, and ends them together."""

    def __init__(
        self, commands: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], sink: logging.Handler
    ) -> None:
        """Starts nothing yet.

        Args:
            commands: Command and environment by name; the one called ``web`` has to start.
            sink: Gets what the children log, as they say it.
        """
        self._kept = [_Kept(name, *command) for name, command in commands.items()]
        self._sink = sink
        # Children format their own lines; they are kept as they come.
        self._sink.setFormatter(logging.Formatter("%(message)s"))
        self._stopping = threading.Event()

    def run(self) -> None:
        """Until :meth:`stop`; no child is left then.

        Raises:
            ConfigError: A process cannot even start.
        """
        try:
            while not self._stopping.is_set():
                for kept in self._kept:
                    self._look(kept)
                bury_strangers(kept.child.pid for kept in self._kept if kept.child)
                self._stopping.wait(LOOK_SECONDS)
        finally:
            self._end_all()

    def stop(self) -> None:
        """Have :meth:`run` return; from any thread or signal handler."""
        self._stopping.set()

    def _look(self, kept: _Kept) -> None:
        now = time.monotonic()
        if kept.child is None:
            if now >= kept.due:
                self._start(kept)
        elif not kept.child.is_alive():
            self._bury(kept, kept.child, lived=now - kept.started)

    def _bury(self, kept: _Kept, child: Child, lived: float) -> None:
        status = child.wait(0)
        how = child.ending()
        child.kill()
        kept.child = None
        if not kept.deaths and lived < START_SECONDS and _is_hopeless(kept.name, status):
            why = reason(kept.lines) or how
            raise ConfigError(f"the {kept.name} process cannot start: {why}")
        kept.deaths += 1
        pause = kept.pause = next_pause(kept.pause, lived)
        kept.due = time.monotonic() + pause
        self._say(f"{kept.name} {how} after {lived:.0f} s, starts again in {pause:.0f} s")

    def _start(self, kept: _Kept) -> None:
        def take(line: str) -> None:
            kept.lines.append(line)
            self._write(line)

        kept.lines.clear()
        kept.started = time.monotonic()
        kept.child = Child(
            kept.command,
            name=kept.name,
            cwd=config.ROOT,
            env=kept.environment,
            stdin=subprocess.DEVNULL,
            stdout=None,
            errors=take,
            grace=STOP_SECONDS,
        )

    def _say(self, message: str) -> None:
        record = logging.makeLogRecord(
            {"name": __name__, "levelname": "WARNING", "levelno": logging.WARNING, "msg": message}
        )
        self._write(logging.Formatter(logs.FORMAT).format(record))

    def _write(self, line: str) -> None:
        self._sink.handle(logging.makeLogRecord({"msg": "%s", "args": (line,)}))
        logs.tell(line)

    def _end_all(self) -> None:
        children = [kept.child for kept in self._kept if kept.child is not None]
        for child in children:
            child.stop()
        for child in children:
            child.kill()


def next_pause(pause: float, lived: float) -> float:
    """Seconds until the successor of a child starts.

    >>> next_pause(0.0, lived=3.0), next_pause(2.0, lived=3.0), next_pause(40.0, lived=3.0)
    (2.0, 4.0, 60.0)
    >>> next_pause(40.0, lived=3600.0)
    2.0

    Args:
        pause: Before the child was started.
        lived: Seconds that it lived.
    """
    if lived > LONGEST_PAUSE_SECONDS:
        return FIRST_PAUSE_SECONDS
    return min(LONGEST_PAUSE_SECONDS, max(FIRST_PAUSE_SECONDS, 2 * pause))


def reason(lines: Iterable[str]) -> str:
    """Why a process ended, by the last lines of its log: its last error, else its last line.

    >>> reason(["Traceback (most recent call last):", "app.errors.ConfigError: no folder", "bye"])
    'no folder'
    >>> reason(["bad_config: no folder"])
    'no folder'
    """
    last = ""
    found = ""
    for line in lines:
        last = line
        told = re.match(r"(?:(?:\w+\.)*(\w*(?:Error|Exception))|bad_config): (.+)", line)
        if told is not None:
            kind, what = told.groups()
            found = what if kind in (None, ConfigError.__name__) else f"{kind}: {what}"
    return found or last


def bury_strangers(own: Iterable[int]) -> None:
    """Bury the dead whose parent this process has become, as process 1 of a container does.

    Args:
        own: Children whose exit status somebody else here waits for.
    """
    known: Collection[int] = set(own)
    with contextlib.suppress(ChildProcessError):  # there is no child at all
        while True:
            dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if dead is None or dead.si_pid in known:
                return
            os.waitpid(dead.si_pid, 0)


def _is_hopeless(name: str, status: int | None) -> bool:
    """Whether a first process that ended so would end so again; a signal is no such end."""
    if status is None or status > 128:
        return False
    return status == CALLERS_MISTAKE or (name == "web" and status != 0)
