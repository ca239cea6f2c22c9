"""Whose message is sent next, so that one slow receiver holds up nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, select

PER_HOST = 2
"""Deliveries to one host that are tried at a time, by all workers together."""

PER_TENANT = 8
"""The same of one tenant, so that the others' are not held up."""

_LOCK = 0x766C6E6F7469
"""Any number that nobody else locks in the same PostgreSQL database."""


class Waiting(NamedTuple):
    """A delivery that could be tried."""

    id: int
    tenant: str
    host: str


def choose(
    waiting: Iterable[Waiting], running: Iterable[tuple[str, str]], places: int
) -> list[int]:
    """Which deliveries are tried next; one slow receiver, or tenant, leaves room for others.

    Args:
        waiting: In the order in which they should be.
        running: Tenant and host of those that are being tried.
        places: At most so many.
    """
    tenants: Counter[str] = Counter()
    hosts: Counter[str] = Counter()
    for tenant, host in running:
        tenants[tenant] += 1
        hosts[host] += 1
    chosen: list[int] = []
    for each in waiting:
        if len(chosen) == places:
            break
        if tenants[each.tenant] < PER_TENANT and hosts[each.host] < PER_HOST:
            tenants[each.tenant] += 1
            hosts[each.host] += 1
            chosen.append(each.id)
    return chosen


def one_at_a_time(connection: Connection) -> None:
    """Wait for others who change deliveries, until the transaction ends; SQLite does so anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
