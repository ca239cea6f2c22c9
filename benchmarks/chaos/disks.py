"""Disks that are full: of the database, and of the artifacts.  Needs root, to mount small ones."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.jobs.store.store import JobState
from benchmarks.chaos.findings import Findings
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.place import Place, place_in, wait_until
from benchmarks.chaos.posts import body
from benchmarks.chaos.web import start_web
from benchmarks.chaos.workshop import Behaviour
from tests.small_disk import mounted

SMALL_DATABASE = "16m"
"""SQLite's log takes 4 MB before it is folded into the database."""

SMALL_ARTIFACTS = "3m"

LEASE_SECONDS = 5.0
"""A step whose end could not be noted is done again after that."""

DONE_SECONDS = 40.0

CLIP_BYTES = 100_000


def database(folder: Path) -> Findings:
    """The database's disk is full while lectures are posted and made."""
    findings = Findings()
    with mounted(folder / "small", SMALL_DATABASE) as small:
        disk = small.path
        url = f"sqlite:///{disk / 'jobs.db'}"
        with place_in(folder, database_url=url, lease_seconds=LEASE_SECONDS) as place:
            _fill_the_database(findings, place, disk)
    return findings


def artifacts(folder: Path) -> Findings:
    """The artifacts' disk is full while a lecture is made and another one posted."""
    findings = Findings()
    with mounted(folder / "data", SMALL_ARTIFACTS) as small:
        url = f"sqlite:///{folder / 'jobs.db'}"
        with place_in(folder, database_url=url) as place:
            _fill_the_artifacts(findings, place, small.path)
    return findings


def _fill_the_database(findings: Findings, place: Place, disk: Path) -> None:
    place.behave(Behaviour(speech_seconds=(0.3, 0.3), face_seconds=(0.3, 0.3)))
    web = start_web(place, workers=2)
    before = submission_of(lecture_in(place.folder, lecture_id=1, slides=2, fragments=2))
    place.submit(before)
    worker = place.start_worker()
    wait_until(lambda: place.job(1).steps_done >= 2, DONE_SECONDS, "the first steps")
    asked = body(place.folder, "A lecture for a full disk. " * 400, lecture_id=2)
    with _filled(disk):
        answers = [web.post({**asked, "id": number})[:2] for number in range(2, 6)]
        codes = [(status, envelope["code"]) for status, envelope in answers]
        findings.exactly("answers_when_full", sorted(set(codes)), [(507, "disk_full")])
    findings.exactly("answer_when_freed", web.post(asked)[0], 200)
    seconds = wait_until(lambda: place.ended(1), DONE_SECONDS, "the lecture, with space again")
    findings.note("done_after_seconds", round(seconds, 2))
    findings.exactly("state", place.job(1).state.value, JobState.DONE.value)
    findings.exactly("lost", place.ledger.lost(before), 0)
    findings.exactly("done_twice", place.ledger.done_twice(1), 0)
    findings.exactly("worker_alive", worker.is_running(), True)
    findings.exactly("integrity", _integrity(disk / "jobs.db"), "ok")


def _fill_the_artifacts(findings: Findings, place: Place, disk: Path) -> None:
    place.behave(Behaviour(face_seconds=(0.2, 0.2), clip_bytes=CLIP_BYTES))
    web = start_web(place, workers=1)
    place.start_worker()
    first = submission_of(lecture_in(place.folder, lecture_id=1, slides=1, fragments=1))
    place.submit(first)
    wait_until(lambda: place.ended(1), DONE_SECONDS, "a lecture on an empty disk")
    second = submission_of(lecture_in(place.folder, lecture_id=2, slides=1, fragments=2))
    with _filled(disk):
        place.submit(second)
        wait_until(lambda: place.ended(2), DONE_SECONDS, "the end of a lecture on a full disk")
        status, envelope = web.post(body(place.folder, "A lecture.", lecture_id=3))
    job = place.job(2)
    findings.exactly("state_when_full", (job.state.value, job.error_code), ("failed", "disk_full"))
    findings.note("reason", job.error_message and job.error_message.rpartition(":")[2].strip())
    findings.exactly("answer_when_full", (status, envelope["code"]), (507, "disk_full"))
    findings.exactly("first_lecture_lost", place.ledger.lost(first), 0)
    findings.exactly("published_by_failed_steps", place.ledger.unearned(second), 0)
    place.submit(second)
    wait_until(lambda: place.ended(2), DONE_SECONDS, "the lecture, with space again")
    findings.exactly("state_when_freed", place.job(2).state.value, JobState.DONE.value)
    findings.exactly("lost", place.ledger.lost(second), 0)
    posted = web.post(body(place.folder, "A lecture.", lecture_id=3))[0]
    findings.exactly("answer_when_freed", posted, 200)


@contextmanager
def _filled(disk: Path) -> Iterator[None]:
    """Not a byte is left on a disk, also after somebody has deleted something."""
    filler = disk / "filler"
    try:
        with filler.open("wb") as file:
            while True:
                os.write(file.fileno(), bytes(4096))
    except OSError:
        pass
    try:
        yield
    finally:
        filler.unlink()


def _integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
