"""Keys by which programs call the API."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from app import ids, moments
from app.access.keys import NAME_LENGTH, NAME_PATTERN, Key, Scope
from app.errors import Forbidden
from app.web.v1.call import Call
from app.web.v1.operation import Body, Model, Moment, Reply, Resource, Told, links_by

resource = Resource("keys", "Keys by which programs call the API, each of one tenant")

PREFIX = "key"


class NewKey(Model):
    """A key to be made."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_LENGTH, pattern=f"^{NAME_PATTERN}$")]
    """What it is for, in one line."""
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    """What it allows: `read`, `render`, which allows to read as well, or `admin`, which allows
    everything. None that the calling key does not allow."""
    expires_at: AwareDatetime | None = None
    """When it stops to count; without it never."""


class ShownKey(Model):
    """A key, without what it is called by."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: Moment
    expires_at: Moment | None
    """Null: never."""
    last_used_at: Moment | None
    """To the minute; null: never."""
    revoked_at: Moment | None
    """Null: it was not."""


class MadeKey(ShownKey):
    """A key that was just made."""

    key: str
    """To be sent as `Authorization: Bearer vl_...`. It is told here once and kept nowhere."""


class Keys(Model):
    """The keys of the tenant."""

    items: list[ShownKey]


@resource.post(
    "/keys",
    scope=Scope.ADMIN,
    answers={201: Told("The key, told this once", MadeKey, headers={"Location": "Of the key"})},
    body=Body(json=NewKey),
    links=links_by("key_id", "$response.body#/id", "get_key", "revoke_key"),
)
def create_key(call: Call) -> Reply:
    """Make a key of the caller's own tenant.

    The key stands in this answer and nowhere else. As long as there is no key at all, a caller on
    the machine itself, at a service on the loopback, needs none, and may so make the first one;
    from then on everybody needs a key.
    """
    wanted: NewKey = call.body
    _check_allowed(call, wanted.scopes)
    expires = wanted.expires_at
    made, secret = call.services.keys.create(
        call.tenant,
        wanted.name,
        wanted.scopes,
        expires=None if expires is None else expires.timestamp(),
    )
    told = _shown(made)
    return Reply(
        MadeKey(**dict(told), key=secret), 201, {"Location": call.link(f"/keys/{told.id}")}
    )


@resource.get("/keys", scope=Scope.ADMIN, answers={200: Told("The keys, oldest first", Keys)})
def list_keys(call: Call) -> Reply:
    """List the keys of the caller's tenant, also those that count no longer."""
    return Reply(Keys(items=[_shown(key) for key in call.services.keys.of(call.tenant)]))


@resource.get("/keys/{key_id}", scope=Scope.ADMIN, answers={200: Told("The key", ShownKey)})
def get_key(call: Call, key_id: int) -> Reply:
    """Tell of a key."""
    return Reply(_shown(call.services.keys.find(call.tenant, key_id)))


@resource.delete(
    "/keys/{key_id}",
    scope=Scope.ADMIN,
    answers={204: Told("It counts no longer", media_type="")},
)
def revoke_key(call: Call, key_id: int) -> Reply:
    """Revoke a key, from the next call on.

    It stays in the list. The very key that calls can be revoked too; where it was the last one,
    `python -m app keys create` makes another.
    """
    call.services.keys.revoke(key_id, call.tenant)
    return Reply(None, 204)


def _check_allowed(call: Call, wanted: list[Scope]) -> None:
    """Whether a caller may give that: nobody gives more than he has.

    Raises:
        Forbidden: No.
    """
    if call.key is not None and not all(call.key.allows(scope) for scope in wanted):
        raise Forbidden("a key cannot give what it does not allow")


def _shown(key: Key) -> ShownKey:
    return ShownKey(
        id=ids.told(PREFIX, key.id),
        name=key.name,
        scopes=list(key.scopes),
        created_at=moments.told(key.created),
        expires_at=moments.told_or_none(key.expires),
        last_used_at=moments.told_or_none(key.used),
        revoked_at=moments.told_or_none(key.revoked),
    )
