"""The side that asks the process that forks."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.examiner.fork_server import ENVIRONMENT
from app.process.child import Child
from app.process.lines import Lines, LinesEnded

log = logging.getLogger(__name__)

IDLE_SECONDS = 300.0
"""After which it ends while nobody asks."""

ENDING_SECONDS = 0.4
"""What a look that is ended may take to be gone."""

HUNG_SECONDS = 5.0
"""After which it hangs, if it has not ended a look that it was told to end, nor said anything."""

TENDED_EVERY = 1.0

_ROOT = Path(__file__).resolve().parents[2]


class Look:
    """One question under way, in a process of its own."""

    def __init__(self, number: int, what: str) -> None:
        """Not begun yet."""
        self.number = number
        self.what = what
        self.has_given_way = False
        self.said: Future[dict[str, Any]] = Future()
        """What :mod:`~app.examiner.fork_server` says of it, or :class:`LinesEnded`."""


class ForkServerProcess:
    """The process that forks, which is started at once and ends when nobody asks for long.

    Safe to use from several threads.
    """

    def __init__(self, command: Sequence[str | Path]) -> None:
        """It loads what looks need; who asks meanwhile waits for that.

        Args:
            command: Of a process that runs a :class:`~app.examiner.fork_server.ForkServer`.

        Raises:
            OSError: It cannot be started.
            RuntimeError: Nor can a thread that listens to it.
        """
        self._child = Child(
            command, name="the examiner", cwd=_ROOT, env={**os.environ, **ENVIRONMENT}
        )
        self._lines = Lines(self._child.stdout, self._child.stdin)
        self._lock = threading.Lock()
        self._looks: dict[int, Look] = {}
        self._begun = 0
        self._idle_since = time.monotonic()
        self._unheeded_since: float | None = None
        """When it was told to end a look, which it has not done."""
        self._has_ended = False
        self._is_closing = False
        self._listener = threading.Thread(target=self._listen, name="examiner", daemon=True)
        try:
            self._listener.start()
        except RuntimeError:
            self._child.kill()
            raise

    def is_usable(self) -> bool:
        """Whether it takes questions, and answers them."""
        unheeded = self._unheeded_since
        hangs = unheeded is not None and time.monotonic() - unheeded > HUNG_SECONDS
        return not hangs and not self._has_ended and self._child.is_alive()

    def begin(self, question: Mapping[str, Any]) -> Look:
        """Have a question answered; what stands at ``what`` is its kind."""
        with self._lock:
            self._begun += 1
            look = Look(self._begun, question["what"])
            if self._has_ended:
                look.said.set_exception(LinesEnded("it has ended"))
                return look
            self._looks[look.number] = look
        self._tell("look", look, question=question)
        return look

    def lower(self, look: Look) -> None:
        """Give a look, and what it has started so far, a smaller share of the cores for good."""
        if not look.has_given_way:
            look.has_given_way = True
            self._tell("lower", look)

    def end(self, look: Look) -> float:
        """Kill a look that may be over.

        Returns:
            CPU seconds that it has used with all it had started, as far as they are known.
        """
        self._tell("end", look)
        try:
            computed: float = look.said.result(ENDING_SECONDS).get("computed", 0.0)
        except LinesEnded:
            return 0.0
        except TimeoutError:
            self._unheeded_since = self._unheeded_since or time.monotonic()
            return 0.0
        return computed

    def stop(self) -> None:
        """Have it end, and all looks, without waiting for that."""
        self._is_closing = True
        self._child.stop()

    def close(self) -> None:
        """End it, and all looks.  Safe to call twice."""
        self.stop()
        self._listener.join()

    def _tell(self, do: str, look: Look, **more: Any) -> None:
        with suppress(LinesEnded):  # whoever listens learns it, too
            self._lines.write(json.dumps({"do": do, "look": look.number, **more}).encode())

    def _listen(self) -> None:
        try:
            while not self._is_spare():
                line = self._lines.read(TENDED_EVERY)
                if line is not None:
                    self._hear(json.loads(line))
        except (LinesEnded, ValueError):
            if not self._is_closing:
                log.warning("examiner %s", self._child.ending())
        finally:
            with self._lock:
                self._has_ended = True
                left, self._looks = self._looks, {}
            self._child.kill()
            for look in left.values():
                look.said.set_exception(LinesEnded("it has ended"))

    def _hear(self, said: dict[str, Any]) -> None:
        with self._lock:
            look = self._looks.pop(said["look"])
            self._unheeded_since = None
            self._idle_since = time.monotonic()
        look.said.set_result(said)

    def _is_spare(self) -> bool:
        with self._lock:
            idle = time.monotonic() - self._idle_since
            if self._looks or idle <= IDLE_SECONDS:
                return False
            self._has_ended = True
            return True
