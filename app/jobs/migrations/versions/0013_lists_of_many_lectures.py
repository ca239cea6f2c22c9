"""Indexes by which lists of lectures are made without reading what the lectures are made of."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_job_list", "job", ["kind", "tenant", "id", "created", "state"])
    op.create_index(
        "ix_lecture_request_list", "lecture_request", ["tenant", "id", "created", "seconds"]
    )


def downgrade() -> None:
    op.drop_index("ix_lecture_request_list", table_name="lecture_request")
    op.drop_index("ix_job_list", table_name="job")
