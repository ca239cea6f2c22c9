"""Starting jobs: as a whole, however long it takes."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from sqlalchemy import Connection, select

from app.errors import Busy, JobConflict, LectureError
from app.jobs.store import cancelling, portions, writing
from app.jobs.store.database import Database, upsert
from app.jobs.store.job import JobState, Submission
from app.jobs.store.portions import Rows, remove_others
from app.jobs.store.served import turn_of_newcomer
from app.jobs.store.tables import Now, job
from app.jobs.store.transitions import record_job
from app.jobs.store.writing import Turn, Underway

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.05
"""Between two looks at whether somebody else has written the same job."""

WAIT_SECONDS = 15.0
"""How long that may take: longer than the lease of one who died."""


def submit(database: Database, submission: Submission) -> bool:
    """See :meth:`app.jobs.store.store.Store.submit`."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return _submit(database, submission)
        except Underway:
            if time.monotonic() >= until:
                named = submission.content.named
                raise Busy(f"{named} is being submitted already", retry_after=1.0) from None
            time.sleep(LOOK_SECONDS)


def may_start(
    named: str, request_hash: str, *, restart: bool, state: JobState, former_hash: str
) -> bool:
    """Whether a request begins a new generation of a job that was submitted before.

    :func:`submit` decides by it, and whoever wants to know beforehand asks it too.  One that
    is just being cancelled is for :func:`submit` to refuse: it may have ended by then.

    Args:
        named: The job, for the message: ``"lecture 7"``.
        request_hash: Of the request.
        restart: Whether it is to begin even though the same input is done.
        state: Of the former generation.
        former_hash: Of the request that it was made for.

    Raises:
        JobConflict: Other input is running.
    """
    same = request_hash == former_hash
    if state in (JobState.QUEUED, JobState.RUNNING):
        if same:
            return False
        raise JobConflict(writing.being_made(named))
    return not same or restart or state is not JobState.DONE


def clear_abandoned(database: Database) -> None:
    """Clear away what submissions have left that died."""
    with database.read() as connection:
        found = writing.abandoned(connection)
    for key in found:
        with database.write() as connection:
            turn = writing.take_over(connection, key)
        if turn is not None:
            clear(database, turn)


def _submit(database: Database, submission: Submission) -> bool:
    with database.write() as connection:
        turn = _begin(connection, submission)
        if turn is None:
            return False
        rows = Rows(turn.key, turn.generation, submission.steps)
        at_once = len(submission.steps) <= portions.PORTION and not turn.taken_over
        if at_once:
            rows.prepare()
            rows.write_portion(connection)
            _become_current(connection, turn, submission)
            if not _clear_portion(connection, turn):
                return True
    if not at_once:
        _write(database, turn, rows, submission)
    try:
        clear(database, turn)
    except LectureError as error:
        # The job is submitted: what is left of the former generation is no reason to fail.
        log.warning("former steps left to the housekeeping %s: %s", submission.content, error)
        writing.give_up(database, turn)
    return True


def _begin(connection: Connection, submission: Submission) -> Turn | None:
    """The right to write the next generation; ``None`` when the same is running or done."""
    content = submission.content
    former = select(job.c.state, job.c.request_hash, job.c.generation).where(
        job.c.tenant == submission.tenant, job.c.id == content.id
    )
    row = connection.execute(former.with_for_update()).one_or_none()
    if row is None:
        turn = writing.begin(connection, submission, 1)
        if connection.execute(former).one_or_none() is not None:
            raise Underway  # and it became whole between the two looks
        return turn
    state = JobState(row.state)
    if state is JobState.CANCELLING:
        raise JobConflict(f"{content.named} is being cancelled; try again soon")
    starts = may_start(
        content.named,
        submission.request_hash,
        restart=submission.restart,
        state=state,
        former_hash=row.request_hash,
    )
    return writing.begin(connection, submission, row.generation + 1) if starts else None


def _write(database: Database, turn: Turn, rows: Rows, submission: Submission) -> None:
    """Write all in portions, each of them visible to nobody until it is whole."""

    def next_portion(connection: Connection) -> bool:
        writing.go_on(connection, turn)
        rows.write_portion(connection)
        return rows.left()

    try:
        if turn.taken_over:
            database.write_in_portions(lambda connection: _remove_portion(connection, turn))
        database.write_in_portions(next_portion, prepare=rows.prepare)
        with database.write() as connection:
            cancelled = writing.go_on(connection, turn).cancelled
            _become_current(connection, turn, submission)
            if cancelled:
                cancelling.begin(connection, *turn.key)
    except BaseException:
        writing.give_up(database, turn)
        raise
    if cancelled:
        cancelling.end(database, [turn.key])


def _become_current(connection: Connection, turn: Turn, submission: Submission) -> None:
    """Make the steps that were written the job's."""
    content = submission.content
    identity = submission.output_identity
    values = {
        "generation": turn.generation,
        "state": JobState.QUEUED,
        "request_hash": submission.request_hash,
        "kind": content.kind,
        "content": content.text,
        "inputs": _stored(submission.inputs),
        "output": _stored(submission.output),
        "output_inode": None if identity is None else str(identity.inode),
        "output_mount": None if identity is None else str(identity.mount),
        "reserved": submission.reserved,
        "running": 0,
        "served": turn_of_newcomer(connection, turn.key.tenant),
        "created": Now(),
        "finished": None,
        "error_code": None,
        "error_message": None,
    }
    connection.execute(
        upsert(connection, job)
        .values(tenant=turn.key.tenant, id=turn.key.id, **values)
        .on_conflict_do_update(index_elements=["tenant", "id"], set_=values)
    )
    record_job(connection, *turn.key, turn.generation, JobState.QUEUED, kind=content.kind)
    if submission.also is not None:
        submission.also(connection)
    writing.is_written(connection, turn)


def clear(database: Database, turn: Turn) -> None:
    """Remove all steps of a job but its own, and give the right back."""
    database.write_in_portions(lambda connection: _clear_portion(connection, turn))


def _clear_portion(connection: Connection, turn: Turn) -> bool:
    """Remove a portion of what is not the job's; returns whether there may be more of it."""
    more = _remove_portion(connection, turn)
    if not more:
        writing.end(connection, turn)
    return more


def _remove_portion(connection: Connection, turn: Turn) -> bool:
    writing.go_on(connection, turn)
    found = select(job.c.generation).where(job.c.tenant == turn.key.tenant, job.c.id == turn.key.id)
    current = connection.execute(found).scalar_one_or_none()
    return remove_others(connection, turn.key, current or 0)


def _stored(path: Path | None) -> str | None:
    return None if path is None else str(path)
