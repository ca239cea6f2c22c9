"""Who was served lately, jobs that have ended included.

A job of one step has ended before the next claim.  Were it forgotten with that, whoever submits
many such jobs would be served before everybody else each time.
"""

from __future__ import annotations

from sqlalchemy import Connection, Subquery, func, select

from app.jobs.store.job import StepState
from app.jobs.store.tables import event

_LATELY = 200
"""Events, some 50 turns: who had none among them was not served lately."""


def last_turns() -> Subquery:
    """The last ``turn`` of each ``tenant`` that had one lately, as jobs note it."""
    lately = select(event).order_by(event.c.seq.desc()).limit(_LATELY).subquery()
    return (
        select(lately.c.tenant, func.max(lately.c.seq).label("turn"))
        .where(lately.c.kind == StepState.RUNNING, lately.c.step.is_not(None))
        .group_by(lately.c.tenant)
        .subquery("lately")
    )


def turn_of_newcomer(connection: Connection, tenant: str) -> int:
    """When a job that is submitted now counts as served last.

    Just before the tenant's last turn: a job that had that one lets the newcomer go first, and one
    that has waited since an earlier one goes before it.
    """
    last = last_turns()
    found = connection.execute(select(last.c.turn).where(last.c.tenant == tenant)).scalar()
    return 0 if found is None else int(found) - 1
