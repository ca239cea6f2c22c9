"""A child as its slot sees it: started once, asked often, ended with all that it started."""

from __future__ import annotations

import logging
import os
import sys

import config
from app.process import tree
from app.process.child import Child
from app.process.lines import Lines, LinesEnded
from app.worker.protocol import ANSWERS, MESSAGES, Answer, CancelRequest, Message, Request

log = logging.getLogger(__name__)


class ChildDied(Exception):
    """The child ended or broke the protocol; the message completes "its process ..."."""


class WarmChild:
    """A running :mod:`app.worker.child`, for one thread at a time."""

    def __init__(
        self, tag: str, *, settings_json: str, workshop: str, warm: str | None = None
    ) -> None:
        """Start the process; its engines are loaded by the first request that needs them.

        Args:
            tag: ``<worker id>/<number>``, unique; every process of the child carries it.
            settings_json: All settings.
            workshop: ``module:callable`` that makes an :class:`app.steps.Workshop` of them.
            warm: Queue whose usual engine shall be loaded at once.

        Raises:
            ChildDied: It ended at once.
        """
        self._tag = tag
        command = [sys.executable, "-m", "app.worker.child", "--workshop", workshop]
        command += ["--warm", warm] if warm else []
        environment = {**os.environ, tree.TAG: tag}
        self._child = Child(command, name="a worker's child", cwd=config.ROOT, env=environment)
        self._lines = Lines(self._child.stdout, self._child.stdin)
        log.info("child started pid=%d", self.pid)
        try:
            self._send(settings_json.encode())
        except ChildDied:
            self.end()
            raise

    @property
    def pid(self) -> int:
        """Of the child's reaper."""
        return self._child.pid

    def is_alive(self) -> bool:
        """Whether it could do another step."""
        return self._child.is_alive()

    def begin(self, request: Request) -> None:
        """Have a step done.

        Raises:
            ChildDied: There is nobody to do it.
        """
        self._say(request)

    def cancel(self) -> None:
        """Ask for the step to stop; the answer may be any."""
        self._say(CancelRequest())

    def answer(self, timeout: float) -> Answer | None:
        """The next answer; ``None`` when there is none in time.

        Raises:
            ChildDied: There will be none.
        """
        try:
            line = self._lines.read(max(0.0, timeout))
            return None if line is None else ANSWERS.validate_json(line)
        except LinesEnded as error:
            raise ChildDied(self._child.ending()) from error
        except ValueError as error:
            log.warning("child broke the line protocol pid=%d", self.pid)
            raise ChildDied("broke the line protocol") from error

    def end(self) -> None:
        """Kill the child and every process that it has started.  Safe to call twice."""
        self._child.kill()
        tree.kill_tagged(self._tag)
        log.info("child ended pid=%d", self.pid)

    def _say(self, message: Message) -> None:
        self._send(MESSAGES.dump_json(message))

    def _send(self, line: bytes) -> None:
        try:
            self._lines.write(line)
        except LinesEnded as error:
            raise ChildDied(self._child.ending()) from error
