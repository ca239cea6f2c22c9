"""Rows of stored faces and voices."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select

from app import ids
from app.errors import NotFound
from app.jobs.store.tables import Now
from app.library.items import Item, Kind, New, Wanted
from app.library.media_types import MediaType
from app.library.staging import Staged
from app.library.tables import library_content, library_item, library_sample, library_tag

ITEM = select(library_item, library_content.c.file).join(library_content)


def row(
    connection: Connection, kind: Kind, tenant: str, item_id: int
) -> Row[*tuple[Any, ...]]:  # of ITEM
    mine = (library_item.c.tenant == tenant, library_item.c.kind == kind)
    found = connection.execute(ITEM.where(*mine, library_item.c.id == item_id)).one_or_none()
    if found is None:
        raise NotFound(f"no {kind} is called {ids.told(kind.prefix, item_id)!r}")
    return found


def insert_item(
    connection: Connection, new: New, staged: Staged, told: MediaType
) -> Row[*tuple[Any, ...]]:  # of ITEM
    item_id = ids.new_id()
    connection.execute(
        insert(library_item).values(
            id=item_id,
            tenant=new.tenant,
            kind=new.kind,
            name=new.name,
            folded=folded(new.name),
            tags=json.dumps(list(new.tags)),
            language=new.language,
            sha256=staged.sha256,
            size=staged.size,
            media_type=told.name,
            seen=json.dumps(new.seen),
            origin=new.origin,
            created=Now(),
            updated=Now(),
            version=1,
        )
    )
    note_tags(connection, item_id, new.tags)
    return row(connection, new.kind, new.tenant, item_id)


def matching(kind: Kind, tenant: str, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield library_item.c.tenant == tenant
    yield library_item.c.kind == kind
    if wanted.before is not None:
        yield library_item.c.id < wanted.before
    if wanted.q:
        yield library_item.c.folded.contains(folded(wanted.q), autoescape=True)
    if wanted.tag is not None:
        tagged = select(library_tag.c.item).where(library_tag.c.tag == wanted.tag)
        yield library_item.c.id.in_(tagged)


def same(item: Item, version: int | None) -> Iterator[ColumnElement[bool]]:
    """An item of that version, or of any."""
    yield library_item.c.id == item.id
    if version is not None:
        yield library_item.c.version == version


def folded(name: str) -> str:
    """A name as it is looked for: capitals and the ways to write a letter make no difference."""
    return unicodedata.normalize("NFKC", name).casefold()


def note_tags(connection: Connection, item_id: int, tags: Sequence[str]) -> None:
    if tags:
        connection.execute(insert(library_tag), [{"item": item_id, "tag": tag} for tag in tags])


def forget_tags(connection: Connection, item_id: int) -> None:
    connection.execute(delete(library_tag).where(library_tag.c.item == item_id))


def has_sample(connection: Connection, name: str) -> bool:
    query = select(exists().where(library_sample.c.name == name))
    return bool(connection.execute(query).scalar())
