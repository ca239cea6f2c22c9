"""Tables of the library."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Integer, String, Table, Text

from app.jobs.store.tables import metadata

library_content = Table(
    "library_content",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("file", String(100), nullable=False, comment="its name; never that of another content"),
    Column("size", BigInteger, nullable=False),
)

library_item = Table(
    "library_item",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("kind", String(10), nullable=False, comment="avatar or voice"),
    Column("name", String(200), nullable=False),
    Column("folded", Text, nullable=False, comment="the name as it is looked for"),
    Column("tags", Text, nullable=False, comment="as JSON"),
    Column("language", String(2), comment="ISO 639-1, of a voice; null: nobody has said"),
    Column("sha256", String(64), ForeignKey("library_content.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(100), nullable=False, comment="by the content"),
    Column("seen", Text, nullable=False, comment="what the examiner saw or heard, as JSON"),
    Column("origin", String(20), nullable=False),
    Column("created", Double, nullable=False),
    Column("updated", Double, nullable=False),
    Column("version", Integer, nullable=False, comment="one more with each change"),
    Index("ix_library_item_listed", "tenant", "kind", "id"),
    Index("ix_library_item_sha256", "sha256"),
)

library_tag = Table(
    "library_tag",
    metadata,
    Column(
        "item", BigInteger, ForeignKey("library_item.id"), primary_key=True, autoincrement=False
    ),
    Column("tag", String(50), primary_key=True),
)

library_sample = Table(
    "library_sample",
    metadata,
    Column("name", String(100), primary_key=True, comment="of a sample that was stored once"),
    Column("stored", Double, nullable=False),
)

library_upload = Table(
    "library_upload",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("length", BigInteger, nullable=False, comment="bytes that it shall have"),
    Column("offset", BigInteger, nullable=False, comment="bytes that are on the disk"),
    Column("told", Text, nullable=False, comment="its Upload-Metadata, as it was sent"),
    Column("sha256", String(64), comment="null: not complete"),
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
    Index("ix_library_upload_tenant", "tenant", "id"),
    Index("ix_library_upload_expires", "expires"),
)
