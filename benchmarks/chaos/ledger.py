"""What really happened: the stand-ins' log, the store's events, the published files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, create_engine, func, select

from app.intake import LMS
from app.jobs.store.job import StepState
from app.jobs.store.store import Submission
from app.jobs.store.tables import artifact, event, step
from app.steps import sha256_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the stand-ins' log."""

    what: str
    """``start`` or ``end``."""
    step: str
    pid: int
    at: float
    """Seconds of the machine's monotonic clock."""


def entries(log: Path) -> list[Entry]:
    """Every line, in order."""
    if not log.exists():
        return []
    rows = (line.split() for line in log.read_text(encoding="utf-8").splitlines())
    return [Entry(what, name, int(pid), float(at)) for what, name, pid, at in rows]


def runs_again(log: Path) -> int:
    """How many runs were not the first one of their step."""
    starts = [entry.step for entry in entries(log) if entry.what == "start"]
    return len(starts) - len(set(starts))


def longest_wait(log: Path) -> float:
    """Seconds from a run that had no end to the next run of its step, at most."""
    waits, open_since = [0.0], dict[str, float]()
    for entry in entries(log):
        if entry.what == "end":
            open_since.pop(entry.step, None)
            continue
        if entry.step in open_since:
            waits.append(entry.at - open_since[entry.step])
        open_since[entry.step] = entry.at
    return max(waits)


class Ledger:
    """Looks into the database beside the store."""

    def __init__(self, database_url: str) -> None:
        self._engine: Engine = create_engine(database_url)

    def close(self) -> None:
        self._engine.dispose()

    def owners(self) -> set[str]:
        """Workers that do a step."""
        running = select(step.c.owner).where(step.c.state == StepState.RUNNING)
        with self._engine.connect() as connection:
            return set(connection.execute(running).scalars())

    def running(self, owner: str | None = None) -> int:
        """Steps that run, all or those of a worker."""
        wanted = [step.c.state == StepState.RUNNING]
        if owner is not None:
            wanted.append(step.c.owner == owner)
        with self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).where(*wanted)).scalar_one())

    def hours_between_events(self) -> float:
        """From the earliest to the latest, by the clocks of those who wrote them."""
        span = select(func.max(event.c.at) - func.min(event.c.at))
        with self._engine.connect() as connection:
            return round(float(connection.execute(span).scalar_one()) / 3600, 3)

    def rendered(self, lecture_id: int) -> dict[str, int]:
        """How many steps of each kind the last generation made and did not find made."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(step.c.kind, func.count().label("steps"))
                .where(*_steps_of(lecture_id), step.c.state == StepState.DONE, ~step.c.reused)
                .group_by(step.c.kind)
            ).all()
        return {row.kind: row.steps for row in rows}

    def seconds_rendering(self, lecture_id: int, kinds: Collection[str]) -> float:
        """From start to end of the steps of those kinds that the last generation made, added."""
        made = select(step.c.name).where(
            *_steps_of(lecture_id), step.c.kind.in_(kinds), ~step.c.reused
        )
        mine = (event.c.tenant == LMS, event.c.job_id == lecture_id)
        last = select(func.max(event.c.generation)).where(*mine).scalar_subquery()
        spans = (
            select((func.max(event.c.at) - func.min(event.c.at)).label("seconds"))
            .where(*mine, event.c.generation == last, event.c.step.in_(made))
            .group_by(event.c.step)
        )
        with self._engine.connect() as connection:
            return float(sum(connection.execute(spans).scalars()))

    def done_twice(self, lecture_id: int) -> int:
        """Steps of a generation that were noted as done more than once."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(event.c.generation, event.c.step).where(
                    event.c.tenant == LMS,
                    event.c.job_id == lecture_id,
                    event.c.kind == StepState.DONE,
                    event.c.step.is_not(None),
                )
            ).all()
        return sum(count - 1 for count in Counter(rows).values())

    def lost(self, submission: Submission) -> int:
        """Steps without their published files, or with other files than the store noted."""
        with self._engine.connect() as connection:
            sums = {
                row.input_hash: json.loads(row.files)
                for row in connection.execute(select(artifact.c.input_hash, artifact.c.files))
            }
        return sum(
            not _is_there(planned.places, sums.get(planned.input_hash, {}))
            for planned in submission.steps
        )

    def unearned(self, submission: Submission) -> int:
        """Published files of steps that were not done."""
        with self._engine.connect() as connection:
            done = select(step.c.name).where(
                *_steps_of(submission.content.id), step.c.state == StepState.DONE
            )
            names = set(connection.execute(done).scalars())
        return sum(
            path.exists()
            for planned in submission.steps
            if planned.name not in names
            for path in planned.places.values()
        )


def _is_there(files: Mapping[str, Path], sums: Mapping[str, str]) -> bool:
    """Whether each file has that sum; the manifest, written when published, names the video's."""
    for name, path in files.items():
        if not path.exists():
            return False
        if name == "manifest.json":
            manifest = json.loads(path.read_text(encoding="utf-8"))
            if manifest["lecture_sha256"] != sha256_of(files["lecture.mp4"]):
                return False
        elif sha256_of(path) != sums.get(name):
            return False
    return True


def _steps_of(lecture_id: int) -> tuple[ColumnElement[bool], ...]:
    return step.c.tenant == LMS, step.c.job_id == lecture_id
