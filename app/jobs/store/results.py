"""The files of a job that are done, under names that are made from its steps."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from sqlalchemy import Connection, select

from app.disk.folder import Identity
from app.jobs.store.job import JobKey, JobState, StepState
from app.jobs.store.tables import artifact, job, publication, step
from app.jobs.store.transitions import steps_of
from app.steps import kind_named

_NAME = re.compile(r"(?:fragment|slide)-([1-9][0-9]{0,8})\..+")

_AT_A_TIME = 1000
"""Places that are asked for in one query."""


@dataclass(frozen=True, slots=True)
class Result:
    """A file of a step that is done."""

    name: str
    """For example ``fragment-7.wav`` or ``lecture.mp4``; unique in the job."""
    path: Path
    """Where it was published; below :attr:`Results.output`."""
    sha256: str | None
    """Of what was published there; ``None`` where that is not known any more."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a job has published so far."""

    kind: str
    state: JobState
    output: Path | None
    """Folder of all; ``None``: it publishes nothing."""
    identity: Identity | None
    """Of that folder; ``None``: it is not checked."""
    files: tuple[Result, ...]
    """In the order of the plan."""


def of_job(connection: Connection, key: JobKey, name: str | None = None) -> Results | None:
    """What a job has published; ``None`` when it was never submitted.

    Args:
        name: Of the only file that is wanted.
    """
    columns = (job.c.kind, job.c.state, job.c.generation)
    where = (job.c.output, job.c.output_inode, job.c.output_mount)
    row = connection.execute(
        select(*columns, *where).where(job.c.tenant == key.tenant, job.c.id == key.id)
    ).one_or_none()
    if row is None:
        return None
    found = _files(connection, key, row.generation, name)
    return Results(
        kind=row.kind,
        state=JobState(row.state),
        output=None if row.output is None else Path(row.output),
        identity=_identity(row.output_inode, row.output_mount),
        files=tuple(found),
    )


def public_name(kind: str, number: int, file: str) -> str:
    """The name by which callers know a file of a step.

    >>> public_name("speech", 7, "speech.wav"), public_name("slide", 3, "slide.mp4")
    ('fragment-7.wav', 'slide-3.mp4')
    >>> public_name("final", 0, "chapters.vtt")
    'chapters.vtt'
    """
    if not number:
        return file
    of = "fragment" if kind_named(kind).of_fragment else "slide"
    return f"{of}-{number}{PurePath(file).suffix}"


def _files(connection: Connection, key: JobKey, generation: int, name: str | None) -> list[Result]:
    steps = (
        select(step.c.kind, step.c.number, step.c.places, artifact.c.files)
        .select_from(step)
        .join(artifact, artifact.c.input_hash == step.c.input_hash, isouter=True)
        .where(*steps_of(*key, generation), step.c.state == StepState.DONE)
        .order_by(step.c.position)
    )
    if name is not None:
        numbered = _NAME.fullmatch(name)
        steps = steps.where(step.c.number == (int(numbered[1]) if numbered else 0))
    found = [
        (public, Path(path), None if row.files is None else json.loads(row.files).get(file))
        for row in connection.execute(steps)
        for file, path in json.loads(row.places).items()
        if (public := public_name(row.kind, row.number, file)) == name or name is None
    ]
    published = _published(connection, key, [path for _, path, _ in found])
    return [
        Result(public, path, _sum(published.get(path, ()), of_artifact))
        for public, path, of_artifact in found
    ]


def _published(
    connection: Connection, key: JobKey, paths: list[Path]
) -> Mapping[Path, Collection[str]]:
    """Sums that a file may have, by its path: those of the last generation that published it."""
    places = [hashlib.sha256(str(path).encode()).hexdigest() for path in paths]
    newest: dict[Path, tuple[int, set[str]]] = {}
    for start in range(0, len(places), _AT_A_TIME):
        wanted = select(publication).where(
            publication.c.tenant == key.tenant,
            publication.c.job_id == key.id,
            publication.c.place.in_(places[start : start + _AT_A_TIME]),
        )
        for row in connection.execute(wanted):
            generation, sums = newest.get(Path(row.path), (0, set()))
            if row.generation > generation:
                generation, sums = row.generation, set()
            if row.generation == generation:
                sums.add(row.sha256)
            newest[Path(row.path)] = generation, sums
    return {path: sums for path, (_, sums) in newest.items()}


def _sum(published: Collection[str], of_artifact: str | None) -> str | None:
    """That of a file; of several that it may have the artifact's."""
    if len(published) == 1:
        return next(iter(published))
    return of_artifact if not published or of_artifact in published else None


def _identity(inode: str | None, mount: str | None) -> Identity | None:
    return None if inode is None or mount is None else Identity(int(inode), Path(mount))
