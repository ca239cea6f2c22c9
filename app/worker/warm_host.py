"""A host as its worker sees it: started once, asked often, ended with all that it started."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading

import psutil
from pydantic import ValidationError

import config
from app.process import tree
from app.worker.protocol import ANSWERS, MESSAGES, Answer, CancelRequest, Message, Request

log = logging.getLogger(__name__)

_SITTER_SECONDS = 0.25
"""What the sitter gets to end its family; it needs a tenth of that."""


class HostDied(Exception):
    """The host ended or broke the protocol; the message completes "its process ..."."""


class WarmHost:
    """A running host, for the one thread that started it.

    The host dies with that thread.
    """

    def __init__(
        self, name: str, *, settings_json: str, workshop: str, warm: str | None = None
    ) -> None:
        """Start the process; its engines are loaded by the first request that needs them.

        Args:
            name: ``<worker id>/<number>``, unique; every process of the host carries it.
            settings_json: All settings.
            workshop: ``module:callable`` that makes an :class:`app.steps.Workshop` of them.
            warm: Queue whose usual engine shall be loaded at once.

        Raises:
            HostDied: It ended at once.
        """
        self._name = name
        command = [sys.executable, "-m", "app.worker.host"]
        command += ["--worker", str(os.getpid()), "--workshop", workshop]
        command += ["--warm", warm] if warm else []
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=config.ROOT,
            env={**os.environ, tree.TAG: name},
            start_new_session=True,
        )
        self._answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._readers = [
            threading.Thread(target=self._read_answers, name=f"{name} answers", daemon=True),
            threading.Thread(target=self._log_errors, name=f"{name} log", daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        log.info("host started pid=%d", self.pid)
        try:
            self._send(settings_json.encode() + b"\n")
        except HostDied:
            self.end()
            raise

    @property
    def pid(self) -> int:
        """Of the host's sitter."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it could do another step."""
        return self._process.poll() is None

    def begin(self, request: Request) -> None:
        """Have a step done.

        Raises:
            HostDied: There is nobody to do it.
        """
        self._send(_line(request))

    def cancel(self) -> None:
        """Ask for the step to stop; the answer may be any."""
        self._send(_line(CancelRequest()))

    def answer(self, timeout: float) -> Answer | None:
        """The next answer; ``None`` when there is none in time.

        Raises:
            HostDied: There will be none.
        """
        try:
            answer = self._answers.get(timeout=max(0.0, timeout))
        except queue.Empty:
            return None
        if answer is None:
            self._answers.put(None)
            raise HostDied(self._how())
        return answer

    def end(self) -> None:
        """Kill the host and every process that it has started.  Safe to call twice."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_SITTER_SECONDS)
            except subprocess.TimeoutExpired:
                self._kill_family()
                self._process.wait()
        tree.kill_tagged(self._name)
        self._close()

    def _kill_family(self) -> None:
        """What the sitter would have done."""
        try:
            family = psutil.Process(self.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return
        for process in family:
            tree.kill(process)
        self._process.kill()

    def _how(self) -> str:
        try:
            status = self._process.wait(_SITTER_SECONDS)
        except subprocess.TimeoutExpired:
            return "broke the line protocol"
        if status < 0 or status > 128:
            return f"died of signal {-status if status < 0 else status - 128}"
        return f"ended with status {status}"

    def _send(self, line: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise HostDied(self._how()) from error

    def _read_answers(self) -> None:
        """Until the end, or the first line that is none."""
        assert self._process.stdout is not None
        try:
            for line in self._process.stdout:
                self._answers.put(ANSWERS.validate_json(line))
        except ValidationError:
            log.warning("host broke the line protocol pid=%d", self.pid)
        finally:
            self._answers.put(None)

    def _log_errors(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            text = line.decode(errors="replace").rstrip()
            if text:
                log.info("host pid=%d %s", self.pid, text)

    def _close(self) -> None:
        """Close the pipes, but not under a reader that some stray process keeps waiting."""
        for reader in self._readers:
            reader.join(timeout=1.0)
        if not any(reader.is_alive() for reader in self._readers):
            for pipe in (self._process.stdout, self._process.stderr):
                assert pipe is not None
                pipe.close()
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # half a request nobody will read
            self._process.stdin.close()
        log.info("host ended pid=%d", self.pid)


def _line(message: Message) -> bytes:
    return MESSAGES.dump_json(message) + b"\n"
