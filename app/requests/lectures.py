"""The requests behind the lectures of the API; their jobs are the job store's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from app.errors import Conflict, PreconditionFailed
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey
from app.jobs.store.tables import Now, job
from app.requests.asked import Asked, asked_json
from app.requests.tables import OF_JOB, lecture_recording, lecture_request
from app.steps.content import LECTURE

RESULT_BYTES_PER_SECOND = 230_000
"""Of speech: `make demo` leaves 13.0 MB of results for 57.6 s, at 512 pixels.  As much lies among
the artifacts, which others may share."""


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

    @staticmethod
    def note(connection: Connection, request: LectureRequest) -> None:
        """Note a request in the transaction that makes its job.

        Raises:
            Conflict: There is one of that id.
        """
        if _row(connection, request.key) is not None:
            raise Conflict("another lecture was asked for under that id, or code, before")
        values = {**_values(request), "created": Now(), "changed": Now(), "version": 1}
        connection.execute(
            insert(lecture_request).values(tenant=request.tenant, id=request.id, **values)
        )
        _note_recordings(connection, request)

    @staticmethod
    def replace(connection: Connection, request: LectureRequest) -> None:
        """Put a request in the place of one of the same version, which becomes the next.

        Raises:
            PreconditionFailed: It has been changed since, or removed.
        """
        changed = connection.execute(
            update(lecture_request)
            .where(*_of(request.key), lecture_request.c.version == request.version)
            .values(**_values(request), version=request.version + 1, changed=Now())
        )
        if not changed.rowcount:
            raise PreconditionFailed("the lecture was changed by somebody else meanwhile")
        _note_recordings(connection, request)

    def change(self, request: LectureRequest) -> None:
        """The same in a transaction of its own, for what makes no other lecture of it."""
        with self._database.write() as connection:
            self.replace(connection, request)

    def has_job(self, key: JobKey) -> bool:
        """Whether there is such a lecture, whoever has asked for it."""
        mine = exists().where(job.c.tenant == key.tenant, job.c.id == key.id, job.c.kind == LECTURE)
        with self._database.read() as connection:
            return bool(connection.execute(select(mine)).scalar())

    def find(self, key: JobKey) -> LectureRequest | None:
        """The request of a job; ``None`` when there is none."""
        with self._database.read() as connection:
            row = _row(connection, key)
        return None if row is None else told(row)

    @staticmethod
    def described(connection: Connection, key: JobKey) -> Mapping[str, Any]:
        """What webhooks tell of a lecture besides how it stands; of an LMS's nothing."""
        row = _row(connection, key)
        if row is None:
            return {}
        return {"title": row.title, "metadata": json.loads(row.metadata)}

    def forget(self, key: JobKey) -> None:
        """Forget a request."""
        with self._database.write() as connection:
            connection.execute(delete(lecture_request).where(*_of(key)))
            connection.execute(delete(lecture_recording).where(*_recordings_of(key)))

    def users_of(self, kind: str, item_id: int, tenant: str) -> list[int]:
        """Ids of the tenant's lectures that name an avatar, voice or recording, oldest first."""
        lecture, named, owner = _USES[kind]
        query = select(lecture).where(owner == tenant, named == item_id).order_by(lecture)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def bytes_of(self, tenant: str | None) -> int:
        """What the results of a tenant's lectures take on the disk, judged by their length.

        Args:
            tenant: ``None``: of all.
        """
        seconds = select(func.coalesce(func.sum(lecture_request.c.seconds), 0.0))
        if tenant is not None:
            seconds = seconds.where(lecture_request.c.tenant == tenant)
        with self._database.read() as connection:
            return round(float(connection.execute(seconds).scalar_one()) * RESULT_BYTES_PER_SECOND)

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

    def lost(self, most: int) -> list[JobKey]:
        """Some whose jobs are gone: whoever removed them died before the end."""
        query = (
            select(lecture_request.c.tenant, lecture_request.c.id)
            .join(job, OF_JOB, isouter=True)
            .where(job.c.id.is_(None))
            .limit(most)
        )
        with self._database.read() as connection:
            return [JobKey(*row) for row in connection.execute(query)]


_USES = {
    "avatar": (lecture_request.c.id, lecture_request.c.avatar_id, lecture_request.c.tenant),
    "voice": (lecture_request.c.id, lecture_request.c.voice_id, lecture_request.c.tenant),
    "recording": (
        lecture_recording.c.lecture_id,
        lecture_recording.c.recording_id,
        lecture_recording.c.tenant,
    ),
}
"""Lecture, what it names and whose it is, by the kind of what is named."""


def _note_recordings(connection: Connection, request: LectureRequest) -> None:
    connection.execute(delete(lecture_recording).where(*_recordings_of(request.key)))
    rows = [
        {"tenant": request.tenant, "lecture_id": request.id, "recording_id": number}
        for number in request.asked.recordings
    ]
    if rows:
        connection.execute(insert(lecture_recording), rows)


def _recordings_of(key: JobKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return lecture_recording.c.tenant == key.tenant, lecture_recording.c.lecture_id == key.id


def _of(key: JobKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return lecture_request.c.tenant == key.tenant, lecture_request.c.id == key.id


def _row(connection: Connection, key: JobKey) -> Row[Any] | None:  # of the table
    return connection.execute(select(lecture_request).where(*_of(key))).one_or_none()


def _values(request: LectureRequest) -> dict[str, Any]:  # columns of several types
    return {
        "title": request.title,
        "folded": request.title.casefold(),
        "asked": asked_json().dump_json(request.asked, exclude_defaults=True).decode(),
        "metadata": json.dumps(dict(request.metadata), ensure_ascii=False),
        "callback_url": request.callback_url,
        "avatar_id": request.asked.avatar,
        "voice_id": request.asked.voice,
        "seconds": request.seconds,
        "expires": request.expires,
    }


def told(row: Row[Any], prefix: str = "") -> LectureRequest:
    """A request by its row.

    Args:
        prefix: Of the names of the table's columns, in a query of several tables.
    """
    found = {column.name: getattr(row, prefix + column.name) for column in lecture_request.columns}
    return LectureRequest(
        tenant=found["tenant"],
        id=found["id"],
        title=found["title"],
        asked=asked_json().validate_json(found["asked"]),
        metadata=json.loads(found["metadata"]),
        callback_url=found["callback_url"],
        seconds=found["seconds"],
        expires=found["expires"],
        version=found["version"],
        created=found["created"],
        changed=found["changed"],
    )
