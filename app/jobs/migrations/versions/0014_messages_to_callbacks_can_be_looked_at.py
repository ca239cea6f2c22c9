"""Which lecture a message tells of, so that those to its callback can be listed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "delivery",
        sa.Column(
            "job_id",
            sa.BigInteger(),
            nullable=True,
            comment="of the lecture that a callback is told of",
        ),
    )
    op.create_index("ix_delivery_job", "delivery", ["tenant", "job_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_delivery_job", table_name="delivery")
    op.drop_column("delivery", "job_id")
