"""Tables of who may call, and how much."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, String, Table

from app.jobs.store.tables import RowId, metadata

api_key = Table(
    "api_key",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True, comment="of the key as it is shown"),
    Column("scopes", String(100), nullable=False, comment="names, with spaces between them"),
    Column("created", Double, nullable=False),
    Column("expires", Double, comment="null: never"),
    Column("used", Double, comment="the last time, to the minute"),
    Column("revoked", Double),
    Index("ix_api_key_tenant", "tenant", "id"),
)

api_session = Table(
    "api_session",
    metadata,
    Column("sha256", String(64), primary_key=True, comment="of its secret"),
    Column("key_id", BigInteger, ForeignKey("api_key.id", ondelete="CASCADE"), nullable=False),
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
    Index("ix_api_session_key", "key_id"),
    Index("ix_api_session_expires", "expires"),
    comment="people who have shown a key in a browser",
)

accepted_speech = Table(
    "accepted_speech",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("tenant", String(40), nullable=False),
    Column("at", Double, nullable=False),
    Column("seconds", Double, nullable=False, comment="estimated"),
    Index("ix_accepted_speech_tenant", "tenant", "at"),
    comment="lectures of the last 24 hours, also those that were removed since",
)
