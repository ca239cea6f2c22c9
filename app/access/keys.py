"""API keys: what each allows, and to whom it belongs."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, exists, func, insert, or_, select, update

from app import ids
from app.access.tables import api_key
from app.errors import InputError, NotFound, Unauthenticated
from app.jobs.store.database import Database
from app.jobs.store.job import LMS, SHELL
from app.jobs.store.tables import Now

PREFIX = "vl_"
"""What every key begins with."""

DEFAULT_TENANT = "default"
"""That of callers without a key, where they are served, and of keys that name none."""

NAME_LENGTH = 200
"""Most characters of a key's name."""

NAME_PATTERN = r"[^\x00-\x20\x7f-\xa0][^\x00-\x1f\x7f-\x9f]*"
"""Regular expression of it: no control characters, and something to see at its begin."""

TENANT_PATTERN = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"

_RESERVED = frozenset({LMS, SHELL})
"""Tenants of the job store whose callers have no keys."""

_LATEST = 253_370_764_800.0
"""The beginning of the year 9999, after which calendars of programs end."""

_USED_SECONDS = 60.0
"""Between two notes of a key's last use."""


class Scope(StrEnum):
    """What a key allows; each allows what stands before it as well."""

    READ = "read"
    """See what the tenant has."""
    RENDER = "render"
    """Store faces and voices, have lectures made, change and remove them."""
    ADMIN = "admin"
    """Make and revoke keys and webhooks of the tenant."""

    def allows(self, wanted: Scope) -> bool:
        """Whether this scope is enough for what needs the other.

        >>> Scope.RENDER.allows(Scope.READ), Scope.READ.allows(Scope.RENDER)
        (True, False)
        """
        order = list(Scope)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its tenant may see it; the key itself is told once, when it is made."""

    id: int
    tenant: str
    name: str
    scopes: tuple[Scope, ...]
    created: float
    expires: float | None
    used: float | None
    """To the minute; ``None``: never."""
    revoked: float | None
    """Times are seconds since the epoch."""

    def allows(self, wanted: Scope) -> bool:
        """Whether a call that needs this scope may be made with it."""
        return any(scope.allows(wanted) for scope in self.scopes)


class Keys:
    """The keys of all tenants; safe to use from any thread and process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        tenant: str,
        name: str,
        scopes: Collection[Scope],
        *,
        expires: float | None = None,
    ) -> tuple[Key, str]:
        """Make a key.

        Args:
            expires: Seconds since the epoch; ``None``: never.

        Returns:
            The key's account, and the key itself, which is kept nowhere.

        Raises:
            InputError: The tenant or the key cannot be called so, it expires in the past, or no
                scope is named.
        """
        check_tenant(tenant)
        check_name(name)
        if expires is not None and not time.time() < expires < _LATEST:
            raise InputError("name a time to come, before the year 9999", field="expires_at")
        if not scopes:
            raise InputError("scopes: name at least one of read, render, admin", field="scopes")
        secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
        ordered = [scope for scope in Scope if scope in scopes]
        with self._database.write() as connection:
            row = connection.execute(
                insert(api_key)
                .values(
                    id=ids.new_id(),
                    tenant=tenant,
                    name=name,
                    sha256=hashed(secret),
                    scopes=" ".join(ordered),
                    created=Now(),
                    expires=expires,
                )
                .returning(*api_key.columns)
            ).one()
        return key_told(row), secret

    def verified(self, secret: str) -> Key:
        """The key that a caller shows.

        Raises:
            Unauthenticated: There is none like it, or it is expired or revoked.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(*api_key.columns, Now().label("now")).where(
                    api_key.c.sha256 == hashed(secret)
                )
            ).one_or_none()
        if row is None:
            raise Unauthenticated("no such key")
        check_counts(row)
        if row.used is None or row.now - row.used >= _USED_SECONDS:
            self._note_use(row.id)
        return key_told(row)

    def of(self, tenant: str | None = None) -> list[Key]:
        """The keys of a tenant, or of all, oldest first; revoked ones too."""
        query = select(api_key).order_by(api_key.c.id)
        if tenant is not None:
            query = query.where(api_key.c.tenant == tenant)
        with self._database.read() as connection:
            return [key_told(row) for row in connection.execute(query)]

    def find(self, tenant: str, key_id: int) -> Key:
        """One key of a tenant.

        Raises:
            NotFound: It has no such key.
        """
        query = select(api_key).where(api_key.c.tenant == tenant, api_key.c.id == key_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("no such key")
        return key_told(row)

    def revoke(self, key_id: int, tenant: str | None = None) -> Key:
        """Have a key count no longer; one that was revoked before stays so.

        Args:
            tenant: Of this tenant; of any when not given.

        Raises:
            NotFound: There is no such key.
        """
        mine = [api_key.c.id == key_id]
        if tenant is not None:
            mine.append(api_key.c.tenant == tenant)
        with self._database.write() as connection:
            row = connection.execute(
                update(api_key)
                .where(*mine)
                .values(revoked=func.coalesce(api_key.c.revoked, Now()))
                .returning(*api_key.columns)
            ).one_or_none()
        if row is None:
            raise NotFound("no such key")
        return key_told(row)

    def any_valid(self) -> bool:
        """Whether there is a key by which somebody could call."""
        valid = or_(api_key.c.expires.is_(None), api_key.c.expires > Now())
        query = select(exists().where(api_key.c.revoked.is_(None), valid))
        with self._database.read() as connection:
            return bool(connection.execute(query).scalar())

    def _note_use(self, key_id: int) -> None:
        with self._database.write() as connection:
            connection.execute(update(api_key).where(api_key.c.id == key_id).values(used=Now()))


def check_counts(row: Row[*tuple[Any, ...]]) -> None:
    """Return when a key of the table, with the time ``now`` beside it, counts at that time.

    Raises:
        Unauthenticated: It does not.
    """
    if row.revoked is not None:
        raise Unauthenticated("the key was revoked")
    if row.expires is not None and row.expires <= row.now:
        raise Unauthenticated("the key has expired")


def check_tenant(name: str) -> None:
    """Return when a tenant may be called so.

    Raises:
        InputError: It may not.
    """
    if not re.fullmatch(TENANT_PATTERN, name):
        raise InputError(
            f"tenant {name[:60]!r}: 1 to 40 of a-z, 0-9 and '-', not at an end", field="tenant"
        )
    if name in _RESERVED:
        raise InputError(f"tenant {name!r} is the service's own", field="tenant")


def check_name(name: str) -> None:
    """Return when a key may be called so.

    Raises:
        InputError: It may not.
    """
    if len(name) > NAME_LENGTH or not re.fullmatch(NAME_PATTERN, name):
        raise InputError(
            f"name: 1 to {NAME_LENGTH} characters in one line, no space first", field="name"
        )


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    # Of 256 random bits: no salt and no slow hash makes them harder to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def key_told(row: Row[*tuple[Any, ...]]) -> Key:
    """A key by its row of the table."""
    return Key(
        id=row.id,
        tenant=row.tenant,
        name=row.name,
        scopes=tuple(Scope(name) for name in row.scopes.split()),
        created=row.created,
        expires=row.expires,
        used=row.used,
        revoked=row.revoked,
    )
