"""What was sent to webhooks, for whoever looks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from app import ids
from app.errors import Conflict, NotFound
from app.jobs.store.database import Database
from app.notify.addresses import host_of
from app.notify.clock import Clock
from app.notify.tables import delivery, webhook
from app.notify.turns import one_at_a_time


class State(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    """It is tried, or waits for its next try."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up."""


@dataclass(frozen=True, slots=True)
class Try:
    """What came of sending a message once."""

    at: float
    """Seconds since the epoch."""
    milliseconds: int
    status: int | None = None
    """Of the answer; ``None``: there was none."""
    error: str | None = None
    """Why it does not count as delivered."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to a webhook."""

    id: int
    event: str
    url: str
    body: str
    """As it is signed: JSON."""
    created: float
    state: State
    tries: int
    """Since it was last asked for."""
    next_try: float | None
    log: tuple[Try, ...]
    """The last tries, oldest first."""
    last_error: str | None


def add(
    connection: Connection,
    clock: Clock,
    *,
    tenant: str,
    url: str,
    event: str,
    body: str,
    webhook_id: int | None = None,
    job_id: int | None = None,
    secret: str | None = None,
) -> int:
    """Have a message sent at once; returns its number.

    Args:
        webhook_id: Whose address and secret it is sent with; ``None``: this secret signs.
        job_id: Of the lecture whose callback it goes to.
    """
    number = ids.new_id()
    connection.execute(
        insert(delivery).values(
            id=number,
            tenant=tenant,
            webhook_id=webhook_id,
            job_id=job_id,
            url=url,
            host=host_of(url),
            secret=secret,
            event=event,
            body=body,
            created=clock.now,
            state=State.PENDING,
            tries=0,
            next_try=clock.now,
            pause_seconds=0.0,
            log="[]",
        )
    )
    return number


class Deliveries:
    """Deliveries of all webhooks and callbacks; safe to use from any thread and process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(
        self,
        tenant: str,
        webhook_id: int,
        *,
        state: State | None = None,
        before: int | None = None,
        limit: int,
    ) -> list[Delivery]:
        """Deliveries of a webhook, the newest first.

        Args:
            before: Of those, what comes after this one in that order.
        """
        return self._page(_of(tenant, webhook_id), state, before, limit)

    def to_callback(
        self,
        tenant: str,
        job_id: int,
        *,
        state: State | None = None,
        before: int | None = None,
        limit: int,
    ) -> list[Delivery]:
        """The same of what the callback of a lecture was told."""
        mine = (delivery.c.tenant == tenant, delivery.c.job_id == job_id)
        return self._page(mine, state, before, limit)

    def _page(
        self,
        mine: Sequence[ColumnElement[bool]],
        state: State | None,
        before: int | None,
        limit: int,
    ) -> list[Delivery]:
        query = select(delivery).where(*mine)
        if state is not None:
            query = query.where(delivery.c.state == state)
        if before is not None:
            query = query.where(delivery.c.id < before)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(delivery.c.id.desc()).limit(limit))
            return [told(row) for row in rows]

    def find(self, tenant: str, webhook_id: int, number: int) -> Delivery:
        """One delivery.

        Raises:
            NotFound: The tenant's webhook has no such delivery.
        """
        with self._database.read() as connection:
            return _found(connection, tenant, webhook_id, number)

    def retry(self, tenant: str, webhook_id: int, number: int) -> Delivery:
        """Send a message once more, at once, with all its tries before it.

        Raises:
            NotFound: The tenant's webhook has no such delivery.
            Conflict: The webhook is disabled, or the delivery is being tried at the moment.
        """
        mine = and_(*_of(tenant, webhook_id), delivery.c.id == number)
        with self._database.write() as connection:
            one_at_a_time(connection)
            check_enabled(connection, tenant, webhook_id)
            changed = connection.execute(
                update(delivery)
                .where(
                    mine,
                    or_(
                        delivery.c.lease_until.is_(None),
                        delivery.c.lease_until <= self._clock.ticks,
                    ),
                )
                .values(
                    url=select(webhook.c.url).where(webhook.c.id == webhook_id).scalar_subquery(),
                    state=State.PENDING,
                    tries=0,
                    next_try=self._clock.now,
                    pause_seconds=0.0,
                )
                .returning(delivery.c.url)
            ).one_or_none()
            if changed is not None:
                connection.execute(update(delivery).where(mine).values(host=host_of(changed.url)))
            found = _found(connection, tenant, webhook_id, number)
        if changed is None:
            raise Conflict("the message is being sent at the moment")
        return found


def check_enabled(connection: Connection, tenant: str, webhook_id: int) -> None:
    """Return when a webhook is told of things, and stays so until the transaction ends.

    Raises:
        NotFound: The tenant has no such webhook.
        Conflict: It is disabled.
    """
    row = connection.execute(
        select(webhook.c.disabled)
        .where(webhook.c.tenant == tenant, webhook.c.id == webhook_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no such webhook")
    if row.disabled is not None:
        raise Conflict("the webhook is disabled; enable it first")


def told(row: Any) -> Delivery:  # of the table
    """A row as others see it."""
    return Delivery(
        id=row.id,
        event=row.event,
        url=row.url,
        body=row.body,
        created=row.created,
        state=State(row.state),
        tries=row.tries,
        next_try=row.next_try,
        log=tuple(Try(**each) for each in json.loads(row.log)),
        last_error=row.last_error,
    )


def _found(connection: Connection, tenant: str, webhook_id: int, number: int) -> Delivery:
    query = select(delivery).where(*_of(tenant, webhook_id), delivery.c.id == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("no such delivery")
    return told(row)


def _of(tenant: str, webhook_id: int) -> Sequence[ColumnElement[bool]]:
    return delivery.c.tenant == tenant, delivery.c.webhook_id == webhook_id
