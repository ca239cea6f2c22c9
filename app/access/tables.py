"""Tables of the keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, String, Table

from app.jobs.store.tables import metadata

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
