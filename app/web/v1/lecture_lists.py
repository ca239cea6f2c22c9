"""Lists of lectures, page by page."""

from __future__ import annotations

import base64
import binascii
import json

from pydantic import Field

from app.access.keys import DEFAULT_TENANT
from app.intake import LMS
from app.jobs.store.job import JobState
from app.requests import listing
from app.requests.listing import Place
from app.web.problem import Fault, bad_input
from app.web.v1.call import Call
from app.web.v1.lecture_views import LecturePage, State, summary
from app.web.v1.operation import Model


class PageQuery(Model):
    """Which page of a long lecture's slides."""

    page: int = Field(1, ge=1, le=100_000)
    """Of the slides; there are several pages where there are very many."""


class ListQuery(Model):
    """Which lectures."""

    state: State | None = None
    """Only those in this state."""
    q: str = Field("", max_length=200)
    """Only those with this in their title."""
    cursor: str = Field("", max_length=400, pattern=r"^[A-Za-z0-9_-]*$")
    """`next_cursor` of the page before."""
    limit: int = Field(20, ge=1, le=100)
    """Lectures of a page."""


def page(call: Call) -> LecturePage:
    """The lectures that a caller asks for.

    Raises:
        Malformed: The cursor is none of ours.
    """
    query: ListQuery = call.query
    tenants = [call.tenant, LMS] if call.tenant == DEFAULT_TENANT else [call.tenant]
    found = listing.page(
        call.services.store.database,
        tenants,
        states=[JobState(query.state)] if query.state else [],
        title=query.q,
        behind=_place(query.cursor) if query.cursor else None,
        limit=query.limit,
    )
    return LecturePage(
        items=[summary(call, each) for each in found.items],
        next_cursor=None if found.goes_on is None else _cursor(found.goes_on),
    )


def _cursor(place: Place) -> str:
    written = json.dumps([place.created, place.tenant, place.id]).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def _place(cursor: str) -> Place:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        match json.loads(base64.urlsafe_b64decode(padded)):
            case [float(created), str(tenant), int(number)]:
                return Place(created, tenant, number)
    except (binascii.Error, ValueError, RecursionError):
        pass
    raise bad_input("cursor: it is of no page", Fault("cursor", "it is of no page", cursor[:100]))
