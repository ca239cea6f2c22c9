"""The child process that does steps, with its engines kept in memory between them.

``python -m app.worker.host --worker PID --workshop MODULE:CALLABLE [--warm QUEUE]``, started by
:class:`app.worker.warm_host.WarmHost` only.  Standard input and output carry
:mod:`app.worker.protocol`; they are moved away before any engine is imported,
because models print and their programs read.
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
from typing import BinaryIO

import config
from app import steps
from app.errors import Cancelled, LectureError
from app.jobs.files.disk import disk_full
from app.process import reaper
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


class Host:
    """Reads requests in one thread, does them in the calling one."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        """Nothing is read yet.

        Args:
            requests: Lines of :data:`app.worker.protocol.MESSAGES`.
            answers: Gets lines of :data:`app.worker.protocol.ANSWERS`.
        """
        self._requests = requests
        self._answers = answers
        self._answering = threading.Lock()
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

        ``os._exit`` because the main thread may be deep in a model; the sitter ends
        whatever that has started.
        """
        try:
            for line in self._requests:
                self._take(MESSAGES.validate_json(line))
        except Exception:
            log.exception("host cannot read its requests")
            os._exit(1)
        os._exit(0)

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
        with self._answering:
            self._answers.write(ANSWERS.dump_json(answer) + b"\n")
            self._answers.flush()


def main() -> None:
    """Serve until the worker goes."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--worker", type=int, required=True)
    arguments.add_argument("--workshop", required=True)
    arguments.add_argument("--warm", metavar="QUEUE")
    asked = arguments.parse_args()
    reaper.split_off(asked.worker)
    requests, answers = _move_pipes_away()
    first = requests.readline()
    if not first:
        return  # the worker is gone already
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
    Host(requests, answers).serve(workshop)


def _warm(workshop: Workshop, queue: str) -> None:
    try:
        workshop.warm(queue)
    except LectureError as error:
        log.warning("not warmed queue=%s code=%s %s", queue, error.code, error)


def _move_pipes_away() -> tuple[BinaryIO, BinaryIO]:
    """Streams of requests and answers that neither a model nor its programs can touch."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


if __name__ == "__main__":
    main()
