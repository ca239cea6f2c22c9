"""The child process that does steps, with its engines kept in memory between them.

``python -m app.worker.child --workshop MODULE:CALLABLE [--warm QUEUE]``, started by
:class:`app.worker.warm_child.WarmChild` only.  Standard input and output carry
:mod:`app.worker.protocol`; they are moved away before any engine is imported.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import os
import queue
import sys
import threading
import time

import config
from app import steps
from app.disk import disk_full
from app.errors import Cancelled, LectureError
from app.process.lines import Lines, LinesEnded, standard_lines
from app.steps import Surroundings, Workshop
from app.worker.protocol import (
    ANSWERS,
    MESSAGES,
    Answer,
    CancelRequest,
    Done,
    Failed,
    Message,
    Outcome,
    Progressed,
    Request,
    Stopped,
)

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 0.2
"""Time between two reports of progress, at least."""


class Flag:
    """Satisfies :class:`app.ports.work.Cancel`."""

    def __init__(self) -> None:
        self._raised = threading.Event()

    def check(self) -> None:
        """Return at once, or raise :class:`app.errors.Cancelled`."""
        if self._raised.is_set():
            raise Cancelled

    def raise_(self) -> None:
        """Ask for the step to stop."""
        self._raised.set()

    def lower(self) -> None:
        """Forget what was asked for an earlier step."""
        self._raised.clear()


class RequestLoop:
    """Reads requests in one thread, does them in the calling one."""

    def __init__(self, lines: Lines) -> None:
        """Nothing is read yet.

        Args:
            lines: Those of :data:`app.worker.protocol.MESSAGES` come, those of
                :data:`app.worker.protocol.ANSWERS` go.
        """
        self._lines = lines
        self._inbox: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._cancel = Flag()
        self._reported = 0.0

    def serve(self, workshop: Workshop) -> None:
        """Do one request after the other; the end of the requests ends the process."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        while True:
            request = self._inbox.get()
            self._answer(self._do(request, workshop))

    def _read(self) -> None:
        """Take requests until the worker is gone or wants no more, then end the process.

        ``os._exit`` because the main thread may be deep in a model; the reaper ends
        whatever that has started.
        """
        try:
            while (line := self._lines.read()) is not None:
                self._take(MESSAGES.validate_json(line))
        except LinesEnded:
            os._exit(0)
        except Exception:
            log.exception("child cannot read its requests")
        os._exit(1)

    def _take(self, message: Message) -> None:
        if isinstance(message, CancelRequest):
            self._cancel.raise_()
        else:
            # Here and not when the work begins: a cancel may follow at once.
            self._cancel.lower()
            self._inbox.put(message)

    def _do(self, request: Request, workshop: Workshop) -> Outcome:
        around = Surroundings(
            request.inputs, request.target, self._cancel, self._progress, request.sums
        )
        try:
            self._cancel.check()
            steps.do(request.step, request.content, workshop, around)
        except Cancelled:
            return Stopped()
        except LectureError as error:
            return Failed(error.code, str(error), error.retryable, error.retry_after)
        except Exception as error:
            full = disk_full(error) if isinstance(error, OSError) else None
            if full is not None:
                return Failed(full.code, str(full), full.retryable)
            log.exception("step broke %s step=%s", request.content, request.step.name)
            return Failed("internal", "internal error", retryable=False)
        return Done()

    def _progress(self, share: float) -> None:
        now = time.monotonic()
        if now - self._reported >= PROGRESS_SECONDS:
            self._reported = now
            self._answer(Progressed(min(1.0, max(0.0, share))))

    def _answer(self, answer: Answer) -> None:
        self._lines.write(ANSWERS.dump_json(answer))


def main() -> None:
    """Serve until the worker goes."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--workshop", required=True)
    arguments.add_argument("--warm", metavar="QUEUE")
    asked = arguments.parse_args()
    lines = standard_lines()
    try:
        first = lines.read()
    except LinesEnded:
        return  # the worker is gone already
    assert first is not None
    settings = config.load(**json.loads(first))
    logging.basicConfig(
        stream=sys.stderr,
        level=settings.logging.level,
        format="%(levelname)s %(name)s %(message)s",
    )
    module, _, name = asked.workshop.partition(":")
    workshop: Workshop = getattr(importlib.import_module(module), name)(settings)
    if asked.warm:
        _warm(workshop, asked.warm)
    RequestLoop(lines).serve(workshop)


def _warm(workshop: Workshop, queue: str) -> None:
    try:
        workshop.warm(queue)
    except LectureError as error:
        log.warning("not warmed queue=%s code=%s %s", queue, error.code, error)


if __name__ == "__main__":
    main()
