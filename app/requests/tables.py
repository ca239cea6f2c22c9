"""Tables of what was asked for."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, String, Table, Text, and_

from app.jobs.store.tables import job, metadata

lecture_request = Table(
    "lecture_request",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False, comment="of its job too"),
    Column("title", String(300), nullable=False),
    Column("folded", Text, nullable=False, comment="the title as it is looked for"),
    Column("asked", Text, nullable=False, comment="slides and wishes, as JSON"),
    Column("metadata", Text, nullable=False, comment="the caller's own, as JSON"),
    Column("callback_url", Text),
    Column("avatar_id", BigInteger, comment="null: it is no longer in the library"),
    Column("voice_id", BigInteger, comment="null: nothing is spoken, or it is no longer there"),
    Column("seconds", Double, nullable=False, comment="of speech, estimated"),
    Column("version", Integer, nullable=False, comment="how often it was changed, from 1"),
    Column("created", Double, nullable=False),
    Column("changed", Double, nullable=False),
    Column("expires", Double, comment="then it is removed; null: it is kept"),
    Index("ix_lecture_request_avatar_id", "avatar_id"),
    Index("ix_lecture_request_voice_id", "voice_id"),
    Index("ix_lecture_request_expires", "expires"),
    Index("ix_lecture_request_list", "tenant", "id", "created", "seconds"),
)

OF_JOB = and_(lecture_request.c.tenant == job.c.tenant, lecture_request.c.id == job.c.id)
"""Condition for the request of a job, in a query of both tables."""

lecture_recording = Table(
    "lecture_recording",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("lecture_id", BigInteger, primary_key=True, autoincrement=False),
    Column("recording_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    comment="recordings that are heard in lectures",
)

repeat = Table(
    "repeat",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("key", String(255), primary_key=True, comment="the caller's Idempotency-Key"),
    Column("fingerprint", String(64), nullable=False, comment="sha256 of the request"),
    Column("number", BigInteger, nullable=False, comment="the id that the request makes"),
    Column("token", String(32), nullable=False, comment="of whoever works on it"),
    Column("lease_until", Double, nullable=False, comment="in Ticks; then another one may"),
    Column("status", Integer, comment="of the answer; null: there is none yet"),
    Column("headers", Text, comment="of the answer, as JSON"),
    Column("body", Text),
    Column("created", Double, nullable=False, index=True),
)

draft = Table(
    "draft",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("title", String(300), nullable=False),
    Column("content", Text, nullable=False, comment="its writer's own"),
    Column("version", Integer, nullable=False, comment="how often it was written, from 1"),
    Column("created", Double, nullable=False),
    Column("changed", Double, nullable=False),
    Index("ix_draft_tenant", "tenant", "changed"),
    comment="what somebody has typed and not asked for yet",
)
