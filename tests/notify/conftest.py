"""A job store, its webhooks, and what sends to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network

import pytest

from app.jobs.store.store import Store
from app.notify.addresses import Allowed
from app.notify.callbacks import Callbacks
from app.notify.clock import Clock
from app.notify.deliverer import Deliverer, Manner
from app.notify.outbox import Outbox
from app.notify.webhooks import Webhooks
from tests.unit.jobs.conftest import database, database_url, empty_database, no_pauses, store

__all__ = ["database", "database_url", "empty_database", "no_pauses", "store"]

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

    @contextmanager
    def delivering(
        self, *, pauses: tuple[float, ...] = (0.0, 0.01), owner: str = "worker"
    ) -> Iterator[Deliverer]:
        manner = Manner(HERE, pauses=pauses, try_seconds=2.0, lease_seconds=5.0)
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
