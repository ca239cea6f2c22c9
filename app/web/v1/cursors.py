"""Where a list goes on: opaque to callers, the place of the last item of the page before to us."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from app.web.problem import Fault, Malformed, bad_input

Cursor = Annotated[str, Field(max_length=400, pattern=r"^[A-Za-z0-9_-]+$")]

IDS = TypeAdapter(Annotated[int, Field(strict=True, ge=0, lt=1 << 63)])
"""Places in lists that are in the order of ids."""

T = TypeVar("T")


def told(place: object) -> str:
    """The cursor behind a place; of what JSON can write.

    >>> read(told(915348084857400540), IDS)
    915348084857400540
    """
    written = json.dumps(place, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def read(cursor: str | None, places: TypeAdapter[T]) -> T | None:
    """The place; ``None``: the list begins.

    Args:
        places: Those that a cursor of the list may be behind.

    Raises:
        Malformed: It is none of ours.
    """
    if cursor is None:
        return None
    try:
        written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place = places.validate_json(written)
    except (binascii.Error, ValidationError) as error:
        raise _unknown() from error
    if told(place) != cursor:
        raise _unknown()
    return place


def _unknown() -> Malformed:
    message = "none of those that a list told"
    return bad_input(f"cursor: {message}", Fault("cursor", message))
