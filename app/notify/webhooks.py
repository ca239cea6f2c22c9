"""Webhooks: addresses of a tenant, and what each is told of."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app import ids
from app.errors import InputError, NotFound, QuotaExceeded
from app.jobs.store.database import Database
from app.notify import deliveries, payload, queue, signing
from app.notify.addresses import Allowed, Resolve, host_of
from app.notify.callbacks import Callbacks
from app.notify.clock import Clock
from app.notify.deliveries import Deliveries, Delivery, State
from app.notify.events import TEST, Event
from app.notify.tables import delivery, webhook
from app.notify.turns import one_at_a_time

log = logging.getLogger(__name__)

MOST = 100
"""Of one tenant."""

FORMER_SECONDS = 86_400.0
"""How long a secret that was replaced signs as well."""

BY_TENANT = "the tenant disabled it"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook as its tenant may see it; its secret is told once, when it is made."""

    id: int
    tenant: str
    url: str
    events: tuple[Event, ...]
    description: str
    created: float
    disabled: float | None
    """Since when; ``None``: it is told of things."""
    disabled_reason: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be another way; ``None``: it stays."""

    url: str | None = None
    events: tuple[Event, ...] | None = None
    description: str | None = None
    enabled: bool | None = None
    secret: str | None = None


class Webhooks:
    """The webhooks of all tenants; safe to use from any thread and process."""

    def __init__(
        self,
        database: Database,
        allowed: Allowed,
        *,
        clock: Clock | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        """Looks at nothing yet.

        Args:
            allowed: Where they may lead.
            resolve: How names are looked up; the system's way when not given.
        """
        self._database = database
        self._clock = clock or Clock()
        self._callbacks = Callbacks(database, allowed, clock=clock, resolve=resolve)
        self.deliveries = Deliveries(database, self._clock)

    def create(
        self,
        tenant: str,
        url: str,
        *,
        events: Collection[Event] = tuple(Event),
        description: str = "",
        secret: str | None = None,
    ) -> tuple[Webhook, str]:
        """Have an address told of events.

        Args:
            secret: Signs the messages; a new one when not given.

        Returns:
            The webhook's account, and its secret, which no answer tells again.

        Raises:
            InputError: Messages may not be sent there, or the secret is none.
            QuotaExceeded: The tenant has as many as it may have.
        """
        chosen = signing.new_secret() if secret is None else secret
        signing.check_secret(chosen)
        self._callbacks.check(url, field="url")
        with self._database.write() as connection:
            if _number(connection, tenant) >= MOST:
                raise QuotaExceeded(f"a tenant has at most {MOST} webhooks")
            row = connection.execute(
                insert(webhook)
                .values(
                    id=ids.new_id(),
                    tenant=tenant,
                    url=url,
                    secret=chosen,
                    events=_joined(events),
                    description=description,
                    created=self._clock.now,
                    failures=0,
                )
                .returning(*webhook.columns)
            ).one()
        log.info("webhook made id=%s", ids.told("wh", row.id))
        return _told(row), chosen

    def of(self, tenant: str) -> list[Webhook]:
        """The webhooks of a tenant, oldest first."""
        query = select(webhook).where(webhook.c.tenant == tenant).order_by(webhook.c.id)
        with self._database.read() as connection:
            return [_told(row) for row in connection.execute(query)]

    def find(self, tenant: str, webhook_id: int) -> Webhook:
        """One webhook of a tenant.

        Raises:
            NotFound: It has no such webhook.
        """
        with self._database.read() as connection:
            return _told(_found(connection, tenant, webhook_id))

    def change(self, tenant: str, webhook_id: int, change: Change) -> Webhook:
        """Have a webhook be another way; messages that wait go to the new address.

        A secret that is replaced signs as well for a day, so that a receiver can change over.

        Raises:
            NotFound: The tenant has no such webhook.
            InputError: Messages may not be sent there, or the secret is none.
        """
        if change.secret is not None:
            signing.check_secret(change.secret)
        self.find(tenant, webhook_id)
        if change.url is not None:
            self._callbacks.check(change.url, field="url")
        with self._database.write() as connection:
            one_at_a_time(connection)
            former = _found(connection, tenant, webhook_id)
            values = self._values(former, change)
            if values:
                connection.execute(update(webhook).where(webhook.c.id == webhook_id).values(values))
            if change.url is not None:
                _redirect(connection, webhook_id, change.url)
            if change.enabled is False:
                queue.disable(connection, self._clock, webhook_id, BY_TENANT)
            return _told(_found(connection, tenant, webhook_id))

    def remove(self, tenant: str, webhook_id: int) -> None:
        """Forget a webhook and all that was sent to it.

        Raises:
            NotFound: The tenant has no such webhook.
        """
        with self._database.write() as connection:
            one_at_a_time(connection)
            _found(connection, tenant, webhook_id)
            connection.execute(delete(webhook).where(webhook.c.id == webhook_id))
        log.info("webhook removed id=%s", ids.told("wh", webhook_id))

    def test(self, tenant: str, webhook_id: int) -> Delivery:
        """Send a message that shows whether messages arrive, at once.

        Raises:
            NotFound: The tenant has no such webhook.
            Conflict: It is disabled.
        """
        with self._database.write() as connection:
            deliveries.check_enabled(connection, tenant, webhook_id)
            found = _found(connection, tenant, webhook_id)
            at = connection.execute(select(self._clock.now)).scalar_one()
            number = deliveries.add(
                connection,
                self._clock,
                tenant=tenant,
                webhook_id=webhook_id,
                url=found.url,
                event=TEST,
                body=payload.of_test(webhook_id, at),
            )
        return self.deliveries.find(tenant, webhook_id, number)

    def _values(self, former: Row[Any], change: Change) -> dict[str, Any]:  # of the table
        values: dict[str, Any] = {}
        if change.url is not None:
            values["url"] = change.url
        if change.events is not None:
            values["events"] = _joined(change.events)
        if change.description is not None:
            values["description"] = change.description
        if change.enabled:
            values |= {"disabled": None, "disabled_reason": None, "failures": 0}
        if change.secret is not None and change.secret != former.secret:
            values["secret"] = change.secret
            values["former_secret"] = former.secret
            values["former_until"] = self._clock.now + FORMER_SECONDS
        return values


def _number(connection: Connection, tenant: str) -> int:
    query = select(func.count()).select_from(webhook).where(webhook.c.tenant == tenant)
    return int(connection.execute(query).scalar_one())


def _redirect(connection: Connection, webhook_id: int, url: str) -> None:
    connection.execute(
        update(delivery)
        .where(delivery.c.webhook_id == webhook_id, delivery.c.state == State.PENDING)
        .values(url=url, host=host_of(url))
    )


def _joined(events: Collection[Event]) -> str:
    if not events:
        raise InputError(f"name some of {', '.join(Event)}", field="events")
    return " ".join(event for event in Event if event in events)


def _found(connection: Connection, tenant: str, webhook_id: int) -> Row[*tuple[Any, ...]]:
    query = select(webhook).where(webhook.c.tenant == tenant, webhook.c.id == webhook_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("no such webhook")
    return row


def _told(row: Row[*tuple[Any, ...]]) -> Webhook:  # of the table
    return Webhook(
        id=row.id,
        tenant=row.tenant,
        url=row.url,
        events=tuple(Event(name) for name in row.events.split()),
        description=row.description,
        created=row.created,
        disabled=row.disabled,
        disabled_reason=row.disabled_reason,
    )
