"""Which files jobs have put into their callers' directories, and which of them are outdated.

A file is noted before it appears, so that one of a worker that was killed is known
too.  Noted with its sha256: a file that somebody else put in its place is not ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, or_, select

from app.jobs.store import claims, portions
from app.jobs.store.database import Database, upsert
from app.jobs.store.job import Claim, Order, StepState
from app.jobs.store.tables import job, publication, step
from app.jobs.store.transitions import lock_and_order, steps_of


class Publication(NamedTuple):
    """A file that a job has published, unless it never came to that."""

    path: Path
    sha256: str


class Counters(NamedTuple):
    """How many steps of each kind a generation has made, and how many it found made.

    The kinds stand in the order of the plan.
    """

    rendered: dict[str, int]
    reused: dict[str, int]


def note(connection: Connection, claim: Claim, files: Mapping[Path, str]) -> Order:
    """See :meth:`app.jobs.store.store.Store.publishing`."""
    order = lock_and_order(connection, claim)
    if order is not Order.GO_ON:
        return order
    claims.renew(connection, claim)
    rows = [
        {
            "tenant": claim.tenant,
            "job_id": claim.job_id,
            "place": _place(path),
            "sha256": sha256,
            "path": str(path),
            "generation": claim.generation,
        }
        for path, sha256 in files.items()
    ]
    key = ("tenant", "job_id", "place", "sha256")
    insert = upsert(connection, publication)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=key, set_={"generation": insert.excluded.generation}
        ),
        rows,
    )
    return order


def outdated(connection: Connection, claim: Claim) -> list[Publication]:
    """What the job published into its present directory and is no part of it any more.

    Without what another job published at the same place.
    """
    other = publication.alias("other")
    another_job = or_(
        other.c.tenant != publication.c.tenant, other.c.job_id != publication.c.job_id
    )
    shared = exists().where(other.c.place == publication.c.place, another_job)
    return _no_longer_part(connection, claim, ~shared)


def forget_outdated(database: Database, claim: Claim) -> None:
    """Drop the notes of what is no part any more, and of former content of what is."""
    with database.read() as connection:
        keys = [
            {"at": _place(old.path), "was": old.sha256}
            for old in _no_longer_part(connection, claim)
        ]
        keys += _replaced(connection, claim)
    # What a later generation has published again since is none of it.
    forget = delete(publication).where(
        *_mine(claim),
        publication.c.generation <= claim.generation,
        publication.c.place == bindparam("at"),
        publication.c.sha256 == bindparam("was"),
    )

    def next_portion(connection: Connection) -> bool:
        connection.execute(forget, keys[: portions.PORTION])
        del keys[: portions.PORTION]
        return bool(keys)

    if keys:
        database.write_in_portions(next_portion)


def _replaced(connection: Connection, claim: Claim) -> list[dict[str, str]]:
    newer = publication.alias("newer")
    replaced = exists().where(
        newer.c.tenant == publication.c.tenant,
        newer.c.job_id == publication.c.job_id,
        newer.c.place == publication.c.place,
        newer.c.generation > publication.c.generation,
    )
    rows = connection.execute(
        select(publication.c.place, publication.c.sha256).where(*_mine(claim), replaced)
    )
    return [{"at": row.place, "was": row.sha256} for row in rows]


def counters(connection: Connection, claim: Claim, *, reused: bool) -> Counters:
    """Of the steps that are done, and of the claimed one as if it were."""
    done = step.c.state == StepState.DONE
    rows = connection.execute(
        select(
            step.c.kind,
            func.count().filter(done, ~step.c.reused).label("rendered"),
            func.count().filter(done, step.c.reused).label("reused"),
        )
        .where(*steps_of(claim.tenant, claim.job_id, claim.generation))
        .group_by(step.c.kind)
        .order_by(func.min(step.c.position))
    ).all()
    found = Counters(
        {row.kind: row.rendered for row in rows}, {row.kind: row.reused for row in rows}
    )
    (found.reused if reused else found.rendered)[claim.step.kind] += 1
    return found


def _no_longer_part(
    connection: Connection, claim: Claim, *conditions: ColumnElement[bool]
) -> list[Publication]:
    output = _output(connection, claim)
    if output is None:
        return []
    part = _places_of_steps(connection, claim)
    rows = connection.execute(
        select(publication.c.path, publication.c.sha256)
        .where(*_mine(claim), *conditions)
        .order_by(publication.c.path)
    )
    found = (Publication(Path(row.path), row.sha256) for row in rows)
    return [each for each in found if each.path not in part and each.path.is_relative_to(output)]


def _output(connection: Connection, claim: Claim) -> Path | None:
    wanted = select(job.c.output).where(job.c.tenant == claim.tenant, job.c.id == claim.job_id)
    found = connection.execute(wanted).scalar_one()
    return None if found is None else Path(found)


def _places_of_steps(connection: Connection, claim: Claim) -> set[Path]:
    """Where the job's steps publish, done or not."""
    wanted = select(step.c.places).where(*steps_of(claim.tenant, claim.job_id, claim.generation))
    rows = connection.execute(wanted).scalars()
    return {Path(path) for places in rows for path in json.loads(places).values()}


def _mine(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return publication.c.tenant == claim.tenant, publication.c.job_id == claim.job_id


def _place(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()
