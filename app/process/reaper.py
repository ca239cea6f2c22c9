"""Runs a program and, when it or its caller ends, ends whatever the program started.

``python -I -S reaper.py LIFELINE GRACE CPU PROGRAM ARGUMENT...``, started by
:class:`app.process.child.Child` only.  ``LIFELINE`` is the number of a pipe's reading end whose
writing end the caller keeps: however the caller dies, the kernel closes it, in whatever state
the program is.  Standard input, output and error are the program's.

A program may be busy, hang or die in a moment in which it cannot clean up, and may be somebody
else's; hence a process of its own, which makes itself the parent of every orphan among its
descendants and ends them all

* when the caller is gone, closes the lifeline or sends SIGTERM;
* when the program ends, for what it left behind.

With ``GRACE`` seconds the program is then told to end, by SIGTERM, and has that long to do so.
With ``CPU`` seconds the kernel kills the program once it has computed that long, whoever else
may be dead by then; 0 is no limit.
If the reaper itself is killed, the kernel kills the program; what that had started is found by
its tag only (:mod:`app.process.tree`).

Standard library alone, and little of it: it is started for every program.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys
import time

NOT_FOUND = 127
NOT_STARTED = 126
"""Exit statuses of a program that could not be started, as shells have them."""

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def main(lifeline: int, grace: float, cpu: int, command: list[str]) -> int:
    """Run the program; returns its exit status, 128 + n for death by signal n."""
    os.set_inheritable(lifeline, False)
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    woken = _woken_by(signal.SIGCHLD, signal.SIGTERM)
    program = _start(command, cpu)
    for standard in (0, 1):
        os.close(standard)  # the caller must see them end when the program does
    status = _wait(program, lifeline, woken)
    if status is None and grace > 0:
        status = _ask(program, grace, woken)
    _end_family()
    if status is None:
        return 128 + signal.SIGKILL
    return status if status >= 0 else 128 - status


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Have the kernel send this process a signal when its parent dies.

    The parent here is the *thread* that started this process.

    Args:
        parent: Its pid; when it is dead already, the signal is sent at once.
    """
    _prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


def _woken_by(*numbers: signal.Signals) -> int:
    """A pipe that tells the number of each signal: it ends poll(), and is never missed."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in numbers:
        signal.signal(number, lambda *_: None)
    return woken


def _start(command: list[str], cpu: int) -> int:
    """Fork and become the program; safe here because the reaper has one thread."""
    reaper = os.getpid()
    # It may be told to end before it is itself: the signal must wait until it means that.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    program = os.fork()
    if program:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        return program
    try:
        os.setsid()
        _keep_niceness()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        # What an interpreter ignores, or whoever started it (nohup), its program would ignore too.
        for number in signal.valid_signals():
            if signal.getsignal(number) == signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
        die_with_parent(signal.SIGKILL, reaper)
        if cpu:
            resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
        os.execvp(command[0], command)  # noqa: S606 - a list, no shell
    except FileNotFoundError:
        os._exit(NOT_FOUND)
    except OSError as error:
        os.write(2, f"cannot start the program: {error.strerror}\n".encode())
        os._exit(NOT_STARTED)


def _keep_niceness() -> None:
    """Where the kernel shares out by session, a new one has none."""
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    if niceness > 0:
        try:
            with open("/proc/self/autogroup", "w", encoding="ascii") as group:  # noqa: PTH123 - as below
                group.write(str(niceness))
        except OSError:
            return  # this kernel does not


def _wait(program: int, lifeline: int, woken: int) -> int | None:
    """The program's exit status; ``None`` when it shall end first."""
    poll = select.poll()
    for descriptor in (lifeline, woken):
        poll.register(descriptor, select.POLLIN)
    while True:
        ready = [descriptor for descriptor, _ in poll.poll()]
        asked = woken in ready and signal.SIGTERM in os.read(woken, 512)
        status = _bury(program)
        if status is not None:
            return status
        if asked or lifeline in ready:
            return None


def _ask(program: int, grace: float, woken: int) -> int | None:
    """Tell the program to end; its exit status, ``None`` when it does not end in time."""
    os.kill(program, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while (left := deadline - time.monotonic()) > 0:
        if select.select([woken], [], [], left)[0]:
            os.read(woken, 512)
        status = _bury(program)
        if status is not None:
            return status
    return None


def _bury(program: int) -> int | None:
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
    """Kill children until none is left; the children of the dead become the reaper's own."""
    while children := _children():
        for child in children:
            os.kill(child, signal.SIGKILL)  # until it is waited for, its number is its own
        for child in children:
            os.waitpid(child, 0)


def _children() -> list[int]:
    own = os.getpid()
    with open(f"/proc/{own}/task/{own}/children", encoding="ascii") as listed:  # noqa: PTH123 - pathlib takes 5 ms to import
        return [int(pid) for pid in listed.read().split()]


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}, {value})")


if __name__ == "__main__":
    # _exit: nothing waits to be done, and an interpreter takes milliseconds to end.
    os._exit(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
