"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import DiskFull, MediaError

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; on a clean exit it becomes ``target``.

    The content is on the disk before the name is.  After an exception, or a
    cancellation, the unfinished file is gone and a former ``target`` is untouched.

    Raises:
        DiskFull: No space is left.
        MediaError: The directory cannot be written.
    """
    part = target.with_name(target.name + ".part")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(f"no space left to write {target.name}") from error
        if error.filename is None or Path(error.filename) != part:
            # The caller's block failed at something else; that is not ours to explain.
            raise
        raise MediaError(f"cannot write {target.name}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def scratch_dir(target: Path) -> Iterator[Path]:
    """Give an empty directory beside ``target``, removed in the end whatever happens.

    One that a killed process left behind is emptied first.

    Raises:
        MediaError: The directory of ``target`` cannot be written.
    """
    scratch = target.with_name(target.name + ".work.part")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        scratch.mkdir()
    except OSError as error:
        raise MediaError(f"cannot write beside {target.name}: {error.strerror}") from error
    try:
        yield scratch
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(f"no space left to write {target.name}") from error
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text with Unix line ends, whole or not at all."""
    with whole_file(target) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
