"""The line protocol: one JSON object per line; ``docs/bridge.md`` is the specification."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
import traceback
from typing import IO, Any, Dict, Iterable, Optional

from sadtalker_bridge.engine import Engine, Message
from sadtalker_bridge.errors import BridgeError, Cancelled

PROTOCOL = 1

_REPORT_SECONDS = 0.2
"""Least time between two reports of one stage; its last step is always told."""

_LAST_SECONDS = 1.0
"""How long a job may go on once the host is gone."""


class Channel:
    """Events to the host, whole lines, from any thread."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, event: str, **fields: Any) -> None:
        """Write one event; a host that has gone is no error, the end of its requests is."""
        line = json.dumps({"event": event, **fields}) + "\n"
        with self._lock:
            try:
                self._stream.write(line)
                self._stream.flush()
            except (BrokenPipeError, ValueError):
                return


class Job:
    """One request: where progress is told and the wish to stop is seen."""

    def __init__(self, name: Optional[str], channel: Channel) -> None:
        self.name = name
        self._channel = channel
        self._cancelled = threading.Event()
        self._reported: Dict[str, float] = {}

    @property
    def fields(self) -> Message:
        """What every event of this job carries."""
        return {} if self.name is None else {"job": self.name}

    def cancel(self) -> None:
        """Ask for the end; :meth:`check` sees it."""
        self._cancelled.set()

    def check(self) -> None:
        """Return at once, or raise :class:`Cancelled`."""
        if self._cancelled.is_set():
            raise Cancelled

    def progress(self, stage: str, done: int, total: int) -> None:
        """Report ``done`` of ``total`` steps of a stage, at most five times per second."""
        now = time.monotonic()
        if done < total and now - self._reported.get(stage, 0.0) < _REPORT_SECONDS:
            return
        self._reported[stage] = now
        self.tell("progress", stage=stage, done=done, total=total)

    def tell(self, event: str, **fields: Any) -> None:
        """Send an event of this job."""
        self._channel.send(event, **self.fields, **fields)


class Inbox:
    """Requests as they come; ``cancel`` reaches its job without waiting in line."""

    def __init__(self, lines: Iterable[str], channel: Channel) -> None:
        self._lines = lines
        self._channel = channel
        self._waiting: queue.Queue[Optional[tuple[Message, Job]]] = queue.Queue()
        self._jobs: Dict[Optional[str], Job] = {}
        threading.Thread(target=self._read, name="requests", daemon=True).start()

    def next(self) -> Optional[tuple[Message, Job]]:
        """The next request with its job; None when no more will come."""
        return self._waiting.get()

    def forget(self, job: Job) -> None:
        """The job has ended."""
        self._jobs.pop(job.name, None)

    def _read(self) -> None:
        for line in self._lines:
            try:
                request = json.loads(line)
                do, name = request.get("do"), request.get("job")
            except (ValueError, AttributeError):
                self._channel.send("error", code="bad_request", message="not a JSON object")
                continue
            if do == "cancel":
                self._cancel(name)
                continue
            job = Job(name, self._channel)
            self._jobs[name] = job
            self._waiting.put((request, job))
        self._end()

    def _cancel(self, name: Optional[str]) -> None:
        job = self._jobs.get(name)
        if job is not None:
            job.cancel()

    def _end(self) -> None:
        """The host has gone: stop at the next step, or at once if that takes too long.

        A step of a large network may last many seconds on a processor; nothing of this
        process needs putting away, so that it may be left at any moment.
        """
        for job in list(self._jobs.values()):
            job.cancel()
        self._waiting.put(None)
        time.sleep(_LAST_SECONDS)
        os._exit(0)


def serve(lines: Iterable[str], channel: Channel, engine: Engine, *, name: str) -> int:
    """Do every request in turn until they end.

    Args:
        lines: Requests.
        channel: Where the events go.
        engine: Does them.
        name: Of the engine, told to the host.

    Returns:
        The exit status: 1 when the model cannot be imported, which no request can mend.
    """
    inbox = Inbox(lines, channel)
    python = sys.version.split()[0]
    channel.send("ready", protocol=PROTOCOL, python=python, engine=name)
    while True:
        waiting = inbox.next()
        if waiting is None:
            return 0
        request, job = waiting
        failure = _answer(request, job, engine)
        inbox.forget(job)
        if failure is not None:
            job.tell("error", code=failure.code, message=failure.message)
            if failure.code == "import_failed":
                return 1


def _answer(request: Message, job: Job, engine: Engine) -> Optional[BridgeError]:
    do = request.get("do")
    verb = engine.verbs.get(do) if isinstance(do, str) else None
    if verb is None:
        return BridgeError("bad_request", "cannot do " + repr(do))
    try:
        job.check()
        job.tell(verb.closing, **verb.answer(request, job))
    except Cancelled:
        job.tell("cancelled")
    except BridgeError as error:
        return error
    except Exception as error:  # the bridge outlives whatever a model does
        traceback.print_exc()
        return engine.diagnose(error) or BridgeError("failed", _where(error))
    return None


def _where(error: BaseException) -> str:
    """Kind and place of an exception; its text may hold paths and stays in the log."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" in {os.path.basename(last[0].filename)}, line {last[0].lineno}" if last else ""
    return f"{type(error).__name__}{place}"


def claim_streams() -> tuple[IO[str], Channel]:
    """Keep standard input and output for the protocol.

    What the model prints goes to standard error, and a program that the model starts finds
    an empty input instead of our requests.
    """
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8", errors="replace")
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, Channel(events)
