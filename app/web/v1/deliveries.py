"""Messages to webhooks and callbacks: whether they arrived, and what came of every try."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from app import ids, moments
from app.access.keys import Scope
from app.errors import JobNotFound
from app.notify.deliveries import Delivery, State
from app.web.v1 import cursors
from app.web.v1.call import Call
from app.web.v1.cursors import Cursor
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.operation import Model, Moment, Reply, Resource, Told

resource = Resource("deliveries", "Messages to webhooks and callbacks, and whether they arrived")

PREFIX = "msg"


class ShownTry(Model):
    """What came of sending a message once."""

    at: Moment
    milliseconds: int
    status: int | None
    """Of the answer; null: there was none."""
    error: str | None
    """Null: it arrived. Else `bad_status`, `redirect`, `timeout`, `connection_refused`,
    `connection_broken`, `no_http`, `tls_failed`, `bad_certificate`, `host_not_found`,
    `address_refused` or `internal`."""


class ShownDelivery(Model):
    """A message to a webhook."""

    id: str
    """`webhook-id` of its requests, the same at every try: by it a receiver knows what it has."""
    event: str
    url: str
    state: State
    tries: int
    """Since it was last asked for."""
    created_at: Moment
    next_try_at: Moment | None
    last_error: str | None
    """As in the log; `webhook_disabled` when it was given up for that."""
    log: list[ShownTry]
    """The last tries, oldest first."""
    payload: dict[str, Any]
    """What it says."""


class Deliveries(Model):
    """A page of messages, the newest first."""

    items: list[ShownDelivery]
    next_cursor: str | None
    """Of the next page; null: this is the last one."""


class DeliveriesQuery(Model):
    """Which messages."""

    state: Literal["pending", "delivered", "failed"] | None = None
    """Only those that stand there."""
    cursor: Cursor | None = None
    """`next_cursor` of the page before."""
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    """Most messages of a page."""


@resource.get(
    "/webhooks/{webhook_id}/deliveries",
    answers={200: Told("Messages, the newest first", Deliveries)},
    query=DeliveriesQuery,
)
def list_deliveries(call: Call, webhook_id: int) -> Reply:
    """List what was sent to a webhook in the last 30 days, with every try."""
    asked: DeliveriesQuery = call.query
    call.services.webhooks.find(call.tenant, webhook_id)
    deliveries = call.services.webhooks.deliveries
    return _page(asked, partial(deliveries.of, call.tenant, webhook_id))


@resource.get(
    "/lectures/{lecture_id}/deliveries",
    answers={200: Told("Messages, the newest first", Deliveries)},
    query=DeliveriesQuery,
)
def list_callback_deliveries(call: Call, lecture_id: LectureRef) -> Reply:
    """List what the callback of a lecture was told in the last 30 days, with every try.

    That is the `callback_url` with which it was asked for.
    """
    asked: DeliveriesQuery = call.query
    key = lecture_id.key(call.tenant)
    if not call.services.requests.has_job(key):
        raise JobNotFound(f"no lecture is called {str(lecture_id)!r}")
    deliveries = call.services.webhooks.deliveries
    return _page(asked, partial(deliveries.to_callback, key.tenant, key.id))


@resource.get(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}",
    answers={200: Told("The message", ShownDelivery)},
)
def get_delivery(call: Call, webhook_id: int, delivery_id: int) -> Reply:
    """Tell of a message to a webhook."""
    found = call.services.webhooks.deliveries.find(call.tenant, webhook_id, delivery_id)
    return Reply(message_told(found))


@resource.post(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/retry",
    scope=Scope.ADMIN,
    answers={202: Told("The message, to be sent again", ShownDelivery)},
    problems=(409,),
)
def retry_delivery(call: Call, webhook_id: int, delivery_id: int) -> Reply:
    """Send a message once more, at once, whether it had arrived or not.

    If it fails it is tried again like a new one.
    """
    found = call.services.webhooks.deliveries.retry(call.tenant, webhook_id, delivery_id)
    return Reply(message_told(found), 202)


def _page(asked: DeliveriesQuery, read: Callable[..., list[Delivery]]) -> Reply:
    found = read(
        state=None if asked.state is None else State(asked.state),
        before=cursors.read(asked.cursor, cursors.IDS),
        limit=asked.limit + 1,
    )
    page = found[: asked.limit]
    cursor = cursors.told(page[-1].id) if len(found) > asked.limit else None
    return Reply(Deliveries(items=[message_told(each) for each in page], next_cursor=cursor))


def message_told(delivery: Delivery) -> ShownDelivery:
    """A message as callers see it."""
    return ShownDelivery(
        id=ids.told(PREFIX, delivery.id),
        event=delivery.event,
        url=delivery.url,
        state=delivery.state,
        tries=delivery.tries,
        created_at=moments.told(delivery.created),
        next_try_at=moments.told_or_none(delivery.next_try),
        last_error=delivery.last_error,
        log=[
            ShownTry(
                at=moments.told(each.at),
                milliseconds=each.milliseconds,
                status=each.status,
                error=each.error,
            )
            for each in delivery.log
        ],
        payload=json.loads(delivery.body),
    )
