"""How much is stored, counted from the database: nobody walks through the folders for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from app.jobs.store.database import Database
from app.library.items import Kind
from app.library.tables import library_content, library_item, library_upload


class Stored(NamedTuple):
    """How many things, and their bytes."""

    number: int
    size: int


def items_of(database: Database, tenant: str) -> Mapping[Kind, Stored]:
    """What a tenant has of each kind; bytes that are stored twice in a kind count once."""
    mine = (
        select(
            library_item.c.kind,
            func.count().label("number"),
            func.max(library_item.c.size).label("size"),
        )
        .where(library_item.c.tenant == tenant)
        .group_by(library_item.c.kind, library_item.c.sha256)
        .subquery()
    )
    query = select(mine.c.kind, func.sum(mine.c.number), func.sum(mine.c.size)).group_by(
        mine.c.kind
    )
    with database.read() as connection:
        rows = connection.execute(query).all()
    found = {kind: Stored(int(number), int(size)) for kind, number, size in rows}
    return {kind: found.get(kind, Stored(0, 0)) for kind in Kind}


def uploads_of(database: Database, tenant: str) -> Stored:
    """Uploads of a tenant, as long as they shall be."""
    length = func.coalesce(func.sum(library_upload.c.length), 0)
    query = select(func.count(), length).where(library_upload.c.tenant == tenant)
    with database.read() as connection:
        number, size = connection.execute(query).one()
    return Stored(int(number), int(size))


def bytes_on_disk(database: Database) -> Mapping[str, int]:
    """Of the library's files and of uploads as far as they have arrived, of all tenants."""
    library = select(func.coalesce(func.sum(library_content.c.size), 0))
    uploads = select(func.coalesce(func.sum(library_upload.c.offset), 0))
    with database.read() as connection:
        return {
            "library": int(connection.execute(library).scalar_one()),
            "uploads": int(connection.execute(uploads).scalar_one()),
        }
