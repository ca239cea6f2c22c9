"""A job store whose time the tests tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

import pytest
from sqlalchemy import Double, literal

from app.jobs.store.database import Database
from app.notify import queue
from app.notify.addresses import Allowed
from app.notify.clock import Clock
from app.notify.deliveries import Try
from app.notify.queue import Due
from app.notify.webhooks import Webhooks
from tests.unit.jobs.conftest import database

__all__ = ["database"]

LEASE = 60.0
START = 1_800_000_000.0
ACME = "acme"
NAMES = {"lms.example": "93.184.216.34", "inside.example": "10.0.0.1", "other.example": "8.8.8.8"}


def resolve(host: str) -> list[str]:
    """Stands in for DNS."""
    if host not in NAMES:
        raise OSError
    return [NAMES[host]]


@dataclass
class Place:
    """Webhooks, and their queue, at a time."""

    database: Database
    now: float = START
    allowed: Allowed = field(default_factory=lambda: Allowed(networks=(ip_network("127.0.0.1"),)))

    @property
    def clock(self) -> Clock:
        return Clock(literal(self.now, Double()), literal(self.now, Double()))

    @property
    def webhooks(self) -> Webhooks:
        return Webhooks(self.database, self.allowed, clock=self.clock, resolve=resolve)

    def claim(self, *, owner: str = "worker", places: int = 16) -> list[Due]:
        with self.database.write() as connection:
            return queue.claim(
                connection, self.clock, owner=owner, lease_seconds=LEASE, places=places
            )

    def delivered(self, due: Due) -> None:
        with self.database.write() as connection:
            queue.delivered(connection, due, Try(self.now, 5, 204))

    def failed(self, due: Due, *, pause: float | None = 5.0, status: int | None = 500) -> None:
        with self.database.write() as connection:
            tried = Try(self.now, 5, status, "bad_status")
            queue.not_delivered(connection, self.clock, due, tried, pause=pause)


@pytest.fixture
def place(database: Path) -> Iterator[Place]:
    opened = Database(f"sqlite:///{database}")
    yield Place(opened)
    opened.close()
