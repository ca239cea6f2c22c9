"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "artifact",
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Text(), nullable=False, comment="sha256 by file name, as JSON"),
        sa.Column("made", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("input_hash", name=op.f("pk_artifact")),
    )
    op.create_table(
        "event",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("lecture_id", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="the new state"),
        sa.Column(
            "step",
            sa.String(length=50),
            nullable=True,
            comment="of this step; of the lecture when null",
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_lecture", "event", ["tenant", "lecture_id", "seq"], unique=False)
    op.create_table(
        "lecture",
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("request_hash", sa.String(length=200), nullable=False),
        sa.Column("lecture", sa.Text(), nullable=False, comment="app.lecture.Lecture as JSON"),
        sa.Column("running", sa.Integer(), nullable=False, comment="number of its steps that run"),
        sa.Column("created", sa.Double(), nullable=False, comment="of this generation"),
        sa.Column("finished", sa.Double(), nullable=True),
        sa.Column("error_code", sa.String(length=50), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_lecture")),
    )
    op.create_index("ix_lecture_state", "lecture", ["state", "tenant"], unique=False)
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("birth", sa.String(length=200), nullable=False),
        sa.Column("seen", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("lecture_id", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="in the plan"),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False, comment="times an engine gave an error"),
        sa.Column(
            "crash", sa.Integer(), nullable=False, comment="times nothing was heard any more"
        ),
        sa.Column(
            "deaths", sa.Integer(), nullable=False, comment="times in a row that its host died"
        ),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("reused", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(length=50), nullable=True),
        sa.Column(
            "blocked_by",
            sa.String(length=50),
            nullable=True,
            comment="the failed step that this one needs",
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "lecture_id"], ["lecture.tenant", "lecture.id"], name=op.f("fk_step_lecture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("tenant", "lecture_id", "name", name=op.f("uq_step_tenant")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_step_state", "step", ["state", "queue"], unique=False)
    op.create_table(
        "edge",
        sa.Column("src", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dst", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["dst"], ["step.id"], name="fk_edge_step_dst", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["src"], ["step.id"], name=op.f("fk_edge_step"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("src", "dst", name=op.f("pk_edge")),
        comment="dst needs src",
    )
    op.create_index(op.f("ix_edge_dst"), "edge", ["dst"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_edge_dst"), table_name="edge")
    op.drop_table("edge")
    op.drop_index("ix_step_state", table_name="step")
    op.drop_table("step")
    op.drop_table("worker")
    op.drop_index("ix_lecture_state", table_name="lecture")
    op.drop_table("lecture")
    op.drop_index("ix_event_lecture", table_name="event")
    op.drop_table("event")
    op.drop_table("artifact")
