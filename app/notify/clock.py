"""By which clocks deliveries wait."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement

from app.jobs.store.tables import Now, Ticks


@dataclass(frozen=True, slots=True)
class Clock:
    """The database's own, which all workers share; see :class:`app.jobs.store.tables.Ticks`."""

    now: ColumnElement[float] = field(default_factory=Now)
    """Seconds since the epoch."""
    ticks: ColumnElement[float] = field(default_factory=Ticks)
    """Seconds, for leases."""
