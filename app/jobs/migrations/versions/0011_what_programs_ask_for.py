"""What programs ask for by the API, and what they were answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lecture_request",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column(
            "id", sa.BigInteger(), autoincrement=False, nullable=False, comment="of its job too"
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False, comment="the title as it is looked for"),
        sa.Column("asked", sa.Text(), nullable=False, comment="slides and wishes, as JSON"),
        sa.Column("metadata", sa.Text(), nullable=False, comment="the caller's own, as JSON"),
        sa.Column("callback_url", sa.Text(), nullable=True),
        sa.Column(
            "avatar_id",
            sa.BigInteger(),
            nullable=True,
            comment="null: it is no longer in the library",
        ),
        sa.Column(
            "voice_id",
            sa.BigInteger(),
            nullable=True,
            comment="null: nothing is spoken, or it is no longer there",
        ),
        sa.Column("seconds", sa.Double(), nullable=False, comment="of speech, estimated"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="how often it was changed, from 1"
        ),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("changed", sa.Double(), nullable=False),
        sa.Column(
            "expires", sa.Double(), nullable=True, comment="then it is removed; null: it is kept"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_lecture_request"),
    )
    op.create_index("ix_lecture_request_avatar_id", "lecture_request", ["avatar_id"])
    op.create_index("ix_lecture_request_voice_id", "lecture_request", ["voice_id"])
    op.create_index("ix_lecture_request_expires", "lecture_request", ["expires"])
    op.create_table(
        "lecture_recording",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("lecture_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant", "lecture_id", "recording_id", name="pk_lecture_recording"
        ),
        comment="recordings that are heard in lectures",
    )
    op.create_index("ix_lecture_recording_recording_id", "lecture_recording", ["recording_id"])
    op.create_table(
        "repeat",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column(
            "key", sa.String(length=255), nullable=False, comment="the caller's Idempotency-Key"
        ),
        sa.Column(
            "fingerprint", sa.String(length=64), nullable=False, comment="sha256 of the request"
        ),
        sa.Column(
            "number", sa.BigInteger(), nullable=False, comment="the id that the request makes"
        ),
        sa.Column("token", sa.String(length=32), nullable=False, comment="of whoever works on it"),
        sa.Column(
            "lease_until", sa.Double(), nullable=False, comment="in Ticks; then another one may"
        ),
        sa.Column(
            "status", sa.Integer(), nullable=True, comment="of the answer; null: there is none yet"
        ),
        sa.Column("headers", sa.Text(), nullable=True, comment="of the answer, as JSON"),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name="pk_repeat"),
    )
    op.create_index("ix_repeat_created", "repeat", ["created"])


def downgrade() -> None:
    op.drop_table("repeat")
    op.drop_table("lecture_recording")
    op.drop_table("lecture_request")
