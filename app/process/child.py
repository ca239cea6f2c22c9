"""A child process that ends, with all it has started, when this process does."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from app.process import reaper, tree

log = logging.getLogger(__name__)

CHECK_EVERY = 0.05
"""Seconds between two looks at a child that is waited for, and at what may stop the wait."""

_END_SECONDS = 0.3
"""What the reaper gets to end its family; it needs a fifth of that."""
_LINE_LENGTH = 2000


class Child:
    """A running program with pipes, in a session of its own, behind its reaper.

    However this process ends, the program and whatever it started end too.  As a context
    manager it leaves no process behind.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        name: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: int | IO[bytes] = subprocess.PIPE,
        stdout: int | IO[bytes] | None = subprocess.PIPE,
        errors: Callable[[str], object] | int | None = None,
        grace: float = 0.0,
        cpu_seconds: int = 0,
    ) -> None:
        """Start the program, which costs 15 ms more than to start it bare.

        A program that does not start ends with :data:`app.process.reaper.NOT_FOUND` or
        :data:`app.process.reaper.NOT_STARTED`.

        Args:
            command: Program and arguments; no shell reads them.
            name: What it is, for messages: ``"the examiner"``.
            cwd: Directory it starts in; this process's when not given.
            env: Its whole environment; this process's when not given.
            stdin: As :class:`subprocess.Popen` has it.
            stdout: As :class:`subprocess.Popen` has it; this process's for ``None``.
            errors: Told each line of its error output by a thread, which :meth:`kill` waits for;
                or as :class:`subprocess.Popen` has it.  The log gets them when it is not given.
            grace: Seconds that it gets to end by itself, after a SIGTERM, when it is ended
                or this process is gone; it is killed at once when there are none.
            cpu_seconds: Of computing, after which the kernel kills it; no limit when 0.
        """
        self.name = name
        self._grace = grace
        held, self._lifeline = os.pipe()
        how = map(str, (held, grace, cpu_seconds))
        reaped = [sys.executable, "-I", "-S", reaper.__file__, *how]
        try:
            self._process = subprocess.Popen(
                [*reaped, *map(str, command)],
                stdin=stdin,
                stdout=stdout,
                stderr=errors if isinstance(errors, int) else subprocess.PIPE,
                cwd=cwd,
                env=None if env is None else dict(env),
                pass_fds=(held,),
                start_new_session=True,
            )
        except OSError:
            os.close(self._lifeline)
            raise
        finally:
            os.close(held)
        self._stopped = False
        self._reader: threading.Thread | None = None
        if not isinstance(errors, int):
            self._reader = threading.Thread(
                target=self._hear, args=(errors or self._log,), name=f"{name} errors", daemon=True
            )
            try:
                self._reader.start()
            except RuntimeError:  # no memory for a thread
                self._reader = None
                self.kill()
                raise
        log.debug("child started pid=%d name=%s", self.pid, name)

    @property
    def pid(self) -> int:
        """Of the reaper; the program is its child."""
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes]:
        """The program's standard input; close it to say that no more follows."""
        assert self._process.stdin is not None, "started without a pipe"
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The program's standard output."""
        assert self._process.stdout is not None, "started without a pipe"
        return self._process.stdout

    @property
    def stderr(self) -> IO[bytes]:
        """The program's error output, for the caller that asked for it."""
        assert self._process.stderr is not None, "started without a pipe"
        return self._process.stderr

    def is_alive(self) -> bool:
        """Whether the program still runs."""
        return self._process.poll() is None

    def wait(self, timeout: float) -> int | None:
        """Exit status, 128 + n for death by signal n; ``None`` when it runs on."""
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        return status if status >= 0 else 128 - status  # the reaper's own death

    def finish(self, seconds: float, check: Callable[[], object] | None = None) -> int | None:
        """Wait for its end, and kill it if that does not come in time.

        Args:
            seconds: How long it may take.
            check: Called about twenty times per second; whatever it raises ends the wait.

        Returns:
            The exit status as :meth:`wait` has it; ``None`` when it took too long.  In any
            case, an error of ``check`` included, the child is dead by then.
        """
        deadline = time.monotonic() + seconds
        try:
            while (status := self.wait(CHECK_EVERY)) is None and time.monotonic() <= deadline:
                if check is not None:
                    check()
            return status
        finally:
            self.kill()

    def ending(self) -> str:
        """How it ended, to follow its name in a message."""
        match self.wait(_END_SECONDS):
            case None:
                return "closed its output"
            case status if status > 128:
                return f"died of {_signal_name(status - 128)}"
            case status:
                return f"ended with status {status}"

    def stop(self) -> None:
        """Have the program end, without waiting for it.  Safe to call twice."""
        if not self._stopped:
            self._stopped = True
            os.close(self._lifeline)

    def kill(self) -> None:
        """End the program and whatever it started.  Safe to call twice, and after its end.

        Takes at most its grace and a third of a second.
        """
        self.stop()
        if self.wait(self._grace + _END_SECONDS) is None:
            self._kill_family()
        self._close()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _kill_family(self) -> None:
        """What the reaper would have done, did it not hang."""
        for process in tree.family(self.pid):
            tree.kill(process)
        self._process.kill()
        self._process.wait()

    def _close(self) -> None:
        """Close the pipes, but for the one that the reader closes: a stray process may keep it."""
        pipes = [self._process.stdin, self._process.stdout]
        if self._reader is not None:
            self._reader.join(_END_SECONDS)
        else:
            pipes.append(self._process.stderr)
        for pipe in pipes:
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # half a line nobody will read
                    pipe.close()

    def _hear(self, take: Callable[[str], object]) -> None:
        with self.stderr as complaints:
            while line := complaints.readline(_LINE_LENGTH):
                if text := line.decode("utf-8", "replace").rstrip():
                    take(text)
        # The reaper was the last that could write.  It is buried now and not when somebody
        # asks for the child again, which may be hours later.
        self._process.wait()

    def _log(self, line: str) -> None:
        log.info("child pid=%d %s", self.pid, line)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
