"""A foreign program that ends, with all it started, when this process does."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from app.engines.bridge import guard

log = logging.getLogger(__name__)

_END_SECONDS = 1.0
"""What the guard gets to end its family; it needs a tenth of that."""
_LINES_KEPT = 60
_LINE_LENGTH = 500


class GuardedProcess:
    """A running program with pipes, in a session of its own, and its guard.

    Its error output goes to the log, a record per line, and its last lines are kept.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        env: Mapping[str, str],
        name: str,
        log_errors: bool = True,
    ) -> None:
        """Start the program.

        Args:
            command: Program and arguments; no shell reads them.
            cwd: Directory it starts in.
            env: Its whole environment.
            name: What it is, for messages: ``"the SadTalker bridge"``.
            log_errors: Whether a thread reads its error output; else the caller does.
        """
        self.name = name
        held, self._lifeline = os.pipe()
        guarded = [sys.executable, "-I", "-S", guard.__file__, str(held), *map(str, command)]
        try:
            self._process = subprocess.Popen(
                guarded,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=cwd,
                env=dict(env),
                pass_fds=(held,),
                start_new_session=True,
            )
        except OSError:
            os.close(self._lifeline)
            raise
        finally:
            os.close(held)
        self._complaints: deque[str] = deque(maxlen=_LINES_KEPT)
        self._reader = threading.Thread(target=self._log_errors, name=f"{name} log", daemon=True)
        if log_errors:
            self._reader.start()
        self._ended = False
        log.info("guarded process started pid=%d program=%s", self.pid, Path(command[0]).name)

    @property
    def pid(self) -> int:
        """Of the guard; the program is its child."""
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes]:
        """The program's standard input."""
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The program's standard output."""
        assert self._process.stdout is not None
        return self._process.stdout

    @property
    def stderr(self) -> IO[bytes]:
        """The program's error output, for the caller that asked not to have it logged."""
        assert self._process.stderr is not None
        return self._process.stderr

    def is_alive(self) -> bool:
        """Whether the program still runs."""
        return self._process.poll() is None

    def wait(self, timeout: float) -> int | None:
        """Exit status, 128 + n for death by signal n; ``None`` when it runs on."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def complaints(self) -> str:
        """The last lines of its logged error output."""
        return "\n".join(self._complaints)

    def ending(self) -> str:
        """How it ended, to follow its name in a message."""
        match self.wait(_END_SECONDS):
            case None:
                return "closed its output"
            case status if status > 128:
                return f"died of {_signal_name(status - 128)}"
            case status:
                return f"ended with status {status}"

    def kill(self) -> None:
        """End the program and whatever it started.  Safe to call twice, and after its end."""
        if self._ended:
            return
        self._ended = True
        os.close(self._lifeline)
        if self.wait(_END_SECONDS) is None:
            # The guard hangs; its death is that of the program.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._reader.ident is not None:
            self._reader.join(_END_SECONDS)
        with contextlib.suppress(BrokenPipeError):  # half a line nobody will read
            self.stdin.close()
        self.stdout.close()
        if not self._reader.is_alive():
            self.stderr.close()
        log.info("guarded process ended pid=%d", self.pid)

    def __enter__(self) -> GuardedProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _log_errors(self) -> None:
        while line := self.stderr.readline(_LINE_LENGTH):
            if text := line.decode("utf-8", "replace").strip():
                self._complaints.append(text)
                log.info("guarded process pid=%d %s", self.pid, text)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
