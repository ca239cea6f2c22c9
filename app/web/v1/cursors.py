"""Where a list goes on: opaque to callers, the last id of the page before to us."""

from __future__ import annotations

import base64
import binascii

from app.web.problem import Fault, Malformed, bad_input

PATTERN = r"^[A-Za-z0-9_-]{11}$"


def told(number: int) -> str:
    """The cursor behind an id.

    >>> read(told(915348084857400540))
    915348084857400540
    """
    return base64.urlsafe_b64encode(number.to_bytes(8, "big")).decode().rstrip("=")


def read(cursor: str | None) -> int | None:
    """The id; ``None``: the list begins.

    Raises:
        Malformed: It is none of ours.
    """
    if cursor is None:
        return None
    try:
        number = int.from_bytes(base64.urlsafe_b64decode(f"{cursor}="), "big")
    except (binascii.Error, ValueError) as error:
        raise _unknown() from error
    if number >= 1 << 63 or told(number) != cursor:
        raise _unknown()
    return number


def _unknown() -> Malformed:
    message = "none of those that a list told"
    return bad_input(f"cursor: {message}", Fault("cursor", message))
