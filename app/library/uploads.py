"""Uploads that can be resumed: bytes that come in several requests, as tus 1.0 has it.

The row of an upload is there before its file, and says how many bytes are surely on the disk; what
the file has beyond them was being written when somebody died, and is written again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from app import ids
from app.disk import disk_full_named, sync_dir
from app.errors import Conflict, InputError, NotFound
from app.jobs.files.retention import Removed
from app.jobs.store.database import Database
from app.jobs.store.tables import Now
from app.library import portions
from app.library.portions import Checksum, Portion
from app.library.staging import Source, Staged, Staging, staging
from app.library.tables import library_upload

KEPT_SECONDS = 86_400.0
"""From the beginning of an upload until it is removed, complete or not."""

PREFIX = "up"
"""Of the ids, as callers see them."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as its tenant may see it."""

    id: int
    length: int
    offset: int
    told: str
    """Its ``Upload-Metadata``, as it was sent."""
    expires: float
    """Seconds since the epoch."""
    sha256: str | None
    """``None``: bytes are still missing."""


class Uploads:
    """The uploads of all tenants; safe to use from any thread and process."""

    def __init__(self, database: Database, folder: Path, staging_folder: Path) -> None:
        """Makes no folder yet.

        Args:
            folder: Of the files.
            staging_folder: Of the private folders in which complete uploads are used.
        """
        self._database = database
        self._folder = folder
        self._staging = staging_folder

    def create(self, tenant: str, length: int, told: str) -> Upload:
        """Begin an upload.

        Args:
            length: Bytes that it shall have, at least one.
            told: Its ``Upload-Metadata``.
        """
        with self._database.write() as connection:
            row = connection.execute(
                insert(library_upload)
                .values(
                    id=ids.new_id(),
                    tenant=tenant,
                    length=length,
                    offset=0,
                    told=told,
                    created=Now(),
                    expires=Now() + KEPT_SECONDS,
                )
                .returning(*library_upload.columns)
            ).one()
        return _upload(row)

    def find(self, tenant: str, upload_id: int) -> Upload:
        """One upload of a tenant.

        Raises:
            NotFound: It has no such upload, or had it until it expired.
        """
        query = select(library_upload).where(*_mine(tenant, upload_id))
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise _unknown(upload_id)
        return _upload(row)

    def append(
        self,
        tenant: str,
        upload_id: int,
        offset: int,
        source: Source,
        checksum: Checksum | None = None,
    ) -> Upload:
        """Add a portion: all of it, or nothing.

        Raises:
            NotFound: The tenant has no such upload.
            Conflict: It does not go on at that offset, or somebody else adds to it just now.
            TooLarge: The upload would be longer than was announced.
            ChecksumMismatch: Not the bytes that were announced.
            DiskFull: No space is left.
        """
        self.find(tenant, upload_id)  # nobody makes a file for what is not there
        path = self._path(upload_id)
        with disk_full_named("the upload"):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with portions.locked(path) as file:
            try:
                upload = self.find(tenant, upload_id)  # as the last one who held the lock left it
                if upload.offset != offset:
                    raise Conflict(f"the upload has {upload.offset} bytes, and not {offset}")
                return self._grown(tenant, upload, file, Portion(source, checksum))
            except NotFound:  # removed since
                path.unlink(missing_ok=True)
                raise

    def take(self, tenant: str, upload_id: int) -> Staged:
        """The file of a complete upload, which stays until it expires or is removed.

        Raises:
            NotFound: The tenant has no such upload.
            InputError: Bytes are still missing.
        """
        upload = self.find(tenant, upload_id)
        if upload.sha256 is None:
            missing = upload.length - upload.offset
            raise InputError(f"the upload lacks {missing:,} bytes", field="upload")
        return Staged(self._path(upload_id), upload.sha256, upload.length)

    @contextmanager
    def lent(self, tenant: str, upload_id: int) -> Iterator[Staged]:
        """The same file in a private folder, where it stays whatever becomes of the upload.

        Raises:
            NotFound: The tenant has no such upload.
            InputError: Bytes are still missing.
            DiskFull: No space is left.
        """
        content = self.take(tenant, upload_id)
        with staging(self._staging) as private:
            yield _lent(private, content, upload_id)

    def remove(self, tenant: str, upload_id: int) -> None:
        """Forget an upload and its bytes.

        Raises:
            NotFound: The tenant has no such upload.
        """
        with self._database.write() as connection:
            removed = connection.execute(
                delete(library_upload).where(*_mine(tenant, upload_id))
            ).rowcount
        if not removed:
            raise _unknown(upload_id)
        self._path(upload_id).unlink(missing_ok=True)

    def sweep(self, *, dry_run: bool) -> Removed:
        """Remove what has expired, and files without a row.

        Args:
            dry_run: Only tell.
        """
        # Looked for before the rows: a file that is there by now has its row by then.
        files = list(self._folder.iterdir()) if self._folder.is_dir() else []
        if not dry_run:
            with self._database.write() as connection:
                connection.execute(delete(library_upload).where(library_upload.c.expires <= Now()))
        living = select(library_upload.c.id).where(library_upload.c.expires > Now())
        with self._database.read() as connection:
            names = {_file_name(number) for number in connection.execute(living).scalars()}
        lost = [path for path in files if path.name not in names]
        sizes = [path.stat().st_size for path in lost if path.exists()]
        if not dry_run:
            for path in lost:
                path.unlink(missing_ok=True)
        return Removed(len(lost), sum(sizes))

    def _grown(self, tenant: str, upload: Upload, file: int, portion: Portion) -> Upload:
        end = portions.append(file, portion, upload.offset, upload.length)
        if end == upload.offset:
            return upload
        sha256 = portions.sha256(file, end) if end == upload.length else None
        with disk_full_named("the upload"):
            os.fsync(file)
            sync_dir(self._folder)
        return self._note(tenant, upload.id, end, sha256)

    def _note(self, tenant: str, upload_id: int, offset: int, sha256: str | None) -> Upload:
        with self._database.write() as connection:
            row = connection.execute(
                update(library_upload)
                .where(*_mine(tenant, upload_id))
                .values(offset=offset, sha256=sha256)
                .returning(*library_upload.columns)
            ).one_or_none()
        if row is None:
            raise _unknown(upload_id)
        return _upload(row)

    def _path(self, upload_id: int) -> Path:
        return self._folder / _file_name(upload_id)


def _file_name(upload_id: int) -> str:
    return ids.told(PREFIX, upload_id)


def _mine(tenant: str, upload_id: int) -> tuple[Any, ...]:  # conditions of SQLAlchemy
    table = library_upload.c
    return table.id == upload_id, table.tenant == tenant, table.expires > Now()


def _unknown(upload_id: int) -> NotFound:
    return NotFound(f"no upload is called {ids.told(PREFIX, upload_id)!r}")


def _lent(private: Staging, content: Staged, upload_id: int) -> Staged:
    try:
        return private.lent(content, "upload")
    except FileNotFoundError as error:
        raise _unknown(upload_id) from error


def _upload(row: Row[*tuple[Any, ...]]) -> Upload:  # of the table
    return Upload(
        id=row.id,
        length=row.length,
        offset=row.offset,
        told=row.told,
        expires=row.expires,
        sha256=row.sha256,
    )
