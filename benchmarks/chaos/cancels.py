"""Cancelling at random moments, with engines that neither listen nor die of SIGTERM."""

from __future__ import annotations

import random
import time

from app.intake import LMS
from app.jobs.store.store import JobState, Submission
from benchmarks.chaos import family
from benchmarks.chaos.findings import Findings, percentile
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.place import Place, wait_until
from benchmarks.chaos.workshop import Behaviour

FRAGMENTS = 4

MOMENT_SECONDS = (0.0, 1.2)
"""Least and most time between the first step's start and the cancellation."""

START_SECONDS = 20.0
"""A worker on a busy machine takes some for its first step."""

LATE_SECONDS = 10.0
"""After this a cancellation has failed, and the suite goes no further."""

BEHAVIOUR = Behaviour(speech_seconds=(0.2, 0.8), face_seconds=(0.2, 0.8), deaf=True, brood=True)


def run(place: Place, *, cancels: int, seed: int = 1) -> Findings:
    """Submit and cancel so often; each lecture has an id of its own."""
    chance = random.Random(seed)
    place.behave(BEHAVIOUR)
    worker = place.start_worker()
    orphans, stopped_steps, seconds = 0, 0, list[float]()
    submissions: list[Submission] = []
    while len(seconds) < cancels:
        submissions.append(_submit(place, len(submissions) + 1))
        time.sleep(chance.uniform(*MOMENT_SECONDS))
        running = place.ledger.running()
        stopped = _cancel(place, submissions[-1])
        if stopped is None:
            continue  # it was done before
        seconds.append(stopped)
        stopped_steps += running
        worker_id = place.worker_id(worker)
        assert worker_id is not None
        orphans += sum(len(each.brood) for each in family.child_families(worker_id, worker.pid))
    findings = Findings()
    findings.note("cancels", len(seconds))
    findings.note("steps_running_then", stopped_steps)
    findings.note("median_seconds", round(percentile(seconds, 0.5), 3))
    findings.at_most("p95_seconds", round(percentile(seconds, 0.95), 3), 1.0)
    findings.at_most("max_seconds", round(max(seconds), 3), 2.0)
    findings.exactly("orphans", orphans, 0)
    findings.exactly("published", sum(place.ledger.unearned(each) for each in submissions), 0)
    findings.note("steps_done", sum(place.job(each.content.id).steps_done for each in submissions))
    return findings


def _submit(place: Place, lecture_id: int) -> Submission:
    lecture = lecture_in(place.folder, lecture_id=lecture_id, slides=1, fragments=FRAGMENTS)
    submission = submission_of(lecture)
    place.submit(submission)
    wait_until(
        lambda: place.job(lecture_id).state is JobState.RUNNING, START_SECONDS, "the first step"
    )
    return submission


def _cancel(place: Place, submission: Submission) -> float | None:
    """Cancel; returns the seconds until nothing of it ran any more, ``None`` when it had ended."""
    lecture_id = submission.content.id
    started = time.monotonic()
    if not place.store.cancel(LMS, lecture_id):
        return None
    wait_until(lambda: place.ended(lecture_id), LATE_SECONDS, "a cancellation")
    return time.monotonic() - started
