"""The identity of a data folder: one job store belongs to one folder, wherever that is mounted.

A job store that meets another folder than its own would find nothing of what it tells of, and
two services on one store would each remove what only the other knows.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import tempfile
from pathlib import Path

from app.disk import disk_full_named, sync_dir
from app.errors import ConfigError
from app.jobs.store import belonging
from app.jobs.store.belonging import DataFolder
from app.jobs.store.store import Store

FILE = "identity"
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)
"""What file systems say that have no hard links."""

_SHOWN = 8
"""Letters of an identity in a message."""


def claim(store: Store, folder: Path) -> None:
    """Let a migrated store and its data folder belong together, from the first start on.

    Raises:
        ConfigError: The store belongs to another folder.
    """
    with store.database.read() as connection:
        known = belonging.owner(connection)
    found = read(folder)
    if known is None and found is None:
        found = _make(folder)
    here = None if found is None else DataFolder(found, folder.resolve())
    if here is not None and here != known:
        # Of two that start first at the same time, one is told below that it is not the owner.
        with store.database.write() as connection:
            belonging.note(connection, here)
            known = belonging.owner(connection)
    if (fault := _difference(store, known, here, folder)) is not None:
        raise ConfigError(fault)


def fault(store: Store, folder: Path) -> str | None:
    """What :func:`claim` would complain of; changes nothing.

    Raises:
        ConfigError: The file of the identity cannot be used.
    """
    with store.database.read() as connection:
        known = belonging.owner(connection)
    found = read(folder)
    here = None if found is None else DataFolder(found, folder.resolve())
    return None if known is None else _difference(store, known, here, folder)


def adopt(store: Store, folder: Path) -> str:
    """Let the store belong to this folder from now on; returns the folder's identity."""
    found = read(folder) or _make(folder)
    with store.database.write() as connection:
        belonging.replace(connection, DataFolder(found, folder.resolve()))
    return found


def read(folder: Path) -> str | None:
    """The identity of a folder; ``None`` when it has none yet.

    Raises:
        ConfigError: The file that holds it cannot be read, or holds something else.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigError(f"paths.data: cannot read the identity {path}: {reason}") from error
    if not re.fullmatch("[0-9a-f]{32}", text):
        raise ConfigError(
            f"paths.data: {path} holds no identity: restore it from a backup, or remove it "
            "and run `python -m app adopt`"
        )
    return text


def _make(folder: Path) -> str:
    """Give a folder its identity, or find the one that somebody else gives it just now."""
    path = folder / FILE
    with disk_full_named("the data folder"):
        descriptor, part = tempfile.mkstemp(prefix=f".{FILE}-", dir=folder)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(f"{secrets.token_hex(16)}\n")
                file.flush()
                os.fsync(descriptor)
            _appear(Path(part), path)
        finally:
            Path(part).unlink(missing_ok=True)
        sync_dir(folder)
    made = read(folder)
    assert made is not None
    return made


def _appear(part: Path, path: Path) -> None:
    """Give a whole file its name, unless there is one of that name."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Of two first starts at the same moment one would be refused at its next start.
        part.rename(path)


def _difference(
    store: Store, known: DataFolder | None, here: DataFolder | None, folder: Path
) -> str | None:
    if known is not None and here is not None and known.identity == here.identity:
        return None
    assert known is not None
    return (
        f"the job store {store.database.where} belongs to the data folder {known.path} "
        f"(identity {known.identity[:_SHOWN]}), and paths.data is {folder} "
        f"({f'identity {here.identity[:_SHOWN]}' if here else 'without identity'}): name, mount "
        "or restore the store's own folder, or, if that is lost for good, stop every process "
        "of the service and run `python -m app adopt`"
    )
