"""Starting and cancelling jobs; every function needs a transaction that writes."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection, and_, delete, exists, insert, select, update

from app.errors import JobConflict
from app.jobs.store.database import upsert
from app.jobs.store.job import JobKey, JobState, StepState, Submission
from app.jobs.store.tables import Now, edge, job, step
from app.jobs.store.transitions import ACTIVE, lock, record_job, settle, steps_of


def submit(connection: Connection, submission: Submission) -> bool:
    """Start a generation, unless the same input is running or done.

    Raises:
        JobConflict: Other input is running, or the job is just being cancelled.
    """
    content = submission.content
    if _insert_job(connection, submission):
        generation = 1
    else:
        row = lock(connection, submission.tenant, content.id)
        state = JobState(row.state)
        if state is JobState.CANCELLING:
            raise JobConflict(f"{content.named} is being cancelled; try again soon")
        if not may_start(
            content.named,
            submission.request_hash,
            restart=submission.restart,
            state=state,
            former_hash=row.request_hash,
        ):
            return False
        generation = row.generation + 1
        _restart_job(connection, submission, generation)
    _insert_steps(connection, submission, generation)
    record_job(
        connection,
        submission.tenant,
        content.id,
        generation,
        JobState.QUEUED,
        kind=content.kind,
    )
    return True


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
        raise JobConflict(
            f"{named} is being generated from other input; wait for it or cancel it first"
        )
    return not same or restart or state is not JobState.DONE


def cancel(connection: Connection, tenant: str, job_id: int | None) -> list[int]:
    """Start nothing more of a job, or of all; those that nothing runs for are cancelled."""
    wanted = [job.c.tenant == tenant, job.c.state.in_((JobState.QUEUED, JobState.RUNNING))]
    if job_id is not None:
        wanted.append(job.c.id == job_id)
    rows = connection.execute(
        select(job.c.id, job.c.kind, job.c.generation)
        .where(*wanted)
        .order_by(job.c.id)
        .with_for_update()
    ).all()
    for row in rows:
        mine = (job.c.tenant == tenant, job.c.id == row.id)
        connection.execute(update(job).where(*mine).values(state=JobState.CANCELLING))
        connection.execute(
            update(step)
            .where(
                *steps_of(tenant, row.id), step.c.state.in_((StepState.BLOCKED, StepState.READY))
            )
            .values(state=StepState.CANCELLED)
        )
        state = JobState.CANCELLING
        record_job(connection, tenant, row.id, row.generation, state, kind=row.kind)
        settle(connection, tenant, row.id)
    return [row.id for row in rows]


def is_open(connection: Connection, only: JobKey | None) -> bool:
    """Whether that job, or without one any that is not reserved, has not ended."""
    mine = (
        ~job.c.reserved if only is None else and_(job.c.tenant == only.tenant, job.c.id == only.id)
    )
    return bool(connection.execute(select(exists().where(job.c.state.in_(ACTIVE), mine))).scalar())


def _insert_job(connection: Connection, submission: Submission) -> bool:
    """Make the job's row; ``False`` when there is one, also one made at this moment."""
    made = connection.execute(
        upsert(connection, job)
        .values(
            tenant=submission.tenant,
            id=submission.content.id,
            **_generation_values(submission, generation=1),
        )
        .on_conflict_do_nothing()
        .returning(job.c.id)
    )
    return made.one_or_none() is not None


def _restart_job(connection: Connection, submission: Submission, generation: int) -> None:
    tenant, job_id = submission.tenant, submission.content.id
    connection.execute(delete(step).where(*steps_of(tenant, job_id)))
    connection.execute(
        update(job)
        .where(job.c.tenant == tenant, job.c.id == job_id)
        .values(**_generation_values(submission, generation))
    )


def _generation_values(submission: Submission, generation: int) -> dict[str, object]:
    identity = submission.output_identity
    return {
        "generation": generation,
        "state": JobState.QUEUED,
        "request_hash": submission.request_hash,
        "kind": submission.content.kind,
        "content": submission.content.text,
        "inputs": _stored(submission.inputs),
        "output": _stored(submission.output),
        "output_inode": None if identity is None else str(identity.inode),
        "output_mount": None if identity is None else str(identity.mount),
        "reserved": submission.reserved,
        "running": 0,
        "created": Now(),
        "finished": None,
        "error_code": None,
        "error_message": None,
    }


def _stored(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _insert_steps(connection: Connection, submission: Submission, generation: int) -> None:
    rows = [
        {
            "tenant": submission.tenant,
            "job_id": submission.content.id,
            "generation": generation,
            "position": position,
            "name": planned.name,
            "kind": planned.kind,
            "number": planned.number,
            "queue": planned.queue,
            "input_hash": planned.input_hash,
            "slide": planned.slide,
            "letters": planned.letters,
            "places": json.dumps({name: str(path) for name, path in planned.places.items()}),
            "state": StepState.BLOCKED if planned.needs else StepState.READY,
            "attempt": 0,
            "crash": 0,
            "deaths": 0,
            "fence": 0,
            "progress": 0.0,
            "reused": False,
        }
        for position, planned in enumerate(submission.steps)
    ]
    made = connection.execute(insert(step).returning(step.c.name, step.c.id), rows)
    ids = {row.name: row.id for row in made}
    edges = [
        {"src": ids[need], "dst": ids[planned.name]}
        for planned in submission.steps
        for need in planned.needs
    ]
    if edges:
        connection.execute(insert(edge), edges)
