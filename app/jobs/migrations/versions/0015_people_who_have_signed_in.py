"""Sessions of browsers: whoever has shown a key once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_session",
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of its secret"),
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("expires", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_api_session"),
        sa.ForeignKeyConstraint(
            ["key_id"], ["api_key.id"], name="fk_api_session_key", ondelete="CASCADE"
        ),
        comment="people who have shown a key in a browser",
    )
    op.create_index("ix_api_session_key", "api_session", ["key_id"])
    op.create_index("ix_api_session_expires", "api_session", ["expires"])


def downgrade() -> None:
    op.drop_table("api_session")
