"""What tells a job's folder of results from another one that stands at its path later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "job",
        sa.Column(
            "output_inode",
            sa.String(length=20),
            comment="of that folder; null: it is not checked",
        ),
    )
    op.add_column(
        "job",
        sa.Column("output_mount", sa.Text(), comment="where the folder's file system is mounted"),
    )


def downgrade() -> None:
    op.drop_column("job", "output_mount")
    op.drop_column("job", "output_inode")
