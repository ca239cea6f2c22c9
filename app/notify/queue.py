"""Deliveries that wait for their next try: who sends which, and what came of it.

Every function needs a transaction that writes.  Whoever changes deliveries that are there calls
:func:`app.notify.turns.one_at_a_time` first: on PostgreSQL two that lock the same rows in another
order would wait for each other, and two that count what is on its way would send twice as much.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from app import ids
from app.notify.clock import Clock
from app.notify.deliveries import State, Try
from app.notify.tables import delivery, webhook
from app.notify.turns import PER_HOST, Waiting, choose, one_at_a_time

log = logging.getLogger(__name__)

LOG_LENGTH = 20
"""Tries that are remembered of a delivery."""

GIVEN_UP_IN_A_ROW = 20
"""Deliveries of a webhook, each after its last try, that disable it."""

_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be tried now, and who does it."""

    id: int
    owner: str
    tenant: str
    webhook_id: int | None
    url: str
    event: str
    body: str
    tries: int
    """Before this one."""
    secrets: tuple[str, ...]
    """That sign it."""

    @property
    def name(self) -> str:
        """Its message's id."""
        return ids.told("msg", self.id)


def claim(
    connection: Connection, clock: Clock, *, owner: str, lease_seconds: float, places: int
) -> list[Due]:
    """Take deliveries that are due."""
    one_at_a_time(connection)
    running = connection.execute(
        select(delivery.c.tenant, delivery.c.host).where(is_leased(clock, lease_seconds))
    )
    waiting = [Waiting(*row) for row in connection.execute(_waiting(clock, lease_seconds))]
    chosen = choose(waiting, [(row.tenant, row.host) for row in running], places)
    if not chosen:
        return []
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(chosen))
        .values(owner=owner, lease_until=clock.ticks + lease_seconds)
    )
    rows = connection.execute(
        select(
            delivery,
            webhook.c.secret.label("current"),
            webhook.c.former_secret.label("former"),
            (webhook.c.former_until > clock.now).label("former_counts"),
        )
        .join(webhook, webhook.c.id == delivery.c.webhook_id, isouter=True)
        .where(delivery.c.id.in_(chosen))
    )
    return [_due(row, owner) for row in rows]


def is_due(clock: Clock, lease_seconds: float) -> ColumnElement[bool]:
    """Whether a delivery waits for nobody and nothing."""
    return and_(
        delivery.c.state == State.PENDING,
        or_(
            delivery.c.next_try <= clock.now,
            # An end further away than the pause is long was set by a clock that went wrong.
            delivery.c.next_try > clock.now + delivery.c.pause_seconds,
        ),
        or_(delivery.c.lease_until.is_(None), ~_holds(clock, lease_seconds)),
    )


def is_leased(clock: Clock, lease_seconds: float) -> ColumnElement[bool]:
    """Whether somebody is trying it."""
    return and_(
        delivery.c.state == State.PENDING,
        delivery.c.lease_until.is_not(None),
        _holds(clock, lease_seconds),
    )


def delivered(connection: Connection, sent: Due, tried: Try) -> None:
    """Note that a receiver has a message, whoever else may have taken its delivery meanwhile."""
    one_at_a_time(connection)
    connection.execute(
        update(webhook)
        .where(webhook.c.id == sent.webhook_id, webhook.c.failures > 0)
        .values(failures=0)
    )
    _note(connection, sent, tried, state=State.DELIVERED, next_try=None, pause_seconds=None)


def not_delivered(
    connection: Connection, clock: Clock, sent: Due, tried: Try, *, pause: float | None
) -> None:
    """Note a try that failed.

    Args:
        pause: Seconds until the next one; ``None``: there is none.
    """
    one_at_a_time(connection)
    mine = (
        delivery.c.state == State.PENDING,
        delivery.c.owner == sent.owner,
        delivery.c.tries == sent.tries,
    )
    if pause is not None:
        _note(connection, sent, tried, *mine, next_try=clock.now + pause, pause_seconds=pause)
        return
    ended = {"state": State.FAILED, "next_try": None, "pause_seconds": None}
    if _note(connection, sent, tried, *mine, **ended) and sent.webhook_id is not None:
        _count_failure(connection, clock, sent.webhook_id)


def disable(connection: Connection, clock: Clock, webhook_id: int, reason: str) -> None:
    """Send nothing more to a webhook; what waits has failed."""
    one_at_a_time(connection)
    disabled = connection.execute(
        update(webhook)
        .where(webhook.c.id == webhook_id, webhook.c.disabled.is_(None))
        .values(disabled=clock.now, disabled_reason=reason)
    )
    connection.execute(
        update(delivery)
        .where(delivery.c.webhook_id == webhook_id, delivery.c.state == State.PENDING)
        .values(
            state=State.FAILED,
            last_error="webhook_disabled",
            next_try=None,
            pause_seconds=None,
            owner=None,
            lease_until=None,
        )
    )
    if disabled.rowcount:
        log.warning("webhook disabled id=%s reason=%s", ids.told("wh", webhook_id), reason)


def release(connection: Connection, owner: str) -> int:
    """Let others try at once what a worker was trying that is gone; how many there were."""
    one_at_a_time(connection)
    return connection.execute(
        update(delivery).where(delivery.c.owner == owner).values(owner=None, lease_until=None)
    ).rowcount


def _holds(clock: Clock, lease_seconds: float) -> ColumnElement[bool]:
    # One that ends later than it could was taken before the machine restarted.
    until = delivery.c.lease_until
    return and_(until > clock.ticks, until <= clock.ticks + lease_seconds)


def _waiting(clock: Clock, lease_seconds: float) -> Any:  # a select of Waiting's columns
    """The first few of each host, and of these the first few of each tenant, in turn."""
    table = delivery.c
    of_host = func.row_number().over(partition_by=table.host, order_by=(table.next_try, table.id))
    first = (
        select(table.id, table.tenant, table.host, table.next_try, of_host.label("of_host"))
        .where(is_due(clock, lease_seconds))
        .subquery()
    )
    of_tenant = func.row_number().over(
        partition_by=first.c.tenant, order_by=(first.c.of_host, first.c.next_try, first.c.id)
    )
    ranked = (
        select(first, of_tenant.label("of_tenant")).where(first.c.of_host <= PER_HOST).subquery()
    )
    return (
        select(ranked.c.id, ranked.c.tenant, ranked.c.host)
        .order_by(ranked.c.of_tenant, ranked.c.next_try)
        .limit(_CANDIDATES)
    )


def _due(row: Any, owner: str) -> Due:  # columns as selected
    secrets = [row.secret or row.current]
    if row.former is not None and row.former_counts:
        secrets.append(row.former)
    return Due(
        id=row.id,
        owner=owner,
        tenant=row.tenant,
        webhook_id=row.webhook_id,
        url=row.url,
        event=row.event,
        body=row.body,
        tries=row.tries,
        secrets=tuple(secrets),
    )


def _note(
    connection: Connection,
    sent: Due,
    tried: Try,
    *conditions: ColumnElement[bool],
    **values: Any,  # columns of the delivery table
) -> bool:
    """Write down a try and free its delivery, if the conditions hold; returns whether."""
    mine = and_(delivery.c.id == sent.id, *conditions)
    found = connection.execute(select(delivery.c.log).where(mine)).one_or_none()
    if found is None:
        return False
    tries: Sequence[Any] = [*json.loads(found.log), asdict(tried)]
    connection.execute(
        update(delivery)
        .where(mine)
        .values(
            tries=delivery.c.tries + 1,
            owner=None,
            lease_until=None,
            last_status=tried.status,
            last_error=tried.error,
            log=json.dumps(tries[-LOG_LENGTH:]),
            **values,
        )
    )
    return True


def _count_failure(connection: Connection, clock: Clock, webhook_id: int) -> None:
    failures = connection.execute(
        update(webhook)
        .where(webhook.c.id == webhook_id)
        .values(failures=webhook.c.failures + 1)
        .returning(webhook.c.failures)
    ).scalar_one_or_none()
    if failures is not None and failures >= GIVEN_UP_IN_A_ROW:
        disable(connection, clock, webhook_id, f"{failures} deliveries in a row were given up")
