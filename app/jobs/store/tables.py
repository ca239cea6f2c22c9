"""The tables of the job store; the same on SQLite and PostgreSQL.

Times are seconds since the epoch by the database's own clock.  What is only compared
with itself, such as the end of a lease or how long a step took, is told by a steadier
one: see :class:`Ticks`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite numbers rows by itself only in a column that is called INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

job = Table(
    "job",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False, server_default="lecture"),
    Column("generation", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("request_hash", String(200), nullable=False),
    Column("content", Text, nullable=False, comment="what to make, as JSON of its kind"),
    Column("inputs", Text, comment="folder of its input copies; null: it has none"),
    Column("output", Text, comment="folder of its results; null: it publishes nothing"),
    # As text: an inode may have all of 64 bits, which no database has an unsigned type for.
    Column("output_inode", String(20), comment="of that folder; null: it is not checked"),
    Column("output_mount", Text, comment="where the folder's file system is mounted"),
    Column(
        "reserved",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="for the worker that is started for it",
    ),
    Column("running", Integer, nullable=False, comment="number of its steps that run"),
    Column(
        "served",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="seq of the event of its last claim; who waited longest has the least",
    ),
    Column("created", Double, nullable=False, comment="of this generation"),
    Column("finished", Double),
    Column("error_code", String(50)),
    Column("error_message", Text),
    Index("ix_job_state", "state", "tenant"),
    # A row may be very long: lists are put in order without reading them.
    Index("ix_job_list", "kind", "tenant", "id", "created", "state"),
)

step = Table(
    "step",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("job_id", BigInteger, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("position", Integer, nullable=False, comment="in the plan"),
    Column("name", String(50), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("queue", String(20), nullable=False),
    Column("input_hash", String(64), nullable=False),
    Column(
        "needs_all",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="it needs every step before it in the plan, and no edges say so",
    ),
    Column("slide", Integer, comment="that it belongs to; null: to the whole"),
    Column("letters", Integer, nullable=False, server_default="0", comment="of its text"),
    Column(
        "places",
        Text,
        nullable=False,
        server_default="{}",
        comment="path to publish to by file name, as JSON",
    ),
    Column("state", String(20), nullable=False),
    Column("attempt", Integer, nullable=False, comment="times an engine gave an error"),
    Column("crash", Integer, nullable=False, comment="times nothing was heard any more"),
    Column("deaths", Integer, nullable=False, comment="times in a row that its host died"),
    Column("fence", Integer, nullable=False),
    Column("owner", String(200)),
    # In Ticks, as is seen of a worker.
    Column("lease_until", Double),
    Column("lease_seconds", Double),
    Column("not_before", Double, comment="end of the pause after an error"),
    Column("pause_seconds", Double),
    Column("progress", Double, nullable=False),
    Column("reused", Boolean, nullable=False),
    Column("error_code", String(50)),
    Column("blocked_by", String(50), comment="the failed step that this one needs"),
    # A generation is written while the former one is still the job's.
    UniqueConstraint("tenant", "job_id", "generation", "name"),
    # What a job has of a state is found without a look at its other steps, the first one first.
    Index("ix_step_state", "tenant", "job_id", "generation", "state", "queue", "position"),
    Index(
        "ix_step_needs_all",
        "tenant",
        "job_id",
        "generation",
        "state",
        "position",
        # On PostgreSQL too, as the migration says; said here, it would load that dialect anywhere.
        sqlite_where=text("needs_all = 1"),
    ),
    # Row ids must never come back: a claim of a replaced step would match a new one.
    sqlite_autoincrement=True,
)

edge = Table(
    "edge",
    metadata,
    Column("src", RowId, ForeignKey("step.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "dst",
        RowId,
        ForeignKey("step.id", ondelete="CASCADE", name="fk_edge_step_dst"),
        primary_key=True,
        index=True,
    ),
    comment="dst needs src",
    sqlite_with_rowid=False,
)

writing = Table(
    "writing",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("job_id", BigInteger, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False, comment="that is written"),
    Column(
        "request_hash",
        String(200),
        comment="null: nothing more is written, steps of other generations are cleared away",
    ),
    Column("token", String(32), nullable=False, comment="of whoever does it"),
    Column("lease_until", Double, nullable=False, comment="in Ticks; then anybody clears it away"),
    Column("cancelled", Boolean, nullable=False, comment="it shall not run"),
    comment="jobs with steps of a generation that is not, or not yet, or no longer theirs",
)

event = Table(
    "event",
    metadata,
    Column("seq", RowId, primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("job_id", BigInteger, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("at", Double, nullable=False),
    Column("ticks", Double, comment="the same moment in Ticks; null: of an older version"),
    Column("kind", String(20), nullable=False, comment="the new state"),
    Column("step", String(50), comment="of this step; of the job when null"),
    Index("ix_event_job", "tenant", "job_id", "seq"),
    sqlite_autoincrement=True,
)

artifact = Table(
    "artifact",
    metadata,
    Column("input_hash", String(64), primary_key=True),
    Column("files", Text, nullable=False, comment="sha256 by file name, as JSON"),
    Column("made", Double, nullable=False),
)

publication = Table(
    "publication",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("job_id", BigInteger, primary_key=True, autoincrement=False),
    # A path may be longer than what PostgreSQL can index.
    Column("place", String(64), primary_key=True, index=True, comment="sha256 of the path"),
    Column("sha256", String(64), primary_key=True, comment="of the file's bytes"),
    Column("path", Text, nullable=False),
    Column("generation", Integer, nullable=False, comment="the last that published it"),
)

worker = Table(
    "worker",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("host", String(200), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("birth", String(200), nullable=False),
    Column("seen", Double, nullable=False),
    Column("queues", String(200), comment="names, with spaces between them; null: not told"),
)

data_folder = Table(
    "data_folder",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="always 1"),
    Column("identity", String(64), nullable=False),
    Column("path", Text, nullable=False, comment="where it lay at the last start"),
)

ended = Table(
    "ended",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("jobs", BigInteger, nullable=False),
    Column("letters", BigInteger, nullable=False, comment="that were spoken for them"),
    comment="how jobs have ended, a row each until some are summed up",
)


class Now(FunctionElement[float]):
    """The database's clock, seconds since the epoch."""

    type = Double()
    inherit_cache = True


@compiles(Now, "sqlite")
def _now_on_sqlite(_element: Now, _compiler: SQLCompiler, **_options: Any) -> str:  # its API
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(Now, "postgresql")
def _now_on_postgresql(_element: Now, _compiler: SQLCompiler, **_options: Any) -> str:  # its API
    return "extract(epoch from clock_timestamp())::double precision"


class Ticks(FunctionElement[float]):
    """Seconds by a clock that all workers share and that says nothing about the date.

    On SQLite, where all workers are on one machine, it is the machine's monotonic
    clock: no change of the wall clock ends a lease or makes it last.  It starts
    anew with the machine.  On PostgreSQL it is the server's wall clock, so that only
    the server's time matters, never a worker's.
    """

    type = Double()
    inherit_cache = True


@compiles(Ticks, "sqlite")
def _ticks_on_sqlite(_element: Ticks, _compiler: SQLCompiler, **_options: Any) -> str:  # its API
    return "monotonic_seconds()"


compiles(Ticks, "postgresql")(_now_on_postgresql)
