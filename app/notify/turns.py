"""Whose message is sent next, so that one slow receiver holds up nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

PER_HOST = 2
"""Deliveries to one host that are tried at a time, by all workers together."""

PER_TENANT = 8
"""The same of one tenant, so that the others' are not held up."""


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
