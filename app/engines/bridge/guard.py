"""Runs a foreign program that must not outlive its caller.  Linux only; standard library only.

``python -I -S guard.py LIFELINE PROGRAM ARGUMENT...``, started by
:class:`app.engines.bridge.GuardedProcess` only.  ``LIFELINE`` is the number of a pipe's
reading end whose writing end the caller keeps: however the caller dies, the kernel closes
it, in whatever state the program is.  Standard input, output and error are the program's.

A program of somebody else starts further programs and cannot be asked to clean up, so the
guard makes itself the parent of every orphan among its descendants and ends them all

* when the caller is gone or closes the lifeline;
* when the program ends, for what it left behind.

If the guard itself is killed, the kernel kills the program.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
from pathlib import Path

NOT_FOUND = 127
NOT_STARTED = 126
"""Exit statuses of a program that could not be started, as shells have them."""

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def main(arguments: list[str]) -> int:
    """Run the program; returns its exit status, 128 + n for death by signal n."""
    lifeline = int(arguments[0])
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    # Death of a child interrupts poll() through this pipe and never between two looks.
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    program = _start(arguments[1:])
    for standard in (0, 1):
        os.close(standard)  # the caller must see them end when the program does
    poll = select.poll()
    for descriptor in (lifeline, woken):
        poll.register(descriptor, select.POLLIN)
    while True:
        ready = [descriptor for descriptor, _ in poll.poll()]
        if lifeline in ready:
            _end_family()
            return 128 + signal.SIGKILL
        os.read(woken, 512)
        status = _reap(program)
        if status is not None:
            _end_family()
            return status if status >= 0 else 128 - status


def _start(command: list[str]) -> int:
    """Fork and become the program; safe here because the guard has one thread."""
    guard = os.getpid()
    program = os.fork()
    if program:
        return program
    try:
        os.setsid()
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != guard:
            os._exit(128 + signal.SIGKILL)
        os.execvp(command[0], command)  # noqa: S606 - a list, no shell
    except FileNotFoundError:
        os._exit(NOT_FOUND)
    except OSError as error:
        os.write(2, f"cannot start the program: {error.strerror}\n".encode())
        os._exit(NOT_STARTED)


def _reap(program: int) -> int | None:
    """Bury every child that is dead; the program's exit status if it is among them."""
    found = None
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        if pid == program:
            found = os.waitstatus_to_exitcode(status)


def _end_family() -> None:
    """Kill children until none is left; the children of the dead become the guard's own."""
    while children := _children():
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        for child in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)


def _children() -> list[int]:
    own = os.getpid()
    listed = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii")
    return [int(pid) for pid in listed.split()]


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}, {value})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
