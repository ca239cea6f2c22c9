"""Generations that are written in portions, and the times of events by a steady clock.

A job may have steps of two generations for a while, so a step's name is unique within its
generation.  SQLite changes no constraint of a table that there is: the rows are copied.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_COLUMNS = (
    "id, tenant, job_id, generation, position, name, kind, number, queue, input_hash, slide,"
    " letters, places, state, attempt, crash, deaths, fence, owner, lease_until, lease_seconds,"
    " not_before, pause_seconds, progress, reused, error_code, blocked_by"
)
_COPY = f"INSERT INTO step_copied ({_COLUMNS}) SELECT {_COLUMNS} FROM step"  # noqa: S608 - constants

_CLAIMED_BY = ["tenant", "job_id", "generation", "state", "queue", "position"]
_CLAIMED_BY_BEFORE = ["state", "queue", "not_before", "tenant", "job_id", "position"]


def upgrade() -> None:
    op.add_column(
        "event",
        sa.Column(
            "ticks", sa.Double(), comment="the same moment in Ticks; null: of an older version"
        ),
    )
    if _on_postgresql():
        _change(("tenant", "job_id", "generation", "name"))
        op.drop_constraint("fk_step_job", "step", type_="foreignkey")
        op.add_column("step", _needs_all())
    else:
        _copy(
            (_needs_all(),),
            (sa.UniqueConstraint("tenant", "job_id", "generation", "name", name="uq_step_tenant"),),
            with_rowid=False,
        )
    op.create_index("ix_step_state", "step", _CLAIMED_BY, unique=False)
    op.create_index(
        "ix_step_needs_all",
        "step",
        ["tenant", "job_id", "generation", "state", "position"],
        unique=False,
        sqlite_where=sa.text("needs_all = 1"),
        postgresql_where=sa.text("needs_all"),
    )
    op.create_table(
        "writing",
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False, comment="that is written"),
        sa.Column(
            "request_hash",
            sa.String(length=200),
            comment="null: nothing more is written, steps of other generations are cleared away",
        ),
        sa.Column("token", sa.String(length=32), nullable=False, comment="of whoever does it"),
        sa.Column(
            "lease_until",
            sa.Double(),
            nullable=False,
            comment="in Ticks; then anybody clears it away",
        ),
        sa.Column("cancelled", sa.Boolean(), nullable=False, comment="it shall not run"),
        sa.PrimaryKeyConstraint("tenant", "job_id", name=op.f("pk_writing")),
        comment="jobs with steps of a generation that is not, or not yet, or no longer theirs",
    )


def downgrade() -> None:
    op.drop_table("writing")
    op.execute(
        "DELETE FROM step WHERE NOT EXISTS (SELECT 1 FROM job WHERE job.tenant = step.tenant"
        " AND job.id = step.job_id AND job.generation = step.generation)"
    )
    op.execute(
        "INSERT INTO edge (src, dst) SELECT need.id, step.id FROM step JOIN step AS need"
        " ON need.tenant = step.tenant AND need.job_id = step.job_id"
        " AND need.generation = step.generation AND need.position < step.position"
        " WHERE step.needs_all"
    )
    op.drop_index("ix_step_needs_all", "step")
    job = sa.ForeignKeyConstraint(
        ["tenant", "job_id"], ["job.tenant", "job.id"], name="fk_step_job"
    )
    if _on_postgresql():
        op.drop_column("step", "needs_all")
        _change(("tenant", "job_id", "name"))
        op.create_foreign_key("fk_step_job", "step", "job", ["tenant", "job_id"], ["tenant", "id"])
    else:
        unique = sa.UniqueConstraint("tenant", "job_id", "name", name="uq_step_tenant")
        _copy((), (job, unique), with_rowid=True)
    op.create_index("ix_step_state", "step", _CLAIMED_BY_BEFORE, unique=False)
    op.drop_column("event", "ticks")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _needs_all() -> sa.Column[bool]:
    return sa.Column(
        "needs_all",
        sa.Boolean(),
        nullable=False,
        server_default=sa.false(),
        comment="it needs every step before it in the plan, and no edges say so",
    )


def _change(unique: tuple[str, ...]) -> None:
    op.drop_index("ix_step_state", "step")
    op.drop_constraint("uq_step_tenant", "step", type_="unique")
    op.create_unique_constraint("uq_step_tenant", "step", list(unique))


def _copy(
    added: tuple[sa.Column[bool], ...], constraints: tuple[sa.Constraint, ...], *, with_rowid: bool
) -> None:
    """Make the two tables anew, with all rows; SQLite alone.

    Edges go first and come back last: a step that goes takes its own with it.
    """
    op.execute("CREATE TABLE edge_kept AS SELECT src, dst FROM edge")
    op.drop_table("edge")
    _create_step("step_copied", added, constraints)
    op.execute(_COPY)
    # The last number that was ever given, so that none is given twice.
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'step_copied'")
    op.execute(
        "INSERT INTO sqlite_sequence (name, seq)"
        " SELECT 'step_copied', seq FROM sqlite_sequence WHERE name = 'step'"
    )
    op.drop_table("step")
    op.rename_table("step_copied", "step")
    _create_edge(with_rowid=with_rowid)
    op.execute("INSERT INTO edge (src, dst) SELECT src, dst FROM edge_kept")
    op.drop_table("edge_kept")


def _create_step(
    name: str, added: tuple[sa.Column[bool], ...], constraints: tuple[sa.Constraint, ...]
) -> None:
    op.create_table(
        name,
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        *added,
        sa.Column("slide", sa.Integer()),
        sa.Column("letters", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("places", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("crash", sa.Integer(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=200)),
        sa.Column("lease_until", sa.Double()),
        sa.Column("lease_seconds", sa.Double()),
        sa.Column("not_before", sa.Double()),
        sa.Column("pause_seconds", sa.Double()),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("reused", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(length=50)),
        sa.Column("blocked_by", sa.String(length=50)),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        *constraints,
        sqlite_autoincrement=True,
    )


def _create_edge(*, with_rowid: bool) -> None:
    op.create_table(
        "edge",
        sa.Column("src", _ROW_ID, nullable=False),
        sa.Column("dst", _ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["dst"], ["step.id"], name="fk_edge_step_dst", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["src"], ["step.id"], name="fk_edge_step", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("src", "dst", name="pk_edge"),
        comment="dst needs src",
        sqlite_with_rowid=with_rowid,
    )
    op.create_index("ix_edge_dst", "edge", ["dst"], unique=False)
