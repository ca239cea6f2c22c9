"""ffmpeg as a child process: found, started, waited for, killed."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
from collections import deque
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

from app.disk import disk_full_told
from app.errors import DiskFull, EngineUnavailable, MediaError
from app.ports.work import Cancel
from app.process.child import Child

log = logging.getLogger(__name__)

Stream = Any
"""A graph of ffmpeg-python, which carries no types."""

_COMMON = ("-hide_banner", "-loglevel", "error", "-nostdin")

_LINES_KEPT = 40


def locate(given: Path | None = None) -> Path:
    """Find ffmpeg: the given one, else the system's, else the one in the imageio-ffmpeg wheel.

    Raises:
        EngineUnavailable: The given path is no program, or there is none at all.
    """
    if given is None:
        return _found()
    if not (given.is_file() and os.access(given, os.X_OK)):
        raise EngineUnavailable(f"no ffmpeg program at {given}, which media.ffmpeg names")
    return given


@cache
def _found() -> Path:
    installed = shutil.which("ffmpeg")
    if installed:
        return Path(installed)
    import imageio_ffmpeg

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise EngineUnavailable(
            "no ffmpeg program on PATH nor in the package imageio-ffmpeg: install Debian's"
            " package ffmpeg, or name a program in media.ffmpeg"
        ) from error


def source(path: Path, **options: object) -> Stream:
    """Input of an ffmpeg graph; the name can be no option, protocol or pattern.

    Args:
        path: A file of ours, or, with ``**FOREIGN`` of :mod:`app.media.containers`
            among the options, of anybody.
        options: ffmpeg's input options without the dash, e.g. ``ss=2.5``.
    """
    import ffmpeg

    return ffmpeg.input(f"file:{path}", **{"protocol_whitelist": "file,pipe", **options})


def sink(path: Path) -> str:
    """Output name for an ffmpeg graph, read by ffmpeg as a file whatever it is called."""
    return f"file:{path}"


class Ffmpeg:
    """A running ffmpeg.

    Its standard output is collected in memory, unless the caller reads it, and its error
    output, bounded, for the log.  As a context manager it leaves no process behind.
    """

    def __init__(
        self,
        graph: Stream | Sequence[str],
        *,
        purpose: str,
        ffmpeg: Path | None = None,
        feed: bool = False,
        read: bool = False,
        cpu_seconds: int = 0,
    ) -> None:
        """Start the program.

        Args:
            graph: An output of ffmpeg-python, or the bare arguments.
            purpose: What is done to what, for messages: ``"reading voice.wav"``.
            ffmpeg: The program; found by :func:`locate` when not given.
            feed: Whether the caller writes to :attr:`stdin`.
            read: Whether the caller reads :attr:`stdout`; nobody else does then.
            cpu_seconds: Of computing, after which the kernel kills it; no limit when 0.
        """
        program = locate(ffmpeg)
        self._purpose = purpose
        self._complaints: deque[str] = deque(maxlen=_LINES_KEPT)
        # Memory that looks like a file: nobody has to empty it while the program writes.
        self._output = None if read else os.fdopen(os.memfd_create("ffmpeg output"), "rb")
        self._child = Child(
            [program, *_COMMON, *_arguments(graph)],
            name="ffmpeg",
            stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
            stdout=subprocess.PIPE if self._output is None else self._output,
            errors=self._complaints.append,
            cpu_seconds=cpu_seconds,
        )

    @property
    def stdin(self) -> IO[bytes]:
        """The program's standard input; close it to say that no more follows."""
        return self._child.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The program's standard output, for a caller that said it would read it."""
        return self._child.stdout

    def written(self, since: int) -> bytes:
        """What it has put out so far after so many bytes, for a caller that does not read it."""
        assert self._output is not None, "the caller reads its output"
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), size - since, since) if size > since else b""

    @property
    def pid(self) -> int:
        """Of the program's reaper."""
        return self._child.pid

    def wait(self, *, timeout: float, cancel: Cancel | None = None) -> bytes:
        """Wait for a good end.

        Args:
            timeout: Seconds after which the program is killed.
            cancel: Checked about twenty times per second.

        Returns:
            The standard output; nothing when the caller reads it.

        Raises:
            MediaError: The program failed or took longer than ``timeout``.
            DiskFull: The program found no space to write to.
            Cancelled: By ``cancel``; the program is dead by then.
        """
        status = self._child.finish(timeout, None if cancel is None else cancel.check)
        if status is None:
            raise MediaError(f"ffmpeg took longer than {timeout:g} s at {self._purpose}")
        if status != 0:
            raise self._failure(status)
        if self._output is None:
            return b""
        self._output.seek(0)
        return self._output.read()

    def failed(self) -> DiskFull | MediaError:
        """The error to raise once the program no longer reads what it is fed."""
        status = self._child.finish(0.0)
        return self._failure(128 + signal.SIGKILL if status is None else status)

    def __enter__(self) -> Ffmpeg:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        if self._output is not None:
            self._output.close()

    def _failure(self, status: int) -> DiskFull | MediaError:
        for line in self._complaints:
            log.warning("ffmpeg complained pid=%d line=%s", self.pid, line)
        failed = MediaError(f"ffmpeg failed at {self._purpose}: exit status {status}")
        return disk_full_told(status, self._complaints, self._purpose) or failed


def run(
    graph: Stream | Sequence[str],
    *,
    purpose: str,
    timeout: float,
    cancel: Cancel | None = None,
    ffmpeg: Path | None = None,
    cpu_seconds: int = 0,
) -> bytes:
    """Run ffmpeg to its end and return its standard output.

    Arguments and errors are those of :class:`Ffmpeg` and :meth:`Ffmpeg.wait`.
    """
    with Ffmpeg(graph, purpose=purpose, ffmpeg=ffmpeg, cpu_seconds=cpu_seconds) as running:
        return running.wait(timeout=timeout, cancel=cancel)


def _arguments(graph: Stream | Sequence[str]) -> list[str]:
    if isinstance(graph, (list, tuple)):
        return [str(argument) for argument in graph]
    import ffmpeg

    arguments: list[str] = ffmpeg.get_args(graph, overwrite_output=True)
    return arguments
