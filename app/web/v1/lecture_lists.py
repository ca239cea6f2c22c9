"""Lists of lectures, page by page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from app.access.keys import DEFAULT_TENANT, TENANT_PATTERN
from app.intake import LMS
from app.jobs.store.job import JobState
from app.requests import listing
from app.requests.listing import Place
from app.web.v1 import cursors
from app.web.v1.call import Call
from app.web.v1.cursors import Cursor
from app.web.v1.lecture_views import LecturePage, State, summary
from app.web.v1.operation import Model

_PLACES = TypeAdapter(
    tuple[
        Annotated[float, Field(allow_inf_nan=False)],
        Annotated[str, Field(pattern=f"^{TENANT_PATTERN}$")],
        Annotated[int, Field(strict=True, ge=-(1 << 63), lt=1 << 63)],
    ]
)
"""Of :class:`Place`: nothing else may reach the database."""


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
    cursor: Cursor | None = None
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
    behind = cursors.read(query.cursor, _PLACES)
    found = listing.page(
        call.services.store.database,
        tenants,
        states=[JobState(query.state)] if query.state else [],
        title=query.q,
        behind=None if behind is None else Place(*behind),
        limit=query.limit,
    )
    return LecturePage(
        items=[summary(call, each) for each in found.items],
        next_cursor=None if found.goes_on is None else cursors.told(found.goes_on),
    )
