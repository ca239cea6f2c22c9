"""Files put into the caller's directory, each at once and whole, and taken away again."""

from __future__ import annotations

import glob
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.disk import disk_full_named, sync, sync_dir
from app.errors import PathError
from app.steps import sha256_of

_PART = ".{name}.{turn}.part"
"""Name of a copy that has not appeared yet."""

_ANY_TURN = "[0-9a-f]" * 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that shall be at a place."""

    source: Path | bytes
    """What to copy, or the content."""
    target: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Copies that only need to be renamed."""

    parts: list[tuple[Path, Path]]
    """Where each copy lies, and where it goes."""

    def publish(self) -> None:
        """Let the files appear, each at once and whole, in the order of staging.

        Raises:
            PathError: The place cannot be written to any more.
        """
        while self.parts:
            part, target = self.parts[0]
            with _place_named(target):
                part.replace(target)
                sync_dir(target.parent)
            self.parts.pop(0)

    def discard(self) -> None:
        """Remove the copies that were not published.  Safe to call twice."""
        while self.parts:
            part, _target = self.parts.pop()
            part.unlink(missing_ok=True)


def missing(files: Iterable[Wanted]) -> list[Wanted]:
    """Those that are not at their places yet."""
    return [wanted for wanted in files if not _is_published(wanted)]


def turn_of(step_id: int, fence: int) -> str:
    """Name of a claim among all that ever publish a file; a later one is greater."""
    return f"{step_id:016x}{fence:08x}"


def stage(files: Iterable[Wanted], turn: str) -> Staged:
    """Copy files beside their places, and remove copies that earlier turns left there.

    A worker that was stopped for long and wakes up must not disturb its successor.

    Raises:
        DiskFull: No space is left there.
        PathError: The place cannot be written to.
    """
    staged = Staged([])
    try:
        for wanted in files:
            staged.parts.append((_copy_beside(wanted, turn), wanted.target))
    except BaseException:
        staged.discard()
        raise
    return staged


def unchanged(files: Iterable[tuple[Path, str]]) -> list[Path]:
    """Those of some published files that still are what was published.

    Args:
        files: Path and sha256 of each.
    """
    return [path for path, sha256 in files if _is_regular(path) and sha256_of(path) == sha256]


def withdraw(paths: Iterable[Path]) -> None:
    """Remove published files; directories stay.

    Raises:
        PathError: One cannot be removed.
    """
    for path in paths:
        with _place_named(path):
            path.unlink(missing_ok=True)


def parts_beside(target: Path) -> list[Path]:
    """Copies that have not appeared at a place."""
    return list(target.parent.glob(_PART.format(name=glob.escape(target.name), turn=_ANY_TURN)))


@contextmanager
def _place_named(target: Path) -> Iterator[None]:
    try:
        with disk_full_named(target):
            yield
    except OSError as error:
        raise PathError(f"cannot write {target}: {error.strerror}") from error


def _is_published(wanted: Wanted) -> bool:
    target = wanted.target
    try:
        return target.stat().st_size == wanted.size and sha256_of(target) == wanted.sha256
    except OSError:
        return False


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _copy_beside(wanted: Wanted, turn: str) -> Path:
    """Write a hidden file in the target's directory, on disk when this returns."""
    source, target = wanted.source, wanted.target
    part = target.with_name(_PART.format(name=target.name, turn=turn))
    with _place_named(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        for other in parts_beside(target):
            if other.name < part.name:
                other.unlink(missing_ok=True)
        try:
            if isinstance(source, bytes):
                part.write_bytes(source)
            else:
                shutil.copyfile(source, part)
            sync(part)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return part
