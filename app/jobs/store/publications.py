"""Which files lectures have put into their callers' directories, and which of them are outdated.

A file is noted before it appears, so that one of a worker that was killed is known
too.  Noted with its sha256: a file that somebody else put in its place is not ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select

from app.jobs.report.history import parts
from app.jobs.store import claims
from app.jobs.store.database import upsert
from app.jobs.store.job import Claim, Order, StepState
from app.jobs.store.tables import publication, step
from app.jobs.store.transitions import lock_and_order, steps_of
from app.lecture import StepKind
from app.lecture.plan import published


class Publication(NamedTuple):
    """A file that a lecture has published, unless it never came to that."""

    path: Path
    sha256: str


class Counters(NamedTuple):
    """How many steps of each kind a generation has made, and how many it found made."""

    rendered: dict[StepKind, int]
    reused: dict[StepKind, int]


def note(connection: Connection, claim: Claim, files: Mapping[Path, str]) -> Order:
    """See :meth:`app.jobs.store.store.Store.publishing`."""
    order = lock_and_order(connection, claim)
    if order is not Order.GO_ON:
        return order
    claims.renew(connection, claim)
    rows = [
        {
            "tenant": claim.tenant,
            "lecture_id": claim.lecture.id,
            "place": _place(path),
            "sha256": sha256,
            "path": str(path),
            "generation": claim.generation,
        }
        for path, sha256 in files.items()
    ]
    key = ("tenant", "lecture_id", "place", "sha256")
    insert = upsert(connection, publication)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=key, set_={"generation": insert.excluded.generation}
        ),
        rows,
    )
    return order


def outdated(connection: Connection, claim: Claim) -> list[Publication]:
    """What the lecture published into this directory and is no part of it any more.

    Without what another lecture published at the same place.
    """
    other = publication.alias("other")
    another_lecture = or_(
        other.c.tenant != publication.c.tenant, other.c.lecture_id != publication.c.lecture_id
    )
    shared = exists().where(other.c.place == publication.c.place, another_lecture)
    return _no_longer_part(connection, claim, ~shared)


def forget_outdated(connection: Connection, claim: Claim) -> None:
    """Drop the notes of what is no part any more, and of former content of what is."""
    for old in _no_longer_part(connection, claim):
        connection.execute(delete(publication).where(*_mine(claim), _at(old.path)))
    newer = publication.alias("newer")
    replaced = exists().where(
        newer.c.tenant == publication.c.tenant,
        newer.c.lecture_id == publication.c.lecture_id,
        newer.c.place == publication.c.place,
        newer.c.generation > publication.c.generation,
    )
    connection.execute(delete(publication).where(*_mine(claim), replaced))


def counters(connection: Connection, claim: Claim, *, reused: bool) -> Counters:
    """Of the steps that are done, and of the claimed one as if it were."""
    found = Counters(
        {"speech": 0, "face": 0, "slide": 0, "final": 0},
        {"speech": 0, "face": 0, "slide": 0, "final": 0},
    )
    rows = connection.execute(
        select(step.c.kind, step.c.reused, func.count().label("steps"))
        .where(*steps_of(claim.tenant, claim.lecture.id), step.c.state == StepState.DONE)
        .group_by(step.c.kind, step.c.reused)
    ).all()
    for row in rows:
        (found.reused if row.reused else found.rendered)[row.kind] += row.steps
    (found.reused if reused else found.rendered)[claim.step.kind] += 1
    return found


def _no_longer_part(
    connection: Connection, claim: Claim, *conditions: ColumnElement[bool]
) -> list[Publication]:
    lecture = claim.lecture
    part = {
        path for each in parts(lecture).values() for path in published(lecture, each.step).values()
    }
    rows = connection.execute(
        select(publication.c.path, publication.c.sha256)
        .where(*_mine(claim), *conditions)
        .order_by(publication.c.path)
    )
    found = (Publication(Path(row.path), row.sha256) for row in rows)
    return [
        each
        for each in found
        if each.path not in part and each.path.is_relative_to(lecture.generated_dir)
    ]


def _mine(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return publication.c.tenant == claim.tenant, publication.c.lecture_id == claim.lecture.id


def _at(path: Path) -> ColumnElement[bool]:
    return publication.c.place == _place(path)


def _place(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()
