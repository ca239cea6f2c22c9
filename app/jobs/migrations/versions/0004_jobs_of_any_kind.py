"""Jobs of any kind; steps that tell where they belong, what they publish and when to go on.

Only renames and additions: on SQLite nothing is copied, and no table is dropped whose
rows others refer to with ON DELETE CASCADE.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_RENAMED = ("step", "event", "publication")
"""Tables whose ``lecture_id`` becomes ``job_id``."""

_CONSTRAINTS = {"job": ("pk_lecture", "pk_job"), "step": ("fk_step_lecture", "fk_step_job")}
"""Old and new name by table; SQLite does not use them."""


def upgrade() -> None:
    op.drop_index("ix_lecture_state", "lecture")
    op.drop_index("ix_event_lecture", "event")
    op.rename_table("lecture", "job")
    op.alter_column("job", "lecture", new_column_name="content")
    for table in _RENAMED:
        op.alter_column(table, "lecture_id", new_column_name="job_id")
    op.create_index("ix_job_state", "job", ["state", "tenant"], unique=False)
    op.create_index("ix_event_job", "event", ["tenant", "job_id", "seq"], unique=False)
    if _on_postgresql():
        for table, (old, new) in _CONSTRAINTS.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}")
        _comment("job", "content", "what to make, as JSON of its kind")
        _comment("event", "step", "of this step; of the job when null")
    _add_columns()
    op.drop_index("ix_step_state", "step")
    claimed_by = ["state", "queue", "not_before", "tenant", "job_id", "position"]
    op.create_index("ix_step_state", "step", claimed_by, unique=False)
    _fill()


def downgrade() -> None:
    op.drop_index("ix_step_state", "step")
    op.create_index("ix_step_state", "step", ["state", "queue"], unique=False)
    for column in ("pause_seconds", "not_before", "places", "letters", "slide"):
        op.drop_column("step", column)
    for column in ("reserved", "output", "inputs", "kind"):
        op.drop_column("job", column)
    op.drop_index("ix_event_job", "event")
    op.drop_index("ix_job_state", "job")
    if _on_postgresql():
        for table, (old, new) in _CONSTRAINTS.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old}")
        _comment("job", "content", "app.lecture.Lecture as JSON")
        _comment("event", "step", "of this step; of the lecture when null")
    for table in _RENAMED:
        op.alter_column(table, "job_id", new_column_name="lecture_id")
    op.alter_column("job", "content", new_column_name="lecture")
    op.rename_table("job", "lecture")
    op.create_index("ix_event_lecture", "event", ["tenant", "lecture_id", "seq"], unique=False)
    op.create_index("ix_lecture_state", "lecture", ["state", "tenant"], unique=False)


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _comment(table: str, column: str, comment: str) -> None:
    op.alter_column(table, column, comment=comment)


def _add_columns() -> None:
    job: tuple[sa.Column[Any], ...] = (  # of several types
        sa.Column("kind", sa.String(length=20), nullable=False, server_default="lecture"),
        sa.Column("inputs", sa.Text(), comment="folder of its input copies; null: it has none"),
        sa.Column("output", sa.Text(), comment="folder of its results; null: it publishes nothing"),
        sa.Column(
            "reserved",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="for the worker that is started for it",
        ),
    )
    step: tuple[sa.Column[Any], ...] = (  # of several types
        sa.Column("slide", sa.Integer(), comment="that it belongs to; null: to the whole"),
        sa.Column(
            "letters", sa.Integer(), nullable=False, server_default="0", comment="of its text"
        ),
        sa.Column(
            "places",
            sa.Text(),
            nullable=False,
            server_default="{}",
            comment="path to publish to by file name, as JSON",
        ),
        sa.Column("not_before", sa.Double(), comment="end of the pause after an error"),
        sa.Column("pause_seconds", sa.Double()),
    )
    for table, columns in (("job", job), ("step", step)):
        for column in columns:
            op.add_column(table, column)


def _fill() -> None:
    """What the new columns tell of the lectures that there are, read from their JSON."""
    connection = op.get_bind()
    # One after the other: together their texts may be more than fits into memory.
    for tenant, job_id in connection.execute(sa.text("SELECT tenant, id FROM job")).all():
        _fill_job(connection, tenant, job_id)


def _fill_job(connection: sa.Connection, tenant: str, job_id: int) -> None:
    key = {"tenant": tenant, "id": job_id}
    content = connection.execute(
        sa.text("SELECT content FROM job WHERE tenant = :tenant AND id = :id"), key
    ).scalar_one()
    lecture = json.loads(content)
    connection.execute(
        sa.text(
            "UPDATE job SET inputs = :inputs, output = :output, reserved = :reserved"
            " WHERE tenant = :tenant AND id = :id"
        ),
        {
            **key,
            "inputs": lecture["source_image"].rpartition("/")[0],
            "output": lecture["generated_dir"],
            # Ids of the command line are its own, and so are its workers.
            "reserved": tenant == "shell",
        },
    )
    steps = connection.execute(
        sa.text("SELECT id, kind, number FROM step WHERE tenant = :tenant AND job_id = :id"), key
    ).all()
    rows = [{"id": row.id, **_told(lecture, row.kind, row.number)} for row in steps]
    if rows:
        connection.execute(
            sa.text(
                "UPDATE step SET slide = :slide, letters = :letters, places = :places"
                " WHERE id = :id"
            ),
            rows,
        )


def _told(lecture: dict[str, Any], kind: str, number: int) -> dict[str, object]:  # JSON
    letters: dict[int, int] = {}
    slides: dict[int, int] = {}
    for slide, found in enumerate(lecture["slides"], start=1):
        for fragment in found["fragments"]:
            letters[fragment["number"]] = len(fragment["text"])
            slides[fragment["number"]] = slide
    at: int | None
    match kind:
        case "speech" | "face":
            at, count = slides[number], letters[number]
        case "slide":
            at = number
            count = sum(letters[each] for each in letters if slides[each] == number)
        case _:
            at, count = None, sum(letters.values())
    return {"slide": at, "letters": count, "places": json.dumps(_places(lecture, kind, number))}


def _places(lecture: dict[str, Any], kind: str, number: int) -> dict[str, str]:  # JSON
    out, name = lecture["generated_dir"], lecture["id"]
    match kind:
        case "speech":
            return {"speech.wav": f"{out}/audio_fragments/audio_fragment_{name}_{number}.wav"}
        case "face":
            return {"clip.mp4": f"{out}/video_fragments/video_fragment_{name}_{number}_1.mp4"}
        case "slide":
            return {"slide.mp4": f"{out}/combined/slide_{name}_{number}.mp4"}
        case _:
            final = f"{out}/final/lecture_{name}"
            return {
                "lecture.mp4": f"{final}.mp4",
                "lecture.vtt": f"{final}.vtt",
                "lecture.srt": f"{final}.srt",
                "chapters.vtt": f"{final}.chapters.vtt",
                "manifest.json": f"{out}/final/manifest_{name}.json",
            }
