"""The directory that a caller names for its results: whether it may be used, and making it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.disk.folder import Folder, Identity, open_folder, refusal_named
from app.errors import PathError
from app.intake.files import Bounds
from app.lecture import RESULT_FOLDERS


def check_output_dir(path: Path, *, bounds: Bounds) -> Path:
    """The output directory, links followed; it may be missing when its parent is there.

    Nothing is created.

    Raises:
        PathError: It is a file, not writable, outside the roots or around the service's own
            folder, its parent is missing, or a link stands where one of its folders should be.
    """
    real = bounds.check(path)
    if bounds.roots is not None and bounds.resolved_private().is_relative_to(real):
        raise PathError(f"{path} holds the service's own folder; results go into another one")
    if not _is_unicode(real):
        raise PathError(f"{path} leads to a folder whose name is not UTF-8")
    try:
        _check_usable(path, real)
    except PathError as error:
        # Those of a folder name what lies there, which may be called otherwise in the request.
        said = str(error)
        raise PathError(said if str(path) in said else f"{path}: {said}") from error
    except OSError as error:
        raise PathError(f"{path} cannot be opened: {error.strerror}") from error
    return real


def make_output_dir(real: Path) -> Identity:
    """Make the directory that :func:`check_output_dir` gave, unless it is there.

    Returns:
        What it is known by when the results come.

    Raises:
        DiskFull: There is no space for it.
        PathError: It cannot be made, or a link stands on the way to it by now.
    """
    with refusal_named(real), open_folder(real.parent) as parent:
        if not real.name:
            return parent.identity
        with _entered(parent, real.name) as folder:
            return folder.identity


def _entered(parent: Folder, name: str) -> Folder:
    """A folder in another one, made when it is missing."""
    with suppress(FileNotFoundError):
        return parent.enter(name)
    parent.make(name)
    with suppress(PermissionError):  # who may write to it need not be let read it
        parent.sync()
    return parent.enter(name)


def _is_unicode(path: Path) -> bool:
    """Whether a path can be stored and told: names may be any bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_usable(path: Path, real: Path) -> None:
    try:
        folder = open_folder(real)
    except FileNotFoundError:
        _check_can_be_made(path, real)
        return
    with folder:
        if not folder.is_writable():
            raise PathError(f"{path} is not writable")
        for name in RESULT_FOLDERS:
            _check_inner(folder, name)


def _check_inner(folder: Folder, name: str) -> None:
    if folder.status(name) is not None:
        with folder.enter(name) as inner:
            if not inner.is_writable():
                raise PathError(f"{inner.path} is not writable")


def _check_can_be_made(path: Path, real: Path) -> None:
    try:
        parent = open_folder(real.parent)
    except FileNotFoundError as error:
        raise PathError(f"neither {path} nor its parent directory exists") from error
    with parent:
        if not parent.is_writable():
            raise PathError(f"{path} does not exist and {real.parent} is not writable")
