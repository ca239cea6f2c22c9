"""What lectures have published, so that what is no longer part of them can go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("lecture_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False, comment="sha256 of the path"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the file's bytes"),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False, comment="the last that published it"),
        sa.PrimaryKeyConstraint(
            "tenant", "lecture_id", "place", "sha256", name=op.f("pk_publication")
        ),
    )
    op.create_index(op.f("ix_publication_place"), "publication", ["place"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_publication_place"), table_name="publication")
    op.drop_table("publication")
