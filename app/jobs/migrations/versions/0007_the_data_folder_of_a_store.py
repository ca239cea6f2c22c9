"""The data folder that a store belongs to; the first start notes it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_folder",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="always 1"),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="where it lay at the last start"),
        sa.PrimaryKeyConstraint("number", name="pk_data_folder"),
    )


def downgrade() -> None:
    op.drop_table("data_folder")
