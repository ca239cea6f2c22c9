"""The service's own folders: whether they can be used, and whose they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import config
from app.disk import writable_folder
from app.errors import ConfigError

if TYPE_CHECKING:
    from config import Settings

FORMER_STORE = config.ROOT / "generated" / ".service" / "jobs.db"
"""Where the job store lay when the settings named none."""

_DATA_FOLDERS = ("artifacts", "cache", "inputs", "lectures", "library")


def check(settings: Settings) -> None:
    """Be sure of the service's own folders.

    Raises:
        ConfigError: One cannot be used, or the job store was left behind elsewhere.
    """
    make_private(settings.paths.data)
    for name in _DATA_FOLDERS:  # and nothing else: a mount point may have a lost+found
        if (settings.paths.data / name).exists():
            writable_folder(settings.paths.data / name, "paths.data")
    models = settings.paths.models
    if models.exists() and not (models.is_dir() and os.access(models, os.R_OK | os.X_OK)):
        raise ConfigError(f"paths.models: {models} is no folder that this user can read")
    _check_store_is_not_elsewhere(settings)


def spool(settings: Settings) -> Path:
    """Where large request bodies lie, which nobody else on the machine can read.

    Raises:
        ConfigError: It cannot be made or written to.
        DiskFull: No space is left for it.
    """
    folder = settings.paths.spool or settings.paths.data / "spool"
    writable_folder(folder, "paths.spool", mode=0o700)
    return folder


def _check_store_is_not_elsewhere(settings: Settings) -> None:
    """Where the data folder alone was set, the job store used to lie in the default one."""
    data, former = settings.paths.data.resolve(), FORMER_STORE
    if settings.jobs.database_url is not None or former.parent == data:
        return
    used = (data / "artifacts").exists() and not (data / "jobs.db").exists()
    if used and former.exists():
        raise ConfigError(
            f"paths.data: {data} is in use and has no jobs.db, which may be {former}: stop the "
            "service and move that there, with jobs.db-wal and jobs.db-shm if there are any, "
            f"or set jobs.database_url to sqlite:///{former}"
        )


def make_private(folder: Path) -> None:
    """Nobody else on the machine has a business with faces, voices and texts."""
    writable_folder(folder, "paths.data", mode=0o700)
