"""Announcements become deliveries: one for each webhook that wants the event, and the callback."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, tuple_

from app import ids
from app.jobs.store.announcing import announcement
from app.jobs.store.job import JobKey, JobState
from app.notify import deliveries
from app.notify.clock import Clock
from app.notify.events import OF_CALLBACKS, OF_STATE
from app.notify.payload import Describe, Happened, nothing_more, of_lecture
from app.notify.tables import callback, webhook

PORTION = 100
"""Announcements that one transaction takes."""


class Seen(NamedTuple):
    """Whose a lecture is, and what it is called."""

    tenant: str
    name: str


def by_own_tenant(key: JobKey) -> Seen:
    """As the API names lectures."""
    return Seen(key.tenant, ids.told("lec", key.id))


@dataclass(frozen=True, slots=True)
class Outbox:
    """How announcements are read."""

    clock: Clock
    seen: Callable[[JobKey], Seen] = by_own_tenant
    describe: Describe = nothing_more


class _Receiver(NamedTuple):
    url: str
    webhook_id: int | None
    secret: str | None
    events: Collection[str]


def make_deliveries(connection: Connection, outbox: Outbox) -> int:
    """Take the oldest announcements and write down what is to be sent, in one transaction.

    Returns:
        How many there were; none that is left was older.
    """
    rows = connection.execute(
        select(announcement)
        .order_by(announcement.c.id)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return 0
    seen = {row.id: outbox.seen(JobKey(row.tenant, row.job_id)) for row in rows}
    webhooks = _webhooks(connection, {each.tenant for each in seen.values()})
    callbacks = _callbacks(connection, {JobKey(row.tenant, row.job_id) for row in rows})
    for row in rows:
        key, event = JobKey(row.tenant, row.job_id), OF_STATE[JobState(row.state)]
        receivers = [*webhooks.get(seen[row.id].tenant, ()), *callbacks.get(key, ())]
        wanting = [receiver for receiver in receivers if event in receiver.events]
        if wanting:
            happened = Happened(key, row.generation, row.state, row.at, seen[row.id].name)
            body = of_lecture(connection, happened, event, outbox.describe)
            for receiver in wanting:
                deliveries.add(
                    connection,
                    outbox.clock,
                    tenant=seen[row.id].tenant,
                    url=receiver.url,
                    event=event,
                    body=body,
                    webhook_id=receiver.webhook_id,
                    job_id=key.id if receiver.webhook_id is None else None,
                    secret=receiver.secret,
                )
    connection.execute(delete(announcement).where(announcement.c.id.in_(seen)))
    return len(rows)


def _webhooks(
    connection: Connection, tenants: Collection[str]
) -> Mapping[str, Sequence[_Receiver]]:
    """Enabled ones, by tenant; none is disabled or removed before the transaction ends."""
    found: dict[str, list[_Receiver]] = {}
    rows = connection.execute(
        select(webhook.c.tenant, webhook.c.url, webhook.c.id, webhook.c.events)
        .where(webhook.c.tenant.in_(tenants), webhook.c.disabled.is_(None))
        .order_by(webhook.c.id)
        .with_for_update(read=True)
    )
    for row in rows:
        receiver = _Receiver(row.url, row.id, None, row.events.split())
        found.setdefault(row.tenant, []).append(receiver)
    return found


def _callbacks(
    connection: Connection, keys: Collection[JobKey]
) -> Mapping[JobKey, Sequence[_Receiver]]:
    rows: Iterator[Any] = iter(
        connection.execute(
            select(callback).where(tuple_(callback.c.tenant, callback.c.job_id).in_(keys))
        )
    )
    return {
        JobKey(row.tenant, row.job_id): [_Receiver(row.url, None, row.secret, OF_CALLBACKS)]
        for row in rows
    }
