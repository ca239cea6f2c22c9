"""Splits a small process off a host that outlives it, and ends all that the host started.

The host may hold the interpreter lock for seconds inside a model, start ffmpeg,
or die of it; none of this keeps the sitter from its one task.  It ends the family

* when the host ends, however that comes;
* on SIGTERM, which is how the worker ends a host;
* when the worker dies: the kernel turns that into a SIGTERM.

If the sitter itself is killed, the kernel kills the host, and the worker finds the
host's children by their tag.
"""

from __future__ import annotations

import os
import signal
import time

import psutil

from app.process import tree

_WATCHED = (signal.SIGTERM, signal.SIGCHLD)
_SWEEP_SECONDS = 2.0


def split_off(worker: int) -> None:
    """Fork: the caller goes on as the child, the parent stays behind as its sitter.

    Call it before any thread is started.

    Args:
        worker: Pid of the process that started this one.
    """
    tree.adopt_orphans()
    signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    sitter = os.getpid()
    host = os.fork()
    if host == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
        tree.die_with_parent(signal.SIGKILL, sitter)
        return
    # _exit: whatever waits to be done at exit belongs to the host.
    os._exit(_sit(host, worker))


def _sit(host: int, worker: int) -> int:
    """Wait for the end; returns the host's exit status, 128 + n for death by signal n."""
    # The pipes are the host's: the worker must see them end when the host does.
    os.close(0)
    os.close(1)
    tree.die_with_parent(signal.SIGTERM, worker)
    while signal.sigwait(_WATCHED) == signal.SIGCHLD:
        status = _reap(host)
        if status is not None:
            _end_family()
            return status if status >= 0 else 128 - status
    _end_family()
    return 128 + signal.SIGTERM


def _reap(host: int) -> int | None:
    """Bury every child that is dead; the host's exit status if it is among them."""
    found = None
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        if pid == host:
            found = os.waitstatus_to_exitcode(status)


def _end_family() -> None:
    deadline = time.monotonic() + _SWEEP_SECONDS
    while (family := tree.descendants()) and time.monotonic() < deadline:
        for process in family:
            tree.kill(process)
        psutil.wait_procs(family, timeout=0.02)
        _reap(0)
