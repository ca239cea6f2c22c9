"""Files that appear whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.disk import disk_full, disk_full_named, sync
from app.errors import MediaError


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
        sync(part)
        part.replace(target)
    except OSError as error:
        if (full := disk_full(error, target.name)) is not None:
            raise full from error
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
        DiskFull: No space is left.
        MediaError: The directory of ``target`` cannot be written.
    """
    scratch = target.with_name(target.name + ".work.part")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        scratch.mkdir()
    except OSError as error:
        beside = MediaError(f"cannot write beside {target.name}: {error.strerror}")
        raise disk_full(error, target.name) or beside from error
    try:
        with disk_full_named(target.name):
            yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text with Unix line ends, whole or not at all."""
    with whole_file(target) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
