"""How much a tenant has stored, and how much it may have."""

from __future__ import annotations

from app.access import usage as access
from app.access.limits import GIGABYTE
from app.library import usage as library
from app.library.items import Kind
from app.library.usage import Stored
from app.web.v1.call import Call
from app.web.v1.operation import Model, Reply, Resource, Told

resource = Resource("usage", "What the caller's tenant has stored")


class Used(Model):
    """Things of a kind."""

    number: int
    bytes: int
    """What is stored twice counts once."""


class Usage(Model):
    """What a tenant has, and how much it may have."""

    tenant: str
    bytes: int
    """All that counts. The kinds together may be more: what is stored as two of them counts
    once."""
    bytes_allowed: int | None
    """`limits.storage_gigabytes`; `null`: there is no bound."""
    avatars: Used
    voices: Used
    recordings: Used
    uploads: Used
    """As long as they shall be."""
    lectures: Used
    """Their bytes are judged by their length, at 512 pixels."""
    lectures_allowed: int | None
    """`limits.lectures`; `null`: there is no bound."""


@resource.get("/usage", answers={200: Told("What there is", Usage)})
def get_usage(call: Call) -> Reply:
    """Tell how much the caller's tenant has stored, and how much it may have."""
    services, tenant = call.services, call.tenant
    database, limits = services.store.database, services.limits.of(tenant)
    items = library.items_of(database, tenant)
    gigabytes = limits.storage_gigabytes
    return Reply(
        Usage(
            tenant=tenant,
            bytes=services.limits.used_bytes(tenant),
            bytes_allowed=None if gigabytes is None else int(gigabytes * GIGABYTE),
            avatars=_told(items[Kind.AVATAR]),
            voices=_told(items[Kind.VOICE]),
            recordings=_told(items[Kind.RECORDING]),
            uploads=_told(library.uploads_of(database, tenant)),
            lectures=Used(
                number=access.kept_lectures(database, tenant),
                bytes=services.requests.bytes_of(tenant),
            ),
            lectures_allowed=limits.lectures,
        )
    )


def _told(stored: Stored) -> Used:
    return Used(number=stored.number, bytes=stored.size)
