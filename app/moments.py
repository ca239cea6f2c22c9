"""Moments as callers are told them, in answers, events and messages alike."""

from __future__ import annotations

from datetime import UTC, datetime


def told(seconds: float) -> str:
    """A moment by RFC 3339, in UTC, to the millisecond.

    >>> told(0.0)
    '1970-01-01T00:00:00.000Z'

    Args:
        seconds: Since the epoch.
    """
    shown = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return shown.replace("+00:00", "Z")


def told_or_none(seconds: float | None) -> str | None:
    """The same of a moment that may not have come."""
    return None if seconds is None else told(seconds)
