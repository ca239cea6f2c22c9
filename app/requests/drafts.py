"""Drafts: what somebody has typed and not asked for yet, kept for whoever writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, delete, func, insert, select, update

from app import ids
from app.errors import NotFound, PreconditionFailed, QuotaExceeded
from app.jobs.store.database import Database
from app.jobs.store.tables import Now
from app.requests.tables import draft

MOST = 200
"""Drafts of a tenant."""

LONGEST = 2_000_000
"""Characters of a draft's content."""

PREFIX = "dr"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft."""

    id: int
    title: str
    version: int
    """How often it was written, from 1."""
    created: float
    """Seconds since the epoch."""
    changed: float
    content: str = ""
    """What its writer keeps in it; empty where it was not asked for."""


_LISTED = [column for column in draft.columns if column.name not in ("tenant", "content")]


class Drafts:
    """The drafts of all tenants; safe to use from any thread and process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, tenant: str, number: int, title: str, content: str) -> Draft:
        """Keep a new draft; what is in it is not told.

        Args:
            number: Its id.

        Raises:
            QuotaExceeded: The tenant has as many as it may have.
        """
        with self._database.write() as connection:
            of_tenant = select(func.count()).where(draft.c.tenant == tenant)
            if connection.execute(of_tenant).scalar_one() >= MOST:
                raise QuotaExceeded(f"a tenant has at most {MOST} drafts; remove some")
            row = connection.execute(
                insert(draft)
                .values(
                    id=number,
                    tenant=tenant,
                    title=title,
                    content=content,
                    version=1,
                    created=Now(),
                    changed=Now(),
                )
                .returning(*_LISTED)
            ).one()
        return _told(row)

    def of(self, tenant: str) -> list[Draft]:
        """The drafts of a tenant, without what is in them, the latest change first."""
        query = select(*_LISTED).where(draft.c.tenant == tenant).order_by(draft.c.changed.desc())
        with self._database.read() as connection:
            return [_told(row) for row in connection.execute(query)]

    def find(self, tenant: str, draft_id: int) -> Draft:
        """One draft of a tenant.

        Raises:
            NotFound: It has no such draft.
        """
        with self._database.read() as connection:
            return _told(_found(connection, tenant, draft_id, draft.columns))

    def version(self, tenant: str, draft_id: int) -> int:
        """How often a draft was written.

        Raises:
            NotFound: The tenant has no such draft.
        """
        with self._database.read() as connection:
            return int(_found(connection, tenant, draft_id).version)

    def change(
        self, tenant: str, draft_id: int, version: int | None, title: str, content: str
    ) -> Draft:
        """Write a draft anew; what is in it is not told.

        Args:
            version: That it must have; ``None``: any.

        Raises:
            NotFound: The tenant has no such draft.
            PreconditionFailed: Somebody else has written it meanwhile.
        """
        with self._database.write() as connection:
            found = _found(connection, tenant, draft_id)
            if version is not None and found.version != version:
                raise PreconditionFailed("the draft was changed meanwhile; fetch it again")
            row = connection.execute(
                update(draft)
                .where(draft.c.id == draft_id)
                .values(title=title, content=content, version=found.version + 1, changed=Now())
                .returning(*_LISTED)
            ).one()
        return _told(row)

    def remove(self, tenant: str, draft_id: int) -> None:
        """Forget a draft.

        Raises:
            NotFound: The tenant has no such draft.
        """
        with self._database.write() as connection:
            _found(connection, tenant, draft_id)
            connection.execute(delete(draft).where(draft.c.id == draft_id))


def _found(
    connection: Connection, tenant: str, draft_id: int, columns: Iterable[Column[Any]] = _LISTED
) -> Row[Any]:
    row = connection.execute(
        select(*columns).where(draft.c.id == draft_id, draft.c.tenant == tenant)
    ).one_or_none()
    if row is None:
        raise NotFound(f"there is no {ids.told(PREFIX, draft_id)}")
    return row


def _told(row: Row[Any]) -> Draft:
    return Draft(**{name: value for name, value in row._mapping.items() if name != "tenant"})
