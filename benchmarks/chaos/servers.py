"""Real PostgreSQL, RabbitMQ and Redis: those of the tests, started when a case needs them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from _pytest.outcomes import Skipped

from tests.services import brokers, postgresql
from tests.services.brokers import Broker
from tests.services.postgresql import PostgreSQL

Server = TypeVar("Server")


class NotInstalled(Exception):
    """A server program is not on this machine; the message names it."""


class Servers:
    """Servers that run from their first use to the end of the ``with`` block."""

    def __init__(self) -> None:
        self._running: dict[str, Any] = {}  # by fixture; each has its own class
        self._stack = ExitStack()

    def __enter__(self) -> Servers:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def postgresql(self) -> PostgreSQL:
        """A server; every place asks it for a database of its own."""
        found: PostgreSQL = self._start("postgresql", postgresql.postgresql)
        return found

    def rabbitmq(self) -> Broker:
        """A broker."""
        found: Broker = self._start("rabbitmq", brokers.rabbitmq)
        return found

    def redis(self) -> Broker:
        """Another broker."""
        found: Broker = self._start("redis", brokers.redis)
        return found

    def _start(self, name: str, fixture: Callable[..., Iterator[Server]]) -> Server:
        if name not in self._running:
            # What pytest calls is the generator below the fixture.
            starter = contextmanager(inspect.unwrap(fixture))
            try:
                self._running[name] = self._stack.enter_context(starter())
            except Skipped as reason:
                raise NotInstalled(str(reason)) from reason
        started: Server = self._running[name]
        return started
