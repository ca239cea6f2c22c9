"""A job store, its webhooks, and what sends to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network

import pytest
from sqlalchemy import exists, func, or_, select

from app.jobs.store.announcing import announcement
from app.jobs.store.store import Store
from app.notify.addresses import Allowed
from app.notify.callbacks import Callbacks
from app.notify.clock import Clock
from app.notify.deliverer import Deliverer, Manner
from app.notify.outbox import Outbox
from app.notify.tables import delivery
from app.notify.webhooks import Webhooks
from tests.unit.jobs.conftest import database, database_url, no_pauses, store

__all__ = ["database", "database_url", "no_pauses", "store"]

HERE = Allowed(networks=(ip_network("127.0.0.0/8"),))
"""As an administrator allows it whose LMS is on the same machine."""


@dataclass
class Site:
    """A job store with webhooks."""

    store: Store

    @property
    def webhooks(self) -> Webhooks:
        return Webhooks(self.store.database, HERE)

    @property
    def callbacks(self) -> Callbacks:
        return Callbacks(self.store.database, HERE)

    def announcements(self) -> int:
        """How many nobody has looked at."""
        with self.store.database.read() as connection:
            query = select(func.count()).select_from(announcement)
            return int(connection.execute(query).scalar_one())

    def on_their_way(self) -> int:
        """How many messages are being sent."""
        with self.store.database.read() as connection:
            query = select(func.count()).where(delivery.c.owner.is_not(None))
            return int(connection.execute(query).scalar_one())

    def is_quiet(self) -> bool:
        """Whether there is nothing to announce and nothing to send."""
        with self.store.database.read() as connection:
            waiting = exists().where(delivery.c.state == "pending")
            announced = exists().select_from(announcement)
            return not connection.execute(select(or_(waiting, announced))).scalar()

    @contextmanager
    def delivering(
        self,
        *,
        pauses: tuple[float, ...] = (0.0, 0.01),
        try_seconds: float = 2.0,
        owner: str = "worker",
    ) -> Iterator[Deliverer]:
        manner = Manner(HERE, pauses=pauses, try_seconds=try_seconds, lease_seconds=5.0)
        deliverer = Deliverer(self.store.database, Outbox(Clock()), manner, owner=owner)
        deliverer.start()
        try:
            yield deliverer
        finally:
            deliverer.stop()


@pytest.fixture
def site(store: Store) -> Site:
    return Site(store)


def eventually(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.01)
