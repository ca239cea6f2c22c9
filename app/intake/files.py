"""Open what a caller names without being led astray, and copy it.

Every message names the path, and how it is called in the request is for others to say.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import InputError, PathError

log = logging.getLogger(__name__)

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the caller's paths may lie."""

    roots: Sequence[Path] | None
    """``None``: anywhere, for the user's own shell."""
    private: Path
    """The service's own folder, never the caller's."""

    def check(self, path: Path) -> Path:
        """The path with every link followed, if it lies where it may.

        Raises:
            PathError: It lies outside the roots, or cannot be resolved.
        """
        try:
            real = path.resolve()
        except (OSError, RuntimeError) as error:
            raise PathError(f"{path} cannot be resolved") from error
        if self.roots is None:
            return real
        roots = [found for root in self.roots if (found := _resolved(root)) is not None]
        inside = any(real.is_relative_to(root) for root in roots)
        if not inside or real.is_relative_to(self.resolved_private()):
            leads = f" (which leads to {real})" if real != path else ""
            raise PathError(
                f"{path}{leads} is outside the allowed folders; "
                "the service's administrator allows one by adding it to paths.roots"
            )
        return real

    def resolved_private(self) -> Path:
        return _resolved(self.private) or self.private


def copy_file(path: Path, target: Path, *, bounds: Bounds, max_bytes: int) -> str:
    """Copy a regular file; the copy is what the service works with from then on.

    The file is opened once, without blocking, and what was opened is checked, so that
    nothing can be swapped between check and use.

    Returns:
        The sha256 of what was copied.

    Raises:
        PathError: It is missing, no regular file, empty, too large, unreadable, or
            outside the roots.
        OSError: The copy cannot be written.
    """
    real = bounds.check(path)
    descriptor = _open_regular(path, real, bounds)
    with os.fdopen(descriptor, "rb") as source:
        size = os.fstat(source.fileno()).st_size
        if size == 0:
            raise PathError(f"{path} is empty")
        if size > max_bytes:
            raise PathError(f"{path} has {size:,} bytes; at most {max_bytes:,} are read")
        digest = hashlib.sha256()
        with target.open("xb") as copy:
            # Bounded by the size checked above even if the file grows meanwhile.
            while size > 0 and (chunk := _read(path, source, min(_CHUNK, size))):
                digest.update(chunk)
                copy.write(chunk)
                size -= len(chunk)
    return digest.hexdigest()


def _resolved(folder: Path) -> Path | None:
    """A folder of the configuration with every link followed, if it leads anywhere."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        log.warning("folder of the configuration cannot be resolved path=%s", folder)
        return None


def _read(path: Path, source: BinaryIO, size: int) -> bytes:
    try:
        return source.read(size)
    except OSError as error:
        raise PathError(f"{path} cannot be read: {error.strerror}") from error


def _open_regular(path: Path, real: Path, bounds: Bounds) -> int:
    # Looked at before it is opened: opening a device can have effects of its own.
    _check_regular(path, real)
    try:
        # O_NONBLOCK: a FIFO that took the file's place would wait for a writer.
        descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise PathError(f"no file at {path}") from error
    except PermissionError as error:
        raise PathError(f"{path} is not readable") from error
    except OSError as error:
        raise PathError(f"{path} cannot be opened: {error.strerror}") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise PathError(f"{path} is not a regular file")
        bounds.check(Path(f"/proc/self/fd/{descriptor}").readlink())
    except InputError:
        os.close(descriptor)
        raise
    return descriptor


def _check_regular(path: Path, real: Path) -> None:
    try:
        mode = real.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PathError(f"no file at {path}") from error
    except PermissionError as error:
        raise PathError(f"{path} is not readable") from error
    except OSError as error:
        raise PathError(f"{path} cannot be opened: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        raise PathError(f"{path} is a directory")
    if not stat.S_ISREG(mode):
        raise PathError(f"{path} is not a regular file")
