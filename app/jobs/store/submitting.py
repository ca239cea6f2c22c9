"""Starting and cancelling lectures; every function needs a transaction that writes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, update

from app.errors import JobConflict
from app.jobs.store.database import upsert
from app.jobs.store.job import JobState, StepState, Submission
from app.jobs.store.reading import LECTURES
from app.jobs.store.tables import Now, edge, lecture, step
from app.jobs.store.transitions import ACTIVE, lock, record, settle, steps_of


def submit(connection: Connection, submission: Submission) -> bool:
    """Start a generation, unless the same input is running or done.

    Raises:
        JobConflict: Other input is running, or the lecture is just being cancelled.
    """
    if _insert_lecture(connection, submission):
        generation = 1
    else:
        row = lock(connection, submission.tenant, submission.lecture.id)
        state = JobState(row.state)
        if state is JobState.CANCELLING:
            raise JobConflict(f"lecture {submission.lecture.id} is being cancelled; try again soon")
        if not may_start(
            submission.lecture.id,
            submission.request_hash,
            restart=submission.restart,
            state=state,
            former_hash=row.request_hash,
        ):
            return False
        generation = row.generation + 1
        _restart_lecture(connection, submission, generation)
    _insert_steps(connection, submission, generation)
    record(connection, submission.tenant, submission.lecture.id, generation, JobState.QUEUED)
    return True


def may_start(
    lecture_id: int, request_hash: str, *, restart: bool, state: JobState, former_hash: str
) -> bool:
    """Whether a request begins a new generation of a lecture that was submitted before.

    :func:`submit` decides by it, and whoever wants to know beforehand asks it too.  One that
    is just being cancelled is for :func:`submit` to refuse: it may have ended by then.

    Args:
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
            f"lecture {lecture_id} is being generated from other input; "
            "wait for it or cancel it first"
        )
    return not same or restart or state is not JobState.DONE


def cancel(connection: Connection, tenant: str, lecture_id: int | None) -> list[int]:
    """Start nothing more of a lecture, or of all; those that nothing runs for are cancelled."""
    wanted = [lecture.c.tenant == tenant, lecture.c.state.in_((JobState.QUEUED, JobState.RUNNING))]
    if lecture_id is not None:
        wanted.append(lecture.c.id == lecture_id)
    rows = connection.execute(
        select(lecture.c.id, lecture.c.generation)
        .where(*wanted)
        .order_by(lecture.c.id)
        .with_for_update()
    ).all()
    for row in rows:
        mine = (lecture.c.tenant == tenant, lecture.c.id == row.id)
        connection.execute(update(lecture).where(*mine).values(state=JobState.CANCELLING))
        connection.execute(
            update(step)
            .where(
                *steps_of(tenant, row.id), step.c.state.in_((StepState.BLOCKED, StepState.READY))
            )
            .values(state=StepState.CANCELLED)
        )
        record(connection, tenant, row.id, row.generation, JobState.CANCELLING)
        settle(connection, tenant, row.id)
    return [row.id for row in rows]


def is_open(connection: Connection, tenant: str | None, lecture_id: int | None) -> bool:
    """Whether any lecture, or any of that tenant or id, has not ended."""
    wanted: list[ColumnElement[bool]] = [lecture.c.state.in_(ACTIVE)]
    if tenant is not None:
        wanted.append(lecture.c.tenant == tenant)
    if lecture_id is not None:
        wanted.append(lecture.c.id == lecture_id)
    return bool(connection.execute(select(exists().where(*wanted))).scalar())


def _insert_lecture(connection: Connection, submission: Submission) -> bool:
    """Make the lecture's row; ``False`` when there is one, also one made at this moment."""
    made = connection.execute(
        upsert(connection, lecture)
        .values(
            tenant=submission.tenant,
            id=submission.lecture.id,
            **_generation_values(submission, generation=1),
        )
        .on_conflict_do_nothing()
        .returning(lecture.c.id)
    )
    return made.one_or_none() is not None


def _restart_lecture(connection: Connection, submission: Submission, generation: int) -> None:
    tenant, lecture_id = submission.tenant, submission.lecture.id
    connection.execute(delete(step).where(*steps_of(tenant, lecture_id)))
    connection.execute(
        update(lecture)
        .where(lecture.c.tenant == tenant, lecture.c.id == lecture_id)
        .values(**_generation_values(submission, generation))
    )


def _generation_values(submission: Submission, generation: int) -> dict[str, object]:
    return {
        "generation": generation,
        "state": JobState.QUEUED,
        "request_hash": submission.request_hash,
        "lecture": LECTURES.dump_json(submission.lecture).decode(),
        "running": 0,
        "created": Now(),
        "finished": None,
        "error_code": None,
        "error_message": None,
    }


def _insert_steps(connection: Connection, submission: Submission, generation: int) -> None:
    rows = [
        {
            "tenant": submission.tenant,
            "lecture_id": submission.lecture.id,
            "generation": generation,
            "position": position,
            "name": planned.name,
            "kind": planned.kind,
            "number": planned.number,
            "queue": planned.queue,
            "input_hash": planned.input_hash,
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
