"""The requests behind the lectures of the API; their jobs are the job store's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from app.errors import PreconditionFailed
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey
from app.jobs.store.tables import Now, job
from app.requests.asked import ASKED, Asked
from app.requests.tables import lecture_request

ORPHAN_SECONDS = 600.0
"""Age from which a request without a job was left behind by somebody who died."""


@dataclass(frozen=True, slots=True)
class LectureRequest:
    """What somebody has asked for."""

    tenant: str
    id: int
    """Of its job too."""
    title: str
    asked: Asked
    metadata: Mapping[str, str]
    """The caller's own."""
    callback_url: str | None
    seconds: float
    """Of speech, estimated."""
    expires: float | None = None
    """When it is removed, in seconds since the epoch."""
    version: int = 1
    created: float = 0.0
    changed: float = 0.0
    """Told by the database."""

    @property
    def key(self) -> JobKey:
        """Of its job."""
        return JobKey(self.tenant, self.id)


class LectureRequests:
    """Those of all tenants; safe to use from any thread and process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, request: LectureRequest) -> None:
        """Note a request whose job comes next; again it changes nothing."""
        with self._database.write() as connection:
            if _row(connection, request.key) is None:
                values = {**_values(request), "created": Now(), "changed": Now(), "version": 1}
                connection.execute(
                    insert(lecture_request).values(tenant=request.tenant, id=request.id, **values)
                )

    def find(self, key: JobKey) -> LectureRequest | None:
        """The request of a job; ``None`` when there is none."""
        with self._database.read() as connection:
            row = _row(connection, key)
        return None if row is None else _told(row)

    def change(self, request: LectureRequest, *, version: int) -> LectureRequest:
        """Put another request in the place of one.

        Args:
            version: Of the one that the caller has seen.

        Raises:
            PreconditionFailed: It has been changed since, or removed.
        """
        with self._database.write() as connection:
            row = connection.execute(
                update(lecture_request)
                .where(*_of(request.key), lecture_request.c.version == version)
                .values(**_values(request), version=version + 1, changed=Now())
                .returning(*lecture_request.columns)
            ).one_or_none()
        if row is None:
            raise PreconditionFailed("the lecture was changed by somebody else meanwhile")
        return _told(row)

    def forget(self, key: JobKey) -> None:
        """Forget a request."""
        with self._database.write() as connection:
            connection.execute(delete(lecture_request).where(*_of(key)))

    def users_of(self, kind: Literal["avatar", "voice"], item_id: int, tenant: str) -> list[int]:
        """Ids of the tenant's lectures that name an avatar or voice, oldest first."""
        column = lecture_request.c.avatar_id if kind == "avatar" else lecture_request.c.voice_id
        query = (
            select(lecture_request.c.id)
            .where(lecture_request.c.tenant == tenant, column == item_id)
            .order_by(lecture_request.c.id)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def due(self, most: int) -> list[JobKey]:
        """Some that are to be removed by now."""
        query = (
            select(lecture_request.c.tenant, lecture_request.c.id)
            .where(lecture_request.c.expires <= Now())
            .order_by(lecture_request.c.expires)
            .limit(most)
        )
        with self._database.read() as connection:
            return [JobKey(*row) for row in connection.execute(query)]

    def forget_orphans(self) -> int:
        """Forget requests whose jobs never came to be; how many."""
        without_job = (
            select(lecture_request.c.tenant, lecture_request.c.id)
            .join(
                job,
                (job.c.tenant == lecture_request.c.tenant) & (job.c.id == lecture_request.c.id),
                isouter=True,
            )
            .where(job.c.id.is_(None), lecture_request.c.created < Now() - ORPHAN_SECONDS)
            .limit(100)
        )
        with self._database.read() as connection:
            found = [JobKey(*row) for row in connection.execute(without_job)]
        for key in found:
            self.forget(key)
        return len(found)


def _of(key: JobKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return lecture_request.c.tenant == key.tenant, lecture_request.c.id == key.id


def _row(connection: Connection, key: JobKey) -> Row[Any] | None:  # of the table
    return connection.execute(select(lecture_request).where(*_of(key))).one_or_none()


def _values(request: LectureRequest) -> dict[str, Any]:  # columns of several types
    return {
        "title": request.title,
        "asked": ASKED.dump_json(request.asked, exclude_defaults=True).decode(),
        "metadata": json.dumps(dict(request.metadata), ensure_ascii=False),
        "callback_url": request.callback_url,
        "avatar_id": request.asked.avatar,
        "voice_id": request.asked.voice,
        "seconds": request.seconds,
        "expires": request.expires,
    }


def _told(row: Row[Any]) -> LectureRequest:  # of the table
    return LectureRequest(
        tenant=row.tenant,
        id=row.id,
        title=row.title,
        asked=ASKED.validate_json(row.asked),
        metadata=json.loads(row.metadata),
        callback_url=row.callback_url,
        seconds=row.seconds,
        expires=row.expires,
        version=row.version,
        created=row.created,
        changed=row.changed,
    )
