"""Which data folder a store belongs to; functions but :func:`owner` need to write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from app.jobs.store.database import upsert
from app.jobs.store.tables import data_folder

_ONLY = 1


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A data folder, by what is the same wherever it is mounted or moved to."""

    identity: str
    path: Path
    """Where it lies, or lay when a process that used it started last."""


def owner(connection: Connection) -> DataFolder | None:
    """The folder; ``None`` before the first start."""
    row = connection.execute(select(data_folder.c.identity, data_folder.c.path)).one_or_none()
    return None if row is None else DataFolder(row.identity, Path(row.path))


def note(connection: Connection, found: DataFolder) -> None:
    """Note the folder, or its new path, unless the store belongs to another."""
    connection.execute(upsert(connection, data_folder).values(_row(found)).on_conflict_do_nothing())
    same = data_folder.c.identity == found.identity
    connection.execute(update(data_folder).where(same).values(path=str(found.path)))


def replace(connection: Connection, found: DataFolder) -> None:
    """Let the store belong to another folder."""
    connection.execute(data_folder.delete())
    connection.execute(insert(data_folder).values(_row(found)))


def _row(found: DataFolder) -> dict[str, object]:
    return {"number": _ONLY, "identity": found.identity, "path": str(found.path)}
