"""Webhooks, what is sent to them, and what is still to be announced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_announcement()
    _create_webhook()
    _create_callback()
    _create_delivery()


def downgrade() -> None:
    for table in ("delivery", "callback", "webhook", "announcement"):
        op.drop_table(table)


def _create_announcement() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False, comment="that the job came to"),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_announcement"),
    )


def _create_webhook() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(length=120), nullable=False),
        sa.Column("former_secret", sa.String(length=120), nullable=True, comment="signs as well"),
        sa.Column("former_until", sa.Double(), nullable=True, comment="and so long"),
        sa.Column("events", sa.Text(), nullable=False, comment="names, with spaces between them"),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column(
            "disabled", sa.Double(), nullable=True, comment="since when; null: it is told of things"
        ),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        sa.Column(
            "failures",
            sa.Integer(),
            nullable=False,
            comment="deliveries in a row that were given up",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_index("ix_webhook_tenant", "webhook", ["tenant", "id"])


def _create_callback() -> None:
    op.create_table(
        "callback",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(length=120), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "job_id", name="pk_callback"),
        comment="the address that a lecture names for itself",
    )


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("webhook_id", sa.BigInteger(), nullable=True, comment="null: to a callback"),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column(
            "host", sa.String(length=300), nullable=False, comment="of the URL, with its port"
        ),
        sa.Column(
            "secret",
            sa.String(length=120),
            nullable=True,
            comment="of a callback; a webhook has its own",
        ),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="as it is signed"),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column(
            "state", sa.String(length=20), nullable=False, comment="pending, delivered or failed"
        ),
        sa.Column("tries", sa.Integer(), nullable=False, comment="since it was last asked for"),
        sa.Column("next_try", sa.Double(), nullable=True, comment="null: there is none"),
        sa.Column("pause_seconds", sa.Double(), nullable=True, comment="before it"),
        sa.Column(
            "owner", sa.String(length=200), nullable=True, comment="the worker that is trying"
        ),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.String(length=40), nullable=True),
        sa.Column("log", sa.Text(), nullable=False, comment="of the last tries, as JSON"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name="fk_delivery_webhook", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_delivery_state", "delivery", ["state", "next_try"])
    op.create_index("ix_delivery_webhook", "delivery", ["webhook_id", "id"])
    op.create_index("ix_delivery_created", "delivery", ["created"])
