"""What tenants have asked for, how jobs have ended, and which queues workers serve."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "accepted_speech",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False, comment="estimated"),
        sa.PrimaryKeyConstraint("id", name="pk_accepted_speech"),
        comment="lectures of the last 24 hours, also those that were removed since",
    )
    op.create_index("ix_accepted_speech_tenant", "accepted_speech", ["tenant", "at"])
    op.create_table(
        "ended",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("jobs", sa.BigInteger(), nullable=False),
        sa.Column("letters", sa.BigInteger(), nullable=False, comment="that were spoken for them"),
        sa.PrimaryKeyConstraint("id", name="pk_ended"),
        comment="how jobs have ended, a row each until some are summed up",
    )
    op.add_column(
        "worker",
        sa.Column(
            "queues",
            sa.String(length=200),
            nullable=True,
            comment="names, with spaces between them; null: not told",
        ),
    )


def downgrade() -> None:
    op.drop_column("worker", "queues")
    op.drop_table("ended")
    op.drop_table("accepted_speech")
