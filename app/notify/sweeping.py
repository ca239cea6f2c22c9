"""What the deliverer looks for now and then: whether there is work, and what is too old."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from app.jobs.store.announcing import announcement
from app.jobs.store.database import Database
from app.notify import callbacks
from app.notify.clock import Clock
from app.notify.queue import is_due
from app.notify.tables import delivery

KEPT_SECONDS = 30 * 86_400.0
"""How long a delivery can be looked at."""

_PORTION = 500


def is_anything(connection: Connection, clock: Clock, lease_seconds: float) -> tuple[bool, bool]:
    """Whether there are announcements, and whether deliveries are due."""
    announced = exists().select_from(announcement)
    due = exists().select_from(delivery).where(is_due(clock, lease_seconds))
    row = connection.execute(select(announced, due)).one()
    return bool(row[0]), bool(row[1])


def sweep(database: Database, clock: Clock) -> None:
    """Forget old deliveries, and the callbacks of lectures that are gone."""
    old = select(delivery.c.id).where(delivery.c.created < clock.now - KEPT_SECONDS).limit(_PORTION)

    def portion(connection: Connection) -> bool:
        return connection.execute(delete(delivery).where(delivery.c.id.in_(old))).rowcount > 0

    database.write_in_portions(portion)
    with database.write() as connection:
        callbacks.sweep(connection, clock)
