"""Webhooks: addresses that are told what becomes of lectures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app import ids, moments
from app.access.keys import Scope
from app.notify import signing
from app.notify.addresses import LONGEST_URL
from app.notify.events import Event
from app.notify.webhooks import Change, Webhook
from app.web.problem import Fault, bad_input
from app.web.v1.call import Call
from app.web.v1.deliveries import ShownDelivery, message_told
from app.web.v1.operation import Body, Model, Moment, Reply, Resource, Told, links_by

resource = Resource("webhooks", "Addresses that are told what becomes of lectures")

PREFIX = "wh"

_Url = Annotated[
    str,
    Field(min_length=8, max_length=LONGEST_URL, json_schema_extra={"format": "uri"}),
]
_Events = Annotated[list[Event], Field(min_length=1, max_length=len(Event))]
_Description = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
# Not checked by the model: a problem tells what was sent in the place of something wrong.
_Secret = Annotated[str, Field(json_schema_extra={"pattern": f"^{signing.PATTERN}$"})]


class NewWebhook(Model):
    """A webhook to be made."""

    url: _Url
    """Where messages are posted to: of a host of the internet, or one that the administrator
    allows. Redirects are not followed."""
    events: _Events = Field(default_factory=lambda: list(Event))
    """What it is told of; without them of everything that happens to lectures."""
    description: _Description = ""
    """What it is for, in one line."""
    secret: _Secret | None = None
    """Signs the messages; without it one is made."""


class WebhookChange(Model):
    """What is to be another way; what is left out or null stays."""

    url: _Url | None = None
    events: _Events | None = None
    description: _Description | None = None
    enabled: bool | None = None
    """Disabled, it is told of nothing, and what waits for it has failed."""
    secret: _Secret | None = None
    """Signs the messages from now on."""
    rotate_secret: bool = False
    """Have a new secret made instead."""


class ShownWebhook(Model):
    """A webhook, without its secret."""

    id: str
    url: str
    events: list[Event]
    description: str
    enabled: bool
    created_at: Moment
    disabled_at: Moment | None
    disabled_reason: str | None


class MadeWebhook(ShownWebhook):
    """A webhook whose secret was just made or given."""

    secret: str | None
    """Verify messages by it; it is told in this answer only. Null: it is as it was."""


class Webhooks(Model):
    """The webhooks of the tenant."""

    items: list[ShownWebhook]


_LINKS = links_by(
    "webhook_id",
    "$response.body#/id",
    *("get_webhook", "change_webhook", "test_webhook", "list_deliveries", "delete_webhook"),
)
_LINKS_OF_A_MESSAGE = links_by(
    "delivery_id",
    "$response.body#/id",
    *("get_delivery", "retry_delivery"),
    webhook_id="$request.path.webhook_id",
)


@resource.post(
    "/webhooks",
    scope=Scope.ADMIN,
    answers={
        201: Told(
            "The webhook and its secret, told this once", MadeWebhook, headers={"Location": "Of it"}
        )
    },
    body=Body(json=NewWebhook),
    links=_LINKS,
)
def create_webhook(call: Call) -> Reply:
    """Have an address told what becomes of lectures.

    Messages are signed as https://www.standardwebhooks.com has it, and tried ten times in 24 hours
    until the receiver answers 2xx; each arrives at least once. An answer 410 disables the webhook.
    """
    wanted: NewWebhook = call.body
    made, secret = call.services.webhooks.create(
        call.tenant,
        wanted.url,
        events=wanted.events,
        description=wanted.description,
        secret=wanted.secret,
    )
    told = MadeWebhook(**dict(_shown(made)), secret=secret)
    return Reply(told, 201, {"Location": call.link(f"/webhooks/{told.id}")})


@resource.get("/webhooks", answers={200: Told("The webhooks, oldest first", Webhooks)})
def list_webhooks(call: Call) -> Reply:
    """List the webhooks of the caller's tenant."""
    return Reply(Webhooks(items=[_shown(each) for each in call.services.webhooks.of(call.tenant)]))


@resource.get("/webhooks/{webhook_id}", answers={200: Told("The webhook", ShownWebhook)})
def get_webhook(call: Call, webhook_id: int) -> Reply:
    """Tell of a webhook."""
    return Reply(_shown(call.services.webhooks.find(call.tenant, webhook_id)))


@resource.patch(
    "/webhooks/{webhook_id}",
    scope=Scope.ADMIN,
    answers={200: Told("The webhook as it is now", MadeWebhook)},
    body=Body(json=WebhookChange),
)
def change_webhook(call: Call, webhook_id: int) -> Reply:
    """Change a webhook.

    Messages that wait go to the new address. A secret that is replaced signs as well for a day:
    each message then has two signatures, and one that verifies is enough.
    """
    wanted: WebhookChange = call.body
    if wanted.rotate_secret and wanted.secret is not None:
        told = "give a secret or have one made, not both"
        raise bad_input(told, Fault("/rotate_secret", told))
    secret = signing.new_secret() if wanted.rotate_secret else wanted.secret
    changed = call.services.webhooks.change(
        call.tenant,
        webhook_id,
        Change(
            url=wanted.url,
            events=None if wanted.events is None else tuple(wanted.events),
            description=wanted.description,
            enabled=wanted.enabled,
            secret=secret,
        ),
    )
    return Reply(MadeWebhook(**dict(_shown(changed)), secret=secret))


@resource.delete(
    "/webhooks/{webhook_id}",
    scope=Scope.ADMIN,
    answers={204: Told("It is gone", media_type="")},
)
def delete_webhook(call: Call, webhook_id: int) -> Reply:
    """Forget a webhook and all messages to it, also those that wait."""
    call.services.webhooks.remove(call.tenant, webhook_id)
    return Reply(None, 204)


@resource.post(
    "/webhooks/{webhook_id}/test",
    scope=Scope.ADMIN,
    answers={202: Told("The message that is sent", ShownDelivery)},
    problems=(409,),
    links=_LINKS_OF_A_MESSAGE,
)
def test_webhook(call: Call, webhook_id: int) -> Reply:
    """Send a test message at once, in the way of all others.

    Its event is `webhook.test`, whatever the webhook is told of.
    """
    return Reply(message_told(call.services.webhooks.test(call.tenant, webhook_id)), 202)


def _shown(webhook: Webhook) -> ShownWebhook:
    return ShownWebhook(
        id=ids.told(PREFIX, webhook.id),
        url=webhook.url,
        events=list(webhook.events),
        description=webhook.description,
        enabled=webhook.disabled is None,
        created_at=moments.told(webhook.created),
        disabled_at=moments.told_or_none(webhook.disabled),
        disabled_reason=webhook.disabled_reason,
    )
