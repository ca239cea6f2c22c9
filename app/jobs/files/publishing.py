"""Files put into the caller's directory, each at once and whole, and taken away again.

The directory is held open meanwhile, and so is every folder in it that files go to: see
:mod:`app.disk.folder`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import NamedTuple

from app.disk.folder import Folder, Identity, open_folder, refusal_named
from app.errors import PathError
from app.jobs.files.parts import part_name, parts_in

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that shall be at a place."""

    source: Path | bytes
    """What to copy, or the content."""
    target: Path
    size: int
    sha256: str


class _Place(NamedTuple):
    folder: Folder
    name: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Copies that only need to be renamed."""

    parts: list[tuple[_Place, Path]] = field(default_factory=list)
    """Where each copy lies, and where it goes: into the same folder."""

    def publish(self) -> None:
        """Let the files appear, each at once and whole, in the order of staging.

        Raises:
            PathError: The place cannot be written to any more, or is another one by now.
        """
        for folder in {place.folder for place, _target in self.parts}:
            with refusal_named(folder.path):
                folder.check_in_place()
        while self.parts:
            (folder, part), target = self.parts[0]
            with refusal_named(target):
                folder.rename(part, target.name)
                folder.sync()
            self.parts.pop(0)

    def discard(self) -> None:
        """Remove the copies that were not published.  Safe to call twice."""
        while self.parts:
            (folder, part), _target = self.parts.pop()
            folder.remove(part)


class Output:
    """A job's directory for results, held open.

    Paths that its methods take and give lie below it.  A link that stands where one of its folders
    should be is a :class:`PathError`.
    """

    def __init__(self, folder: Folder, held: ExitStack) -> None:
        """For :func:`open_output`.

        Args:
            held: Closes what is opened later.
        """
        self._held = held
        self._folders = {folder.path: folder}
        self._root = folder.path

    def missing(self, files: Iterable[Wanted]) -> list[Wanted]:
        """Those that are not at their places yet.

        Raises:
            PathError: A folder stands at the place of one.
        """
        return [wanted for wanted in files if not self._is_published(wanted)]

    def stage(self, files: Iterable[Wanted], turn: str) -> Staged:
        """Copy files beside their places, and remove copies that earlier turns left there.

        A worker that was stopped for long and wakes up must not disturb its successor.

        Raises:
            DiskFull: No space is left there.
            PathError: The place cannot be written to.
        """
        staged = Staged()
        try:
            for wanted in files:
                with refusal_named(wanted.target):
                    self._stage(wanted, turn, staged)
        except BaseException:
            staged.discard()
            raise
        return staged

    def unchanged(self, files: Iterable[tuple[Path, str]]) -> list[Path]:
        """Those of some published files that still are what was published.

        Args:
            files: Path and sha256 of each.
        """
        return [path for path, sha256 in files if self._is_at(path, sha256)]

    def withdraw(self, paths: Iterable[Path]) -> None:
        """Remove published files; directories stay.

        Raises:
            PathError: One cannot be removed.
        """
        for path in paths:
            with refusal_named(path):
                if (folder := self._folder_of(path)) is not None:
                    folder.remove(path.name)

    def has(self, path: Path) -> bool:
        """Whether some regular file lies there."""
        return self.status(path) is not None

    def status(self, path: Path) -> os.stat_result | None:
        """What is known of a regular file that lies there; ``None`` when none does."""
        with refusal_named(path, doing="look at"):
            folder = self._folder_of(path)
            status = None if folder is None else folder.status(path.name)
        return status if status is not None and stat.S_ISREG(status.st_mode) else None

    def read(self, path: Path) -> BufferedReader | None:
        """A regular file that lies there, to read; ``None`` when none does."""
        with refusal_named(path, doing="read"):
            folder = self._folder_of(path)
            return None if folder is None else folder.read(path.name)

    def _is_published(self, wanted: Wanted) -> bool:
        target = wanted.target
        with refusal_named(target):
            folder = self._folder_of(target)
            status = None if folder is None else folder.status(target.name)
            if status is not None and stat.S_ISDIR(status.st_mode):
                raise PathError(f"cannot write {target}: a folder stands there")
        return (
            status is not None
            and status.st_size == wanted.size
            and self._is_at(target, wanted.sha256)
        )

    def _is_at(self, path: Path, sha256: str) -> bool:
        """Whether a regular file of that content lies there, as far as it can be read."""
        try:
            folder = self._folder_of(path)
            file = None if folder is None else folder.read(path.name)
            if file is None:
                return False
            with file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def _stage(self, wanted: Wanted, turn: str, staged: Staged) -> None:
        target = wanted.target
        folder = self._made_folder_of(target)
        for left in parts_in(folder, {target.name}):
            if left.turn < turn:
                folder.remove(left.name)
        part = part_name(target.name, turn)
        with folder.create(part) as copy:
            staged.parts.append((_Place(folder, part), target))
            _write(wanted.source, copy)
            copy.flush()
            os.fsync(copy.fileno())

    def _folder_of(self, path: Path) -> Folder | None:
        """The folder that a file lies in; ``None`` when it is missing."""
        folder = self._folders[self._root]
        for name in path.relative_to(self._root).parent.parts:
            try:
                folder = self._entered(folder, name)
            except FileNotFoundError:
                return None
        return folder

    def _made_folder_of(self, path: Path) -> Folder:
        """The same, made when it is missing."""
        folder = self._folders[self._root]
        for name in path.relative_to(self._root).parent.parts:
            if folder.status(name) is None:
                folder.make(name)
                with suppress(PermissionError):  # who may write to it need not be let read it
                    folder.sync()
            folder = self._entered(folder, name)
        return folder

    def _entered(self, folder: Folder, name: str) -> Folder:
        path = folder.path / name
        if path not in self._folders:
            self._folders[path] = self._held.enter_context(folder.enter(name))
        return self._folders[path]


@contextmanager
def open_output(path: Path, identity: Identity | None = None) -> Iterator[Output]:
    """Open a job's directory for results; it is never made here.

    Args:
        identity: What it was when the job was accepted, as far as that is known.

    Raises:
        PathError: It is gone, a link leads there by now, or nothing is mounted there any more.
    """
    folder = _folder_at(path)
    if folder is None:
        raise PathError(f"the output directory {path} is gone")
    with ExitStack() as held:
        held.enter_context(folder)
        if identity is not None and folder.is_unmounted(identity):
            raise PathError(
                f"the output directory {path} is not the one that was asked for: "
                f"nothing is mounted at {identity.mount} any more"
            )
        yield Output(folder, held)


def is_there(output: Path, path: Path) -> bool:
    """Whether some regular file lies at a place in a job's directory, which may be gone.

    Raises:
        PathError: A link leads there by now, or it may not be looked at.
    """
    folder = _folder_at(output)
    if folder is None:
        return False
    with ExitStack() as held:
        held.enter_context(folder)
        return Output(folder, held).has(path)


def _folder_at(path: Path) -> Folder | None:
    """A directory for results; ``None`` when it is gone."""
    try:
        return open_folder(path)
    except FileNotFoundError:
        return None
    except PathError as error:
        raise PathError(f"the output directory {path} cannot be used: {error}") from error
    except OSError as error:
        why = error.strerror
        raise PathError(f"the output directory {path} cannot be used: {why}") from error


def _write(source: Path | bytes, copy: BufferedWriter) -> None:
    if isinstance(source, bytes):
        copy.write(source)
        return
    with source.open("rb") as file:
        shutil.copyfileobj(file, copy, _CHUNK)
