"""Where log records go; called by entry points only."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from app.disk import writable_folder
from app.errors import ConfigError

FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s %(message)s"
FILE_BYTES = 10_000_000
FILES_KEPT = 5

ROTATE_AGAIN_SECONDS = 60.0
"""After a rotation that failed; meanwhile the file grows beyond its size."""

_STDERR = 2


def to_stderr(level: str) -> None:
    """Log to stderr: whoever started the process keeps it."""
    logging.basicConfig(level=level, format=FORMAT, force=True)
    _quieten()


def to_file(level: str, folder: Path) -> None:
    """Log to ``app.log`` in that folder, rotated, and nowhere else."""
    logging.basicConfig(level=level, format=FORMAT, handlers=[rotating(folder)], force=True)
    _quieten()


def rotating(folder: Path) -> RotatingFileHandler:
    """The one writer of ``app.log``: rotation allows no second.

    Raises:
        ConfigError: The folder or the file cannot be written to.
    """
    writable_folder(folder, "paths.logs")
    try:
        handler = _AppLog(
            folder / "app.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
        )
    except OSError as error:
        raise ConfigError(
            f"paths.logs: cannot write {folder / 'app.log'}: {error.strerror}; "
            "give it to the user of the service, or name another folder"
        ) from error
    handler.setFormatter(logging.Formatter(FORMAT))
    return handler


def tell(line: str) -> None:
    """Say a line on stderr, if anybody listens there: the service goes on without."""
    with contextlib.suppress(OSError):
        os.write(_STDERR, f"{line}\n".encode("utf-8", "backslashreplace"))


class _AppLog(RotatingFileHandler):
    """A log that may fail to be written: it tells so once, and once that it works again."""

    _lost = 0
    """Records since it failed."""
    _rotation_failed: float | None = None
    _failed = False
    """The record at hand could not be written."""

    def emit(self, record: logging.LogRecord) -> None:
        self._failed = False
        if self.stream is not None and not self._is_in_place(self.stream):
            self._drop_stream()
        super().emit(record)
        if not self._failed and self._lost:
            tell(f"the log {self.baseFilename} is written again, {self._lost} lines are missing")
            self._lost = 0

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)  # a fault of whoever logs, with its traceback
            return
        self._failed = True
        self._drop_stream()
        if not self._lost:
            tell(
                f"cannot write the log {self.baseFilename}: {error.strerror}; "
                "the service goes on without it"
            )
        self._lost += 1

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        failed = self._rotation_failed
        if failed is not None and time.monotonic() - failed < ROTATE_AGAIN_SECONDS:
            return False
        return bool(super().shouldRollover(record))

    def doRollover(self) -> None:
        try:
            super().doRollover()
        except OSError as error:
            if self._rotation_failed is None:
                tell(
                    f"cannot rotate the log {self.baseFilename}: {error.strerror}; "
                    "it grows until that is mended"
                )
            self._rotation_failed = time.monotonic()
            self._drop_stream()
        else:
            if self._rotation_failed is not None:
                tell(f"the log {self.baseFilename} is rotated again")
            self._rotation_failed = None

    def _is_in_place(self, stream: IO[str]) -> bool:
        """Whether what is written still lands in the file of that name."""
        try:
            named, ours = Path(self.baseFilename).stat(), os.fstat(stream.fileno())
        except OSError:
            return False
        return (named.st_dev, named.st_ino) == (ours.st_dev, ours.st_ino)

    def _drop_stream(self) -> None:
        """The next record opens the file anew; what this stream could not write is gone."""
        if self.stream is not None:
            with contextlib.suppress(OSError):
                self.stream.close()
            self.stream = None


def _quieten() -> None:
    """Alembic tells at INFO that there was nothing to do."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
