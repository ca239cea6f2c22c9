"""Stored faces and voices, and uploads that can be resumed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "library_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "file",
            sa.String(length=100),
            nullable=False,
            comment="its name; never that of another content",
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_library_content"),
    )
    _create_items()
    op.create_table(
        "library_tag",
        sa.Column("item", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.String(length=50), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["library_item.id"], name="fk_library_tag_library_item"),
        sa.PrimaryKeyConstraint("item", "tag", name="pk_library_tag"),
    )
    op.create_table(
        "library_sample",
        sa.Column(
            "name",
            sa.String(length=100),
            nullable=False,
            comment="of a sample that was stored once",
        ),
        sa.Column("stored", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_library_sample"),
    )
    _create_uploads()


def downgrade() -> None:
    for table in ("upload", "sample", "tag", "item", "content"):
        op.drop_table(f"library_{table}")


def _create_items() -> None:
    op.create_table(
        "library_item",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="avatar or voice"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False, comment="the name as it is looked for"),
        sa.Column("tags", sa.Text(), nullable=False, comment="as JSON"),
        sa.Column(
            "language",
            sa.String(length=2),
            nullable=True,
            comment="ISO 639-1, of a voice; null: nobody has said",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False, comment="by the content"),
        sa.Column(
            "seen", sa.Text(), nullable=False, comment="what the examiner saw or heard, as JSON"
        ),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("updated", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="one more with each change"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["library_content.sha256"], name="fk_library_item_library_content"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_library_item"),
    )
    op.create_index("ix_library_item_listed", "library_item", ["tenant", "kind", "id"])
    op.create_index("ix_library_item_sha256", "library_item", ["sha256"])


def _create_uploads() -> None:
    op.create_table(
        "library_upload",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False, comment="bytes that it shall have"),
        sa.Column("offset", sa.BigInteger(), nullable=False, comment="bytes that are on the disk"),
        sa.Column("told", sa.Text(), nullable=False, comment="its Upload-Metadata, as it was sent"),
        sa.Column("sha256", sa.String(length=64), nullable=True, comment="null: not complete"),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("expires", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_library_upload"),
    )
    op.create_index("ix_library_upload_tenant", "library_upload", ["tenant", "id"])
    op.create_index("ix_library_upload_expires", "library_upload", ["expires"])
