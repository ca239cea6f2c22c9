"""Ask a bridge, listen to it, and end it when it does not answer."""

from __future__ import annotations

import json
import logging
import selectors
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from app.engines.bridge.events import EVENTS, LAST, PROTOCOL, Event, Failed, Ready, Stopped
from app.errors import (
    Cancelled,
    CheckpointMissing,
    EngineCrashed,
    EngineError,
    EngineStalled,
    EngineUnavailable,
    LectureError,
    MediaError,
    NoFaceError,
    OutOfDeviceMemory,
    SeveralFacesError,
    SourceImageError,
    WrongInterpreter,
)
from app.ports.work import Cancel
from app.process.child import CHECK_EVERY, Child
from app.process.lines import Lines, LinesEnded
from app.process.reaper import NOT_FOUND, NOT_STARTED

log = logging.getLogger(__name__)

_GRACE_SECONDS = 0.3
"""For a job to stop when asked; a worker kills its child 0.4 s after it asked for a stop."""

_ERRORS: Mapping[str, type[LectureError]] = {
    "no_face": NoFaceError,
    "several_faces": SeveralFacesError,
    "bad_image": SourceImageError,
    "bad_sound": MediaError,
    "checkpoint_missing": CheckpointMissing,
    "out_of_memory": OutOfDeviceMemory,
    "import_failed": EngineUnavailable,
}


class Frames(Protocol):
    """Raw pictures that arrive beside the lines."""

    def fileno(self) -> int:
        """Descriptor that becomes readable when some arrive."""

    def take(self) -> bool:
        """Take what has arrived.  False once nobody can write any more."""

    def discard(self) -> None:
        """Throw away what is still to come, so that its writer need not wait."""


class Bridge:
    """One process that answers one request at a time."""

    def __init__(
        self, command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], name: str
    ) -> None:
        """Nothing is started yet.

        Args:
            command: Program and arguments.
            cwd: Directory it starts in.
            env: Its whole environment.
            name: What it is, for messages: ``"the SadTalker bridge"``.
        """
        self._command = list(command)
        self._cwd = cwd
        self._env = dict(env)
        self._name = name
        self._process: Child | None = None
        self._lines: Lines | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process that would answer."""
        return self._process is not None and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Of the process's reaper."""
        return None if self._process is None else self._process.pid

    def start(self, *, engine: str, python: str, patience: float, cancel: Cancel) -> Ready:
        """Start the process and wait until it is ready.

        Args:
            engine: What it must answer as, e.g. ``sadtalker``.
            python: Version of Python that it must have, e.g. ``3.8``.
            patience: Seconds.
            cancel: Checked twenty times per second.

        Raises:
            WrongInterpreter: The program does not start, or is another Python.
            EngineUnavailable: It speaks another version of the protocol, or is another engine.
            EngineCrashed: It ended at once.
            EngineStalled: It said nothing in time.
        """
        self.close()
        self._process = Child(self._command, cwd=self._cwd, env=self._env, name=self._name)
        self._lines = Lines(self._process.stdout, self._process.stdin)
        log.info("bridge started pid=%d", self._process.pid)
        try:
            ready = self._listen(None, patience, cancel)
            _check_ready(ready, self._name, engine=engine, python=python)
        except BaseException:
            self.close()
            raise
        assert isinstance(ready, Ready)
        return ready

    def ask(
        self,
        request: Mapping[str, Any],
        *,
        patience: float,
        cancel: Cancel,
        hear: Callable[[Event], None] = lambda _: None,
        frames: Frames | None = None,
    ) -> Event:
        """Have a request done and return its last event.

        When it is left early, by a cancellation or because the caller's own part fails, the
        job is asked to stop; a process that does not within 0.3 s is killed with all it
        started.

        Args:
            request: ``do``, ``job`` and what belongs to them.
            patience: Seconds in which it must say something, or a frame must come.
            cancel: Checked twenty times per second.
            hear: Told every event but the last.
            frames: Where raw pictures arrive meanwhile.

        Raises:
            EngineCrashed: The process died or broke the protocol.
            EngineStalled: Nothing came for ``patience`` seconds; the process is dead.
            LectureError: What the bridge says of the input or of itself, by its code.
            Cancelled: By ``cancel``.
        """
        job = request.get("job")
        self._send(request)
        try:
            answer = self._listen(job, patience, cancel, hear, frames)
        except (EngineCrashed, EngineStalled):
            self.close()
            raise
        except BaseException:
            self._leave(job, frames)
            raise
        if isinstance(answer, Stopped):
            raise Cancelled
        if isinstance(answer, Failed):
            self._fail(answer)
        return answer

    def close(self) -> None:
        """Kill the process and everything it started.  Safe to call twice."""
        process, self._process, self._lines = self._process, None, None
        if process is not None:
            process.kill()

    def _listen(
        self,
        job: str | None,
        patience: float,
        cancel: Cancel,
        hear: Callable[[Event], None] = lambda _: None,
        frames: Frames | None = None,
    ) -> Event:
        assert self._lines is not None
        output = self._lines.fileno()
        heard = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            if frames is not None:
                selector.register(frames.fileno(), selectors.EVENT_READ)
            while True:
                cancel.check()
                ready = {key.fd for key, _ in selector.select(CHECK_EVERY)}
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > patience:
                    raise EngineStalled(f"{self._name} said nothing for {patience:g} s")
                for event in self._events() if output in ready else ():
                    if isinstance(event, LAST) and event.job in (job, None):
                        return event
                    if event.job == job:
                        hear(event)
                if frames is not None and frames.fileno() in ready and not frames.take():
                    selector.unregister(frames.fileno())

    def _events(self) -> list[Event]:
        """Those of the lines that are complete."""
        assert self._process is not None and self._lines is not None
        try:
            return [EVENTS.validate_json(line) for line in self._lines.take()]
        except LinesEnded as end:
            raise self._died() from end
        except ValidationError as error:
            log.warning(
                "bridge broke the line protocol pid=%d kinds=%s", self._process.pid, _kinds(error)
            )
        except ValueError:
            log.warning("bridge broke the line protocol pid=%d", self._process.pid)
        # Not "from error": it quotes the line, which may hold words of the lecture.
        raise EngineCrashed(f"{self._name} broke the line protocol")

    def _died(self) -> LectureError:
        assert self._process is not None
        if self._process.wait(1.0) in (NOT_FOUND, NOT_STARTED):
            program = Path(self._command[0]).name
            return WrongInterpreter(f"{self._name} cannot be started: {program} is no program")
        return EngineCrashed(f"{self._name} {self._process.ending()}")

    def _send(self, message: Mapping[str, Any]) -> None:
        if self._lines is None:
            raise EngineCrashed(f"{self._name} does not run")
        try:
            self._lines.write(json.dumps(message).encode())
        except LinesEnded as error:
            died = self._died()
            self.close()
            raise died from error

    def _leave(self, job: str | None, frames: Frames | None) -> None:
        """Ask the job to stop; the process lives on when it does so in time."""
        if frames is not None:
            frames.discard()
        deadline = _Deadline(_GRACE_SECONDS)
        try:
            self._send({"do": "cancel", "job": job})
            self._listen(job, _GRACE_SECONDS, deadline, frames=frames)
        except (Cancelled, LectureError):
            log.info("bridge killed: its job did not stop in time")
            self.close()

    def _fail(self, failed: Failed) -> None:
        if failed.code == "import_failed":
            self.close()
        raise _ERRORS.get(failed.code, EngineError)(failed.message)


class _Deadline:
    """A cancellation that comes by itself."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() > self._end:
            raise Cancelled


def _kinds(error: ValidationError) -> str:
    """What is wrong with a line, without its content."""
    return ",".join(sorted({found["type"] for found in error.errors(include_input=False)}))


def _check_ready(event: Event, name: str, *, engine: str, python: str) -> None:
    if isinstance(event, Failed):
        raise _ERRORS.get(event.code, EngineError)(event.message)
    if not isinstance(event, Ready):
        raise EngineCrashed(f"{name} broke the line protocol: {event.event} before ready")
    if event.python.split(".")[:2] != python.split("."):
        raise WrongInterpreter(f"{name} needs Python {python}, its interpreter is {event.python}")
    if event.protocol != PROTOCOL:
        raise EngineUnavailable(
            f"{name} speaks version {event.protocol} of the line protocol, not {PROTOCOL}"
        )
    if event.engine != engine:
        raise EngineUnavailable(
            f"{name} answers as the engine {event.engine[:40]!r}, not {engine!r}"
        )
