"""A worker that stands still past its lease, and then goes on as if nothing had been."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psutil
from sqlalchemy import URL, make_url

from app.jobs.store.store import JobState, Submission
from app.steps import sha256_of
from benchmarks.chaos.findings import Findings
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.ledger import runs_again
from benchmarks.chaos.place import Place, wait_until
from benchmarks.chaos.workshop import Behaviour
from tests.process.family import runs

LEASE_SECONDS = 1.5

SETTLED_SECONDS = 1.5
"""What the continued worker gets to publish what it must not."""

START_SECONDS = 20.0
DONE_SECONDS = 30.0

MOMENT_SECONDS = (0.0, 0.7)
"""Least and most time between a step's start and the stall."""

BEHAVIOUR = Behaviour(speech_seconds=(0.3, 0.6), face_seconds=(0.3, 0.6))


def run(place: Place, *, stalls: int, seed: int = 1) -> Findings:
    """Suspend the worker that has a step, let another one take over, continue it."""
    chance = random.Random(seed)
    place.behave(BEHAVIOUR)
    workers = [place.start_worker(), place.start_worker()]
    wait_until(lambda: all(map(place.worker_id, workers)), START_SECONDS, "two workers")
    submissions, late = [], 0
    for number in range(1, stalls + 1):
        lecture = lecture_in(place.folder, lecture_id=number, slides=1, fragments=1)
        submissions.append(submission_of(lecture))
        late += _stall_one(place, submissions[-1], workers, chance)
    states = [place.job(each.content.id).state for each in submissions]
    findings = Findings()
    findings.note("stalls", stalls)
    findings.exactly("not_done", sum(state is not JobState.DONE for state in states), 0)
    findings.exactly("lost", sum(place.ledger.lost(each) for each in submissions), 0)
    twice = sum(place.ledger.done_twice(each.content.id) for each in submissions)
    findings.exactly("done_twice", twice, 0)
    findings.exactly("files_changed_afterwards", late, 0)
    # The others were suspended between two steps.
    findings.at_least("steps_taken_over", runs_again(place.log), stalls / 2)
    findings.exactly("workers_alive", sum(runs(each) for each in workers), len(workers))
    return findings


def _stall_one(
    place: Place, submission: Submission, workers: list[psutil.Process], chance: random.Random
) -> int:
    """Make a lecture with a stall in it; returns how many files changed after it was done."""
    lecture_id = submission.content.id
    place.submit(submission)
    wait_until(place.ledger.owners, START_SECONDS, "the first step")
    time.sleep(chance.uniform(*MOMENT_SECONDS))
    owners = place.ledger.owners()
    stalled = next((each for each in workers if place.worker_id(each) in owners), workers[0])
    _suspend(stalled, place)
    try:
        wait_until(lambda: place.ended(lecture_id), DONE_SECONDS, "the other worker")
        before = _files(submission)
    finally:
        stalled.resume()
    time.sleep(SETTLED_SECONDS)
    return sum(_files(submission)[path] != seen for path, seen in before.items())


def _suspend(worker: psutil.Process, place: Place) -> None:
    """Not inside a transaction of SQLite: the whole machine would wait for that one."""
    database = make_url(place.settings.database_url)
    wait_until(lambda: _suspended_outside(worker, database), DONE_SECONDS, "a moment to stall")


def _suspended_outside(worker: psutil.Process, database: URL) -> bool:
    worker.suspend()
    if database.get_backend_name() != "sqlite":
        return True
    assert database.database is not None
    try:
        with closing(
            sqlite3.connect(database.database, timeout=0.1, isolation_level=None)
        ) as probe:
            probe.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        worker.resume()
        return False
    return True


def _files(submission: Submission) -> dict[Path, tuple[str, int]]:
    """Hash and time of change of every published file."""
    return {
        path: (sha256_of(path), path.stat().st_mtime_ns)
        for planned in submission.steps
        for path in planned.places.values()
    }
