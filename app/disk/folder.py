"""Folders that are held open, so that nothing can be put in their place.

A path is looked up anew by every call that is given one: whoever may write to a folder on the way
can put a link there between any two.  What is done relative to a descriptor is done in the
folder that was opened, wherever its path leads by now.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import NamedTuple, Self

from app.disk import disk_full_named
from app.errors import PathError

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC

# O_NONBLOCK: a FIFO that took the file's place would wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Identity(NamedTuple):
    """What tells a folder from another one that stands at the same path later."""

    inode: int
    mount: Path
    """Where the file system is mounted that the folder lies on."""


class Folder:
    """An open folder; names are those of what lies in it, without a slash."""

    def __init__(self, path: Path, descriptor: int, mount: Path) -> None:
        """For :func:`open_folder` and :meth:`enter`, which are the ways to one."""
        self.path = path
        self._descriptor = descriptor
        self._mount = mount

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        os.close(self._descriptor)

    @property
    def identity(self) -> Identity:
        return Identity(os.fstat(self._descriptor).st_ino, self._mount)

    def is_unmounted(self, former: Identity) -> bool:
        """Whether this is the bare folder under the one of that identity, whose disk is gone.

        The inode alone tells too little: an owner may replace a folder, and some file systems
        number theirs anew at each mount.  So does the mount point: machines may mount differently.
        """
        now = self.identity
        shallower = now.mount != former.mount and former.mount.is_relative_to(now.mount)
        return shallower and now.inode != former.inode

    def check_in_place(self) -> None:
        """See that the path still leads here.

        Raises:
            PathError: It does not.
        """
        try:
            with open_folder(self.path) as found:
                same = os.path.samestat(os.fstat(found._descriptor), os.fstat(self._descriptor))
        except FileNotFoundError:
            same = False
        if not same:
            raise PathError(f"{self.path} was moved or removed while it was written to")

    def enter(self, name: str) -> Folder:
        """Open a folder in this one.

        Raises:
            PathError: A link stands there, or something else that is no folder.
            OSError: It is missing, or may not be entered.
        """
        path = self.path / name
        try:
            descriptor = self._opened(name)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise PathError(f"{path} is {self._kind(name)}, not a directory") from error
            raise
        same_disk = os.fstat(descriptor).st_dev == os.fstat(self._descriptor).st_dev
        return Folder(path, descriptor, self._mount if same_disk else path)

    def make(self, name: str) -> None:
        """Make a folder in this one, unless something of that name is there."""
        try:
            os.mkdir(name, dir_fd=self._descriptor)
        except FileExistsError:
            return

    def status(self, name: str) -> os.stat_result | None:
        """What lies there, itself and not what a link leads to; ``None`` when nothing does."""
        try:
            return os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def is_writable(self) -> bool:
        """Whether this process may make files in it."""
        return os.access(".", os.W_OK | os.X_OK, dir_fd=self._descriptor)

    def names(self) -> list[str]:
        """Of everything in it."""
        with self._readable() as descriptor, os.scandir(descriptor) as entries:
            return [entry.name for entry in entries]

    def create(self, name: str) -> BufferedWriter:
        """A new file to write to; its mode is what the process's umask leaves."""
        return os.fdopen(os.open(name, _NEW_FILE, 0o666, dir_fd=self._descriptor), "wb")

    def read(self, name: str) -> BufferedReader | None:
        """A regular file to read; ``None`` when there is none of that name."""
        # Looked at before it is opened: opening a device can have effects of its own.
        status = self.status(name)
        if status is None or not stat.S_ISREG(status.st_mode):
            return None
        try:
            descriptor = os.open(name, _FILE, dir_fd=self._descriptor)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP):
                return None  # replaced since it was looked at
            raise
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return None
        return os.fdopen(descriptor, "rb")

    def rename(self, name: str, to: str) -> None:
        """Give a file another name in this folder, in place of whatever file has that now."""
        os.rename(name, to, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def remove(self, name: str) -> None:
        """Remove a file; none of that name is no error."""
        try:
            os.unlink(name, dir_fd=self._descriptor)
        except FileNotFoundError:
            return

    def sync(self) -> None:
        """Have the names in it on the disk when this returns."""
        with self._readable() as descriptor:
            os.fsync(descriptor)

    @contextmanager
    def _readable(self) -> Iterator[int]:
        """A descriptor that is more than a place, for which the folder must be readable."""
        descriptor = os.open(".", os.O_RDONLY | _FOLDER, dir_fd=self._descriptor)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _opened(self, name: str) -> int:
        try:
            # Not O_PATH at first: it has nothing mounted at an automount point.
            return os.open(name, os.O_RDONLY | _FOLDER, dir_fd=self._descriptor)
        except PermissionError:
            # Enough to pass through it, and to write to it.
            return os.open(name, os.O_PATH | _FOLDER, dir_fd=self._descriptor)

    def _kind(self, name: str) -> str:
        status = self.status(name)
        return "a link" if status is not None and stat.S_ISLNK(status.st_mode) else "a file"


def open_folder(path: Path) -> Folder:
    """Open a folder by entering every folder on the way to it, without following a link.

    Args:
        path: Absolute, and resolved: a link on it is somebody's doing.

    Raises:
        PathError: A link stands where a folder was, or something else does.
        FileNotFoundError: A folder of the way is gone.
        OSError: One may not be entered.
    """
    root, *names = path.parts
    folder = Folder(Path(root), os.open(root, os.O_PATH | _FOLDER), Path(root))
    for name in names:
        with folder:
            folder = folder.enter(name)
    return folder


@contextmanager
def refusal_named(what: object, *, doing: str = "write") -> Iterator[None]:
    """Let the system's refusal to do something be told as such: no space, or a path at fault.

    Raises:
        DiskFull: No space is left.
        PathError: Any other refusal.
    """
    try:
        with disk_full_named(what):
            yield
    except OSError as error:
        raise PathError(f"cannot {doing} {what}: {error.strerror}") from error
