"""What a message says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app import ids, moments
from app.jobs.store.job import JobKey
from app.jobs.store.tables import job
from app.notify.events import TEST, Event

Describe = Callable[[Connection, JobKey], Mapping[str, Any]]
"""What else is told of a lecture, as JSON has it; ``{}`` when there is nothing."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What a lecture came to."""

    key: JobKey
    generation: int
    state: str
    at: float
    """Seconds since the epoch."""
    name: str
    """The lecture, as callers name it."""


def nothing_more(_connection: Connection, _key: JobKey) -> Mapping[str, Any]:
    """Satisfies :data:`Describe`."""
    return {}


def of_lecture(connection: Connection, happened: Happened, event: Event, describe: Describe) -> str:
    """The message that something happened to a lecture."""
    lecture: dict[str, Any] = {"id": happened.name, "state": happened.state}
    row = connection.execute(
        select(job.c.generation, job.c.created, job.c.error_code, job.c.error_message).where(
            job.c.tenant == happened.key.tenant, job.c.id == happened.key.id
        )
    ).one_or_none()
    # Since then it may have been removed, or begun anew.
    if row is not None and row.generation == happened.generation:
        lecture["created"] = moments.told(row.created)
        if event is not Event.STARTED:
            lecture["finished"] = moments.told(happened.at)
        if event is Event.FAILED and row.error_code is not None:
            lecture["error"] = {"code": row.error_code, "message": row.error_message}
    lecture.update(describe(connection, happened.key))
    return message(event, happened.at, {"lecture": lecture})


def of_test(webhook_id: int, at: float) -> str:
    """The message that shows that messages arrive."""
    return message(TEST, at, {"webhook": {"id": ids.told("wh", webhook_id)}})


def message(event: str, at: float, content: Mapping[str, Any]) -> str:
    """A message as the standard recommends it.

    >>> message(TEST, 0.0, {})
    '{"type":"webhook.test","timestamp":"1970-01-01T00:00:00.000Z","data":{}}'
    """
    told = {"type": event, "timestamp": moments.told(at), "data": content}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
