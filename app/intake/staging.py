"""The private folder that a request's content is copied to, and its lasting place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.disk import disk_full_named
from app.errors import PathError
from app.jobs.files.retention import STAGING


@dataclass(frozen=True, slots=True)
class Staging:
    """A folder that nobody else writes to."""

    path: Path

    def lasting(self, name: str) -> Path:
        """The place of that name, for :meth:`settle`; nothing is there yet.

        Args:
            name: Never the same for other content.
        """
        return self.path.parent / name

    def settle(self, place: Path) -> None:
        """Give the folder its lasting place; an equal one that lies there already stays.

        Raises:
            DiskFull: No space is left.
            PathError: Somebody removes the folders of copies while this is tried.
        """
        for _ in range(2):
            try:
                with disk_full_named(place.parent.name):
                    self.path.rename(place)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
            try:
                # New again: whoever removes old copies spares them until the lecture is submitted.
                os.utime(place)
            except FileNotFoundError:
                continue  # removed between the two
            return
        raise PathError("the copies of the input vanish while they are put in place; try again")


@contextmanager
def staging(inputs: Path) -> Iterator[Staging]:
    """A new folder, gone afterwards unless it was settled.

    Args:
        inputs: The folder of all copies; made when it is missing.

    Raises:
        DiskFull: Not even a folder fits.
    """
    with disk_full_named(inputs.name):
        inputs.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=inputs))
    try:
        yield Staging(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
