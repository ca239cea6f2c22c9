"""What a tenant has and has asked for, counted from the job store's database."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, insert, select

from app.access.tables import accepted_speech
from app.jobs.store.database import Database
from app.jobs.store.tables import Now, job
from app.jobs.store.transitions import ACTIVE
from app.steps.content import LECTURE

DAY_SECONDS = 86_400.0


def kept_lectures(database: Database, tenant: str) -> int:
    """How many lectures a tenant has; small jobs end within seconds and are not counted."""
    return _count(database, job.c.tenant == tenant, job.c.kind == LECTURE)


def unfinished_lectures(database: Database, tenant: str) -> int:
    """How many of them are queued, running or being cancelled."""
    return _count(database, job.c.state.in_(ACTIVE), job.c.tenant == tenant, job.c.kind == LECTURE)


def _count(database: Database, *conditions: ColumnElement[bool]) -> int:
    with database.read() as connection:
        query = select(func.count()).select_from(job).where(*conditions)
        return connection.execute(query).scalar_one()


def note_speech(database: Database, tenant: str, seconds: float) -> None:
    """Remember for a day that so much speech was accepted."""
    with database.write() as connection:
        connection.execute(
            delete(accepted_speech).where(accepted_speech.c.at < Now() - DAY_SECONDS)
        )
        connection.execute(insert(accepted_speech).values(tenant=tenant, at=Now(), seconds=seconds))


def seconds_until(database: Database, tenant: str, most: float) -> float:
    """How long it takes until a tenant has no more than so much speech of the last 24 hours.

    Args:
        most: Seconds of speech.

    Returns:
        Seconds; 0 when that is so already.
    """
    mine = (accepted_speech.c.tenant == tenant, accepted_speech.c.at > Now() - DAY_SECONDS)
    query = (
        select(accepted_speech.c.seconds, accepted_speech.c.at + DAY_SECONDS - Now())
        .where(*mine)
        .order_by(accepted_speech.c.at.desc(), accepted_speech.c.id.desc())
    )
    total = 0.0
    with database.read() as connection:
        for seconds, left in connection.execute(query):
            total += seconds
            if total > most:
                return max(1.0, float(left))
    return 0.0
