"""Stored faces and voices: kept, found, listed, changed and removed."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from app.errors import STORE_FAILURES, InUse, NotFound, PreconditionFailed
from app.jobs.files.retention import Removed
from app.jobs.store.database import Database
from app.jobs.store.tables import Now
from app.library import contents, rows
from app.library.contents import Contents
from app.library.items import Item, Kind, New, Wanted
from app.library.staging import Staged, Staging, staging
from app.library.tables import (
    library_item,
    library_sample,
    library_upload,
)

log = logging.getLogger(__name__)

UsersOf = Callable[[Item], Sequence[str]]
"""The lectures that use a face or a voice, as callers name them."""

_NAMED = 5
"""Users of an item that a message names."""


def nobody(_item: Item) -> Sequence[str]:
    """Nothing uses it."""
    return ()


class Library:
    """What all tenants have stored; safe to use from any thread and process."""

    def __init__(self, database: Database, folder: Path, *, users_of: UsersOf = nobody) -> None:
        """Makes no folder yet.

        Args:
            folder: Of everything that the library has on the disk.
            users_of: What keeps an item from being removed.
        """
        self.database = database
        self.folder = folder
        self.contents = Contents(folder / "contents")
        self._users_of = users_of

    def staging(self) -> AbstractContextManager[Staging]:
        """A private folder for what is being received, gone afterwards."""
        return staging(self.staging_folder)

    @property
    def staging_folder(self) -> Path:
        return self.folder / "staging"

    @property
    def previews_folder(self) -> Path:
        return self.folder / "previews"

    def preview(self, item: Item) -> Path:
        """The folder of what workers make of an item; it may be missing."""
        return self.previews_folder / f"{item.kind}-{item.tenant}-{item.id}"

    def add(self, new: New, staged: Staged) -> Item:
        """Keep something.

        Args:
            staged: Its file, which is gone from its place afterwards, or of no more use there.

        Raises:
            DiskFull: No space is left.
        """
        item = self._add(new, staged, lambda _: True)
        assert item is not None
        return item

    def add_sample(self, name: str, new: New, staged: Staged) -> Item | None:
        """The same for a sample, which is kept once ever, even if it is removed later.

        Returns:
            ``None``: it was kept before.
        """

        def note(connection: Connection) -> bool:
            if rows.has_sample(connection, name):
                return False
            connection.execute(insert(library_sample).values(name=name, stored=Now()))
            return True

        return self._add(new, staged, note)

    def has_sample(self, name: str) -> bool:
        """Whether a sample was kept, now or ever."""
        with self.database.read() as connection:
            return rows.has_sample(connection, name)

    def find(self, kind: Kind, tenant: str, item_id: int) -> Item:
        """One thing of a tenant.

        Raises:
            NotFound: It has no such thing.
        """
        with self.database.read() as connection:
            return self._item(rows.row(connection, kind, tenant, item_id))

    def known(self, kind: Kind, tenant: str, item_ids: Collection[int]) -> dict[int, Item]:
        """Those of some things that a tenant has, by id."""
        found = {}
        for item_id in item_ids:
            with suppress(NotFound):
                found[item_id] = self.find(kind, tenant, item_id)
        return found

    def has(self, tenant: str, sha256: str) -> bool:
        """Whether a tenant has anything of this content."""
        mine = exists().where(library_item.c.tenant == tenant, library_item.c.sha256 == sha256)
        with self.database.read() as connection:
            return bool(connection.execute(select(mine)).scalar())

    def same(self, kind: Kind, tenant: str, sha256: str, tags: Collection[str]) -> Item | None:
        """The oldest thing of a tenant that has this content and exactly these tags."""
        query = rows.ITEM.where(
            library_item.c.sha256 == sha256,
            *rows.matching(kind, tenant, Wanted(limit=1)),
            library_item.c.tags == json.dumps(list(tags)),
        )
        with self.database.read() as connection:
            row = connection.execute(query.order_by(library_item.c.id).limit(1)).one_or_none()
        return None if row is None else self._item(row)

    def page(self, kind: Kind, tenant: str, wanted: Wanted) -> list[Item]:
        """Things of a tenant, newest first."""
        query = (
            rows.ITEM.where(*rows.matching(kind, tenant, wanted))
            .order_by(library_item.c.id.desc())
            .limit(wanted.limit)
        )
        with self.database.read() as connection:
            return [self._item(row) for row in connection.execute(query)]

    def change(
        self,
        item: Item,
        *,
        version: int | None = None,
        name: str | None = None,
        tags: Sequence[str] | None = None,
        language: str | None = None,
    ) -> Item:
        """Let an item be called otherwise; what is not given stays.

        Args:
            version: That it must have; any when not given.
            language: Empty for none.

        Raises:
            NotFound: It was removed meanwhile.
            PreconditionFailed: It has another version.
        """
        values: dict[str, Any] = {"updated": Now(), "version": library_item.c.version + 1}
        if name is not None:
            values |= {"name": name, "folded": rows.folded(name)}
        if tags is not None:
            values["tags"] = json.dumps(tags)
        if language is not None:
            values["language"] = language or None
        with self.database.write() as connection:
            same = update(library_item).where(*rows.same(item, version)).values(values)
            changed = connection.execute(same).rowcount
            row = rows.row(connection, item.kind, item.tenant, item.id)
            if not changed:
                raise _changed()
            if tags is not None:
                rows.forget_tags(connection, item.id)
                rows.note_tags(connection, item.id, tags)
        return self._item(row)

    def remove(self, item: Item, *, version: int | None = None) -> None:
        """Remove an item, and its file if nobody else has it.

        Args:
            version: That it must have; any when not given.

        Raises:
            InUse: Lectures use it.
            NotFound: It was removed meanwhile.
            PreconditionFailed: It has another version.
        """
        users = self._users_of(item)
        if users:
            named = users[:_NAMED]
            told = ", ".join([*named, "..."] if len(users) > _NAMED else named)
            detail = f"lectures that use it: {len(users)} ({told}); remove them first"
            raise InUse(detail, lectures=named)
        with self.database.write() as connection:
            rows.row(connection, item.kind, item.tenant, item.id)
            rows.forget_tags(connection, item.id)
            same = delete(library_item).where(*rows.same(item, version))
            if not connection.execute(same).rowcount:
                raise _changed()
            freed = self.contents.release(connection, item.sha256)
        contents.remove(freed)
        shutil.rmtree(self.preview(item), ignore_errors=True)
        log.info("item removed kind=%s id=%d", item.kind, item.id)

    def sweep_contents(self, names: Sequence[str] | None = None, *, dry_run: bool) -> Removed:
        """Remove files that no row names: their owners died before they could say so.

        Args:
            names: Of the files that are looked at; all when not given.
            dry_run: Only tell.
        """
        found = self.contents.names() if names is None else names
        with self.database.read() as connection:
            found = [path.name for path in self.contents.without_row(connection, found)]
        if not found:
            return Removed(0, 0)
        with self.database.write() as connection:
            contents.lock(connection)
            lost = self.contents.without_row(connection, found)
            size = sum(path.stat().st_size for path in lost if path.exists())
            if not dry_run:
                for path in lost:
                    contents.remove(path)
        return Removed(len(lost), size)

    def bytes_of(self, tenant: str) -> int:
        """What a tenant has stored: each content once, and uploads as long as they shall be."""
        mine = (
            select(library_item.c.sha256, library_item.c.size)
            .where(library_item.c.tenant == tenant)
            .distinct()
            .subquery()
        )
        stored = select(func.coalesce(func.sum(mine.c.size), 0))
        uploaded = select(func.coalesce(func.sum(library_upload.c.length), 0)).where(
            library_upload.c.tenant == tenant
        )
        with self.database.read() as connection:
            return int(connection.execute(stored).scalar_one()) + int(
                connection.execute(uploaded).scalar_one()
            )

    def _add(self, new: New, staged: Staged, may: Callable[[Connection], bool]) -> Item | None:
        """Keep something, if it may be kept: asked while nobody else keeps anything."""
        told = self.contents.prepare(staged)
        place = None
        try:
            with self.database.write() as connection:
                contents.lock(connection)
                if not may(connection):
                    return None
                place = self.contents.add(connection, staged, told.suffix)
                item = self._item(rows.insert_item(connection, new, staged, told))
        except BaseException:
            if place is not None:  # even a commit that failed may have been one
                with suppress(*STORE_FAILURES):
                    self.sweep_contents([place.name], dry_run=False)
            raise
        log.info("item stored kind=%s id=%d bytes=%d", new.kind, item.id, item.size)
        return item

    def _item(self, row: Row[*tuple[Any, ...]]) -> Item:  # of _ITEM
        return Item(
            id=row.id,
            kind=Kind(row.kind),
            tenant=row.tenant,
            name=row.name,
            tags=tuple(json.loads(row.tags)),
            language=row.language,
            seen=json.loads(row.seen),
            origin=row.origin,
            path=self.contents.folder / row.file,
            sha256=row.sha256,
            size=row.size,
            media_type=row.media_type,
            created=row.created,
            updated=row.updated,
            version=row.version,
        )


def _changed() -> PreconditionFailed:
    return PreconditionFailed("somebody else has changed it meanwhile")
