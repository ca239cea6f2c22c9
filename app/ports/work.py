"""Work that can be watched and stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Cancel(Protocol):
    """A request to stop, shared between whoever asks and the work."""

    def check(self) -> None:
        """Return at once, or raise :class:`app.errors.Cancelled`."""


Progress = Callable[[float], None]
"""Told the share of the work that is done, from 0 to 1, not decreasing."""


def untold(share: float) -> None:
    """A :data:`Progress` for which nobody waits."""
