"""Files by their content: one copy of the same bytes, whoever stores them.

A file's name has a random part, and the row of a content says the name.  A content that is
removed and stored again is another file: whoever removes the former one takes nothing from the
latter.  Files come and go while :func:`lock` is held; so under the lock a file without a row is
one that somebody was about to add, or to remove, when he died.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, exists, insert, select, text

from app.disk import disk_full_named, sync, sync_dir
from app.library.media_types import START, MediaType, media_type
from app.library.staging import Staged
from app.library.tables import library_content, library_item

_POSTGRESQL_LOCK = 0x766C6C696272
"""Any number that nobody else locks in the same PostgreSQL database."""


def lock(connection: Connection) -> None:
    """Have no file of a content come or go elsewhere until the transaction ends."""
    # SQLite has one transaction that writes at a time.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK})


@dataclass(frozen=True, slots=True)
class Contents:
    """The folder of the files."""

    folder: Path

    def prepare(self, staged: Staged) -> MediaType:
        """Have a file's bytes on the disk, and tell what it is; may take its time.

        Raises:
            DiskFull: No space is left.
        """
        with disk_full_named("the upload"):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            sync(staged.path)
        with staged.path.open("rb") as file:
            return media_type(file.read(START))

    def add(self, connection: Connection, staged: Staged, suffix: str) -> Path | None:
        """Let a prepared file be the content's, unless it has one.

        Returns:
            The file's new place, to be removed if the transaction fails; ``None`` when there was
            one already.

        Raises:
            DiskFull: No space is left.
        """
        lock(connection)
        known = select(library_content.c.file).where(library_content.c.sha256 == staged.sha256)
        row = connection.execute(known).one_or_none()
        if row is not None:
            self._put_back(staged, self.folder / row.file)
            return None
        name = f"{staged.sha256}-{secrets.token_hex(8)}{suffix}"
        connection.execute(
            insert(library_content).values(sha256=staged.sha256, file=name, size=staged.size)
        )
        place = self.folder / name
        with disk_full_named("the upload"):
            staged.path.rename(place)
            sync_dir(self.folder)
        return place

    def _put_back(self, staged: Staged, place: Path) -> None:
        """Mend what the disk has lost, as after a backup of the job store alone."""
        if not place.is_file():
            with disk_full_named("the upload"):
                staged.path.rename(place)

    def release(self, connection: Connection, sha256: str) -> Path | None:
        """Forget a content that nothing names any more.

        Returns:
            Its file, to be removed once the transaction is committed.
        """
        lock(connection)
        named = exists().where(library_item.c.sha256 == sha256)
        row = connection.execute(
            delete(library_content)
            .where(library_content.c.sha256 == sha256, ~named)
            .returning(library_content.c.file)
        ).one_or_none()
        return None if row is None else self.folder / row.file

    def names(self) -> list[str]:
        """Of all files."""
        return [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []

    def without_row(self, connection: Connection, names: Collection[str]) -> list[Path]:
        """Those of the files that no row names; exact while :func:`lock` is held."""
        known = set(connection.execute(select(library_content.c.file)).scalars())
        return [self.folder / name for name in names if name not in known]


def remove(place: Path | None) -> None:
    """Remove a file that may be gone."""
    if place is not None:
        with suppress(FileNotFoundError):
            place.unlink()
