"""Remove from the library's folders what nobody will ask for any more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select

from app.jobs.files.retention import Removed
from app.jobs.store.job import JobKey
from app.jobs.store.tables import Now, job
from app.library.library import Library
from app.library.staging import abandoned
from app.library.tables import library_item
from app.library.uploads import Uploads

_PREVIEW = re.compile(r"(?P<kind>[a-z]+)-(?P<tenant>.+)-(?P<id>[0-9]+)", re.ASCII)

_LOST_SECONDS = 3600.0
"""Since a job has ended; whoever removes what it shows removes it as well, within seconds."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What :func:`sweep` has removed, or would remove."""

    contents: Removed
    """Files that no face and no voice has."""
    uploads: Removed
    """Expired ones, and leftovers of dead processes."""
    previews: Removed
    """Of faces and voices that are gone."""
    staged: Removed
    """What dead processes were receiving."""

    @property
    def total(self) -> Removed:
        kinds = (self.contents, self.uploads, self.previews, self.staged)
        return Removed(sum(each.number for each in kinds), sum(each.size for each in kinds))


def sweep(library: Library, uploads: Uploads, *, dry_run: bool) -> Swept:
    """Remove it; any number of processes at once, and while others store things.

    Args:
        dry_run: Only tell.
    """
    staged = list(abandoned(library.staging_folder, dry_run=dry_run))
    return Swept(
        contents=library.sweep_contents(dry_run=dry_run),
        uploads=uploads.sweep(dry_run=dry_run),
        previews=_sweep_previews(library, dry_run=dry_run),
        staged=Removed(sum(files for files, _ in staged), sum(size for _, size in staged)),
    )


def lost_jobs(library: Library, kinds: Collection[str], most: int) -> list[tuple[str, JobKey]]:
    """Some jobs, with their kinds, that showed faces and voices which are gone by now.

    Args:
        kinds: Of jobs that have the ids of what they show.
    """
    shown = exists().where(library_item.c.tenant == job.c.tenant, library_item.c.id == job.c.id)
    query = (
        select(job.c.kind, job.c.tenant, job.c.id)
        .where(job.c.kind.in_(kinds), job.c.finished < Now() - _LOST_SECONDS, ~shown)
        .limit(most)
    )
    with library.database.read() as connection:
        return [(row.kind, JobKey(row.tenant, row.id)) for row in connection.execute(query)]


def _sweep_previews(library: Library, *, dry_run: bool) -> Removed:
    folder = library.previews_folder
    # Looked for before the rows: of what is there by now the row is there by then.
    found = list(folder.iterdir()) if folder.is_dir() else []
    with library.database.read() as connection:
        living = set(connection.execute(select(library_item.c.id)).scalars())
    number = size = 0
    for path in found:
        named = _PREVIEW.fullmatch(path.name)
        if named is None or int(named["id"]) in living:
            continue
        sizes = _sizes(path)
        number, size = number + len(sizes), size + sum(sizes)
        if not dry_run:
            shutil.rmtree(path, ignore_errors=True)
    return Removed(number, size)


def _sizes(folder: Path) -> list[int]:
    return [file.lstat().st_size for file in folder.rglob("*") if file.is_file()]
