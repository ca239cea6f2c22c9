"""The wall clock of the machine jumps by an hour, to and fro, while a lecture is made.

The machine's clock is everybody's, so only the workers see the jumps: in
:func:`time.time`, and in what SQLite says the time is.  (A preloaded libfaketime 0.9.10
makes :func:`time.sleep` fail.)
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Engine, event

from app.jobs.store.store import JobState
from benchmarks.chaos.findings import Findings
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.ledger import runs_again
from benchmarks.chaos.place import EVERY_QUEUE, Place, wait_until
from benchmarks.chaos.workshop import Behaviour

CLOCK = "CHAOS_CLOCK"
"""Variable that names the file with the seconds to add to the true time."""

SLIDES = 6

JUMPS_HOURS = (1, -1, 0)
"""Where the clock stands, against the true one, after each jump."""

DONE_SECONDS = 60.0

_UNIX_EPOCH_DAYS = 2440587.5
"""As a Julian day."""


def run(place: Place) -> Findings:
    """Two workers, and a jump after every few steps."""
    place.behave(Behaviour(speech_seconds=(0.5, 0.5), face_seconds=(0.8, 0.8)))
    clock = place.folder / "clock"
    _set(clock, hours=0)
    for _ in range(2):
        place.start_worker(EVERY_QUEUE, {CLOCK: str(clock)})
    submission = submission_of(lecture_in(place.folder, lecture_id=1, slides=SLIDES, fragments=1))
    place.submit(submission)
    for number, hours in enumerate(JUMPS_HOURS, start=1):
        _wait_for_steps(place, 4 * number)
        _set(clock, hours=hours)
    wait_until(lambda: place.ended(1), DONE_SECONDS, "the lecture")
    findings = Findings()
    findings.note("jumps_hours", list(JUMPS_HOURS))
    # Otherwise nobody has seen the jumps.
    findings.at_least("hours_between_events", place.ledger.hours_between_events(), 1.9)
    findings.exactly("state", place.job(1).state.value, JobState.DONE.value)
    findings.exactly("steps_run_again", runs_again(place.log), 0)
    findings.exactly("done_twice", place.ledger.done_twice(1), 0)
    findings.exactly("lost", place.ledger.lost(submission), 0)
    return findings


def follow(clock: Path) -> None:
    """Have this process see the wall clock of that file, from now on."""
    true_time = time.time

    def shifted() -> float:
        return true_time() + float(clock.read_text(encoding="ascii"))

    time.time = shifted

    @event.listens_for(Engine, "connect")
    def configure(connection: object, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.create_function(
                "julianday", 1, lambda _now: shifted() / 86400.0 + _UNIX_EPOCH_DAYS
            )


def _set(clock: Path, *, hours: int) -> None:
    """By a rename: a reader must never meet an empty file."""
    part = clock.with_suffix(".part")
    part.write_text(str(3600 * hours), encoding="ascii")
    part.replace(clock)


def _wait_for_steps(place: Place, number: int) -> None:
    wait_until(lambda: place.job(1).steps_done >= number, DONE_SECONDS, f"{number} steps")
