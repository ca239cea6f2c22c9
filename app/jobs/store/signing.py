"""Which worker processes there are; every function but :func:`workers` needs to write."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select

from app.jobs.store.database import upsert
from app.jobs.store.job import WorkerRecord
from app.jobs.store.tables import Ticks, worker


def sign_on(connection: Connection, record: WorkerRecord) -> None:
    """Note that a worker lives."""
    values = {
        "host": record.host,
        "pid": record.pid,
        "birth": record.birth,
        "seen": Ticks(),
        "queues": " ".join(record.queues),
    }
    connection.execute(
        upsert(connection, worker)
        .values(id=record.id, **values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )


def sign_off(connection: Connection, worker_id: str) -> None:
    """Forget a worker."""
    connection.execute(delete(worker).where(worker.c.id == worker_id))


def workers(connection: Connection, silent_seconds: float | None) -> list[WorkerRecord]:
    """Those that have signed on and not off, or only the silent ones of them."""
    wanted = select(worker)
    if silent_seconds is not None:
        wanted = wanted.where(_is_silent(connection, silent_seconds))
    return [_told(row) for row in connection.execute(wanted.order_by(worker.c.id))]


def heard_of(connection: Connection, seconds: float) -> list[WorkerRecord]:
    """Those that gave a sign of life within so many seconds."""
    wanted = select(worker).where(~_is_silent(connection, seconds)).order_by(worker.c.id)
    return [_told(row) for row in connection.execute(wanted)]


def silences(connection: Connection) -> dict[str, float]:
    """Seconds since each was heard of, by id; none of one that ran before its machine's start."""
    silent = (Ticks() - worker.c.seen).label("silent")
    rows = connection.execute(select(worker.c.id, silent))
    return {each.id: float(each.silent) for each in rows if each.silent >= 0}


def _told(row: Row[*tuple[Any, ...]]) -> WorkerRecord:  # of the table
    queues = tuple((row.queues or "").split())
    return WorkerRecord(row.id, row.host, row.pid, row.birth, queues)


def _is_silent(connection: Connection, seconds: float) -> ColumnElement[bool]:
    long_ago = worker.c.seen < Ticks() - seconds
    if connection.dialect.name != "sqlite":
        return long_ago
    # Seen in the future: that was before the machine restarted.
    return or_(long_ago, worker.c.seen > Ticks())
