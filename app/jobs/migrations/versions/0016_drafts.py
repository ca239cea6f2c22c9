"""What people have typed and not asked for yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="its writer's own"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="how often it was written, from 1"
        ),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("changed", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        comment="what somebody has typed and not asked for yet",
    )
    op.create_index("ix_draft_tenant", "draft", ["tenant", "changed"])


def downgrade() -> None:
    op.drop_table("draft")
