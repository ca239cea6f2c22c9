"""Which lectures have started and ended that nobody was told of yet.

A row is written in the transaction in which it happens: what is announced has happened, and
what has happened is announced, whoever dies.  :mod:`app.notify` makes messages of the rows and
removes them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Connection, Double, Integer, String, Table, insert

from app.jobs.store.job import SHELL, JobState
from app.jobs.store.tables import Now, RowId, metadata
from app.steps.content import LECTURE

announcement = Table(
    "announcement",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("job_id", BigInteger, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("state", String(20), nullable=False, comment="that the job came to"),
    Column("at", Double, nullable=False),
)

_STATES = (JobState.RUNNING, JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def announce(
    connection: Connection,
    tenant: str,
    job_id: int,
    generation: int,
    state: JobState,
    *,
    kind: str,
) -> None:
    """Note that a job came to a state, as far as somebody may want to be told."""
    # At a terminal somebody waits for the end anyway.
    if kind != LECTURE or tenant == SHELL or state not in _STATES:
        return
    connection.execute(
        insert(announcement).values(
            tenant=tenant, job_id=job_id, generation=generation, state=state, at=Now()
        )
    )
