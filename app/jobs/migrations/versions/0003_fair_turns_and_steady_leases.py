"""Who was served last, and how long a lease is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "lecture",
        sa.Column(
            "served",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="seq of the event of its last claim; who waited longest has the least",
        ),
    )
    op.add_column("step", sa.Column("lease_seconds", sa.Double(), nullable=True))


def downgrade() -> None:
    op.drop_column("step", "lease_seconds")
    op.drop_column("lecture", "served")
