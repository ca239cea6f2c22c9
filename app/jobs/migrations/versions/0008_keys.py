"""Keys by which programs call the API."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="of the key as it is shown"
        ),
        sa.Column(
            "scopes",
            sa.String(length=100),
            nullable=False,
            comment="names, with spaces between them",
        ),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("expires", sa.Double(), nullable=True, comment="null: never"),
        sa.Column("used", sa.Double(), nullable=True, comment="the last time, to the minute"),
        sa.Column("revoked", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("sha256", name="uq_api_key_sha256"),
    )
    op.create_index("ix_api_key_tenant", "api_key", ["tenant", "id"])


def downgrade() -> None:
    op.drop_table("api_key")
