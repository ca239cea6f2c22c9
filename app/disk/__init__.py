"""Writing to disks that may be full and folders that others change, safe from power cuts."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import ConfigError, DiskFull

_SAID = {
    errno.ENOSPC: "No space left on device",
    errno.EDQUOT: "Disk quota exceeded",
    # The limit is a process's own (ulimit -f), but the cure is the same.
    errno.EFBIG: "File too large",
}
"""What "no space" is called, and how programs say it that speak as the C library does."""


def disk_full(error: Exception, what: object = "") -> DiskFull | None:
    """The error to raise when no space was left; ``None`` for any other error.

    Args:
        what: Was to be written; callers read it, so no private path.
    """
    reason = _SAID.get(error.errno or 0) if isinstance(error, OSError) else None
    return None if reason is None else _full(what, reason)


def disk_full_told(status: int, lines: Iterable[str], what: object) -> DiskFull | None:
    """The same for a program that failed.

    Args:
        status: As shells have it: 128 + n for death by signal n.
        lines: Of its error output.
        what: It was to write.
    """
    if status == 128 + signal.SIGXFSZ:
        return _full(what, _SAID[errno.EFBIG])
    told = (reason for line in lines for reason in _SAID.values() if reason in line)
    reason = next(told, None)
    return None if reason is None else _full(what, reason)


@contextmanager
def disk_full_named(what: object) -> Iterator[None]:
    """Let :class:`DiskFull` tell what found no space; other errors pass."""
    try:
        yield
    except OSError as error:
        if (full := disk_full(error, what)) is not None:
            raise full from error
        raise


def writable_folder(path: Path, setting: str, mode: int = 0o777) -> None:
    """Make a folder where there is none, and be sure that this process may write to it.

    Args:
        setting: Names the folder, for the message.
        mode: Of a folder that is made.

    Raises:
        ConfigError: It is something else, or cannot be made or written to.
        DiskFull: No space is left for it.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=mode)
    except FileExistsError as error:
        raise ConfigError(f"{setting}: {path} is no folder; name one") from error
    except OSError as error:
        if (full := disk_full(error, path)) is not None:
            raise full from error
        raise ConfigError(f"{setting}: cannot make the folder {path}: {error.strerror}") from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigError(
            f"{setting}: the folder {path} cannot be written to by this user; "
            "give it to the user of the service, or name another"
        )


def sync(path: Path) -> None:
    """Have a file's content on the disk when this returns."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_dir(path: Path) -> None:
    """The same for the names in a directory."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _full(what: object, reason: str) -> DiskFull:
    return DiskFull(f"no space left{f' for {what}' if what else ''}: {reason}")
