"""Moments and spans, as answers tell them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(seconds: float) -> str:
    """A moment by RFC 3339, in UTC, to the millisecond.

    >>> moment(0.0)
    '1970-01-01T00:00:00.000Z'

    Args:
        seconds: Since the epoch.
    """
    told = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")


def moment_or_none(seconds: float | None) -> str | None:
    """The same of a moment that may not have come."""
    return None if seconds is None else moment(seconds)
