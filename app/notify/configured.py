"""How messages are sent, and where they may lead, as the settings have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.jobs.store.database import Database
from app.jobs.store.job import JobKey
from app.notify.addresses import Allowed
from app.notify.clock import Clock
from app.notify.outbox import Outbox, Seen
from app.notify.payload import Describe
from config import Notify

if TYPE_CHECKING:
    from app.notify.deliverer import Deliverer


def allowed(settings: Notify) -> Allowed:
    """Where webhooks may lead besides the internet."""
    return Allowed(
        hosts=frozenset(host.lower() for host in settings.allowed_hosts),
        networks=tuple(settings.allowed_networks),
        https_only=settings.https_only,
    )


def deliverer(
    settings: Notify,
    database: Database,
    *,
    owner: str,
    seen: Callable[[JobKey], Seen],
    describe: Describe,
) -> Deliverer:
    """What sends messages.

    Args:
        owner: Names the worker that it is in.
        seen: Whose a lecture is, and what it is called.
        describe: What else is told of it.
    """
    from app.notify.deliverer import Deliverer, Manner  # of no use to the web process

    manner = Manner(allowed(settings), pauses=settings.pauses)
    return Deliverer(database, Outbox(Clock(), seen, describe), manner, owner=owner)
