"""What the deliverer looks for now and then: whether there is work, and what is too old."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, func, select

from app.jobs.store.announcing import announcement
from app.jobs.store.database import Database
from app.notify import callbacks
from app.notify.clock import Clock
from app.notify.deliveries import State
from app.notify.queue import is_due
from app.notify.tables import delivery

KEPT_SECONDS = 30 * 86_400.0
"""How long a delivery can be looked at."""

_PORTION = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do."""

    announced: bool
    """Something has happened that no message was made of."""
    due: bool
    """A message can be tried."""
    soon: float | None
    """Seconds until another one can."""


def look(connection: Connection, clock: Clock, lease_seconds: float) -> Work:
    """Tell what there is to do; only reads, and little."""
    announced = exists().select_from(announcement)
    due = exists().select_from(delivery).where(is_due(clock, lease_seconds))
    soon = (
        select(func.min(delivery.c.next_try) - clock.now)
        .where(delivery.c.state == State.PENDING, delivery.c.next_try > clock.now)
        .scalar_subquery()
    )
    row = connection.execute(select(announced, due, soon)).one()
    return Work(bool(row[0]), bool(row[1]), row[2])


def sweep(database: Database, clock: Clock) -> None:
    """Forget old deliveries, and the callbacks of lectures that are gone."""
    old = select(delivery.c.id).where(delivery.c.created < clock.now - KEPT_SECONDS).limit(_PORTION)

    def portion(connection: Connection) -> bool:
        return connection.execute(delete(delivery).where(delivery.c.id.in_(old))).rowcount > 0

    database.write_in_portions(portion)
    with database.write() as connection:
        callbacks.sweep(connection, clock)
