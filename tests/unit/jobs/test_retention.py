"""What is removed in time, and what never is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.jobs.files.artifacts import Artifacts
from app.jobs.files.parts import part_name, turn_of
from app.jobs.files.retention import Cleaned, Limit, Removed, clean, keep_within
from app.jobs.store.job import Submission, WorkerRecord
from app.jobs.store.store import Store
from app.jobs.store.tables import artifact, event, job
from tests.unit.jobs.lectures import TENANT, a_lecture_in, claimed, do_all, submission_of
from tests.unit.jobs.test_artifacts import a_claim

DAY = 86_400.0
MONTH = 30 * DAY

Clean = Callable[..., Cleaned]


@pytest.fixture
def artifacts(tmp_path: Path) -> Artifacts:
    return Artifacts(tmp_path / "artifacts")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    folder.mkdir()
    return folder


@pytest.fixture
def cleaned(store: Store, artifacts: Artifacts, inputs: Path) -> Clean:
    """Clean what is older than a month."""

    def run(older_seconds: float = MONTH, *, dry_run: bool = False) -> Cleaned:
        return clean(store, artifacts, inputs, older_seconds=older_seconds, dry_run=dry_run)

    return run


def made(artifacts: Artifacts, input_hash: str, *, days: float = 0, size: int = 1000) -> Path:
    """An artifact that was used so many days ago."""
    work_dir = artifacts.work_dir(a_claim())
    (work_dir / "clip").write_bytes(bytes(size))
    home = artifacts.keep(work_dir, input_hash)
    aged(home, days)
    return home


def aged(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def a_hash(letter: str) -> str:
    return letter * 64


def submitted(store: Store, folder: Path, text: str = "One.", lecture_id: int = 7) -> Submission:
    """A lecture with its input copies in a folder."""
    folder.mkdir()
    (folder / "face.png").write_bytes(bytes(100))
    aged(folder, 60)
    submission = submission_of(
        a_lecture_in(folder, text, lecture_id=lecture_id), tenant=TENANT, restart=False
    )
    assert store.submit(submission)
    return submission


def ended(store: Store, days: float) -> None:
    """Let all lectures have ended, and all events happened, so many days ago."""
    do_all(store)
    then = time.time() - days * DAY
    with store.database.write() as connection:
        connection.execute(update(job).values(finished=then))
        connection.execute(update(event).values(at=then))


def test_artifacts_unused_for_long_are_removed(artifacts: Artifacts, cleaned: Clean) -> None:
    old, young = made(artifacts, a_hash("a"), days=31), made(artifacts, a_hash("b"), days=29)
    found = cleaned().artifacts
    assert (found.number, found.size > 1000) == (1, True)
    assert (old.exists(), young.exists()) == (False, True)


def test_using_an_artifact_keeps_it(artifacts: Artifacts, cleaned: Clean) -> None:
    home = made(artifacts, a_hash("a"), days=31)
    artifacts.find(a_hash("a"))
    assert cleaned().artifacts == Removed(0, 0)
    assert home.exists()


def test_what_an_open_lecture_needs_is_kept_however_old(
    store: Store, artifacts: Artifacts, inputs: Path, cleaned: Clean
) -> None:
    submission = submitted(store, inputs / "lms-7-a")
    for step in submission.steps:
        made(artifacts, step.input_hash, days=365)
    store.finish(claimed(store), {})
    assert cleaned(0).artifacts == Removed(0, 0)
    assert cleaned(0).inputs == Removed(0, 0)
    assert (inputs / "lms-7-a" / "face.png").exists()


def test_what_an_ended_lecture_was_made_of_is_removed(
    store: Store, artifacts: Artifacts, inputs: Path, cleaned: Clean
) -> None:
    submission = submitted(store, inputs / "lms-7-a")
    for step in submission.steps:
        made(artifacts, step.input_hash, days=31)
    ended(store, days=31)
    assert cleaned().artifacts.number == len(submission.steps)
    with store.database.read() as connection:
        assert connection.execute(select(artifact)).all() == []


def test_input_copies_go_when_their_lecture_ended_long_ago(
    store: Store, inputs: Path, cleaned: Clean
) -> None:
    submitted(store, inputs / "lms-7-a")
    ended(store, days=31)
    submitted(store, inputs / "lms-8-a", lecture_id=8)
    do_all(store)
    assert cleaned().inputs == Removed(1, 100)
    assert [path.name for path in inputs.iterdir()] == ["lms-8-a"]


def test_input_copies_of_an_earlier_generation_go(
    store: Store, inputs: Path, cleaned: Clean
) -> None:
    submitted(store, inputs / "lms-7-a")
    do_all(store)
    submitted(store, inputs / "lms-7-b", text="Two.")
    assert cleaned().inputs.number == 1
    assert [path.name for path in inputs.iterdir()] == ["lms-7-b"]


def test_copies_that_were_just_settled_are_spared(inputs: Path, cleaned: Clean) -> None:
    (inputs / "lms-7-a").mkdir()
    assert cleaned(0).inputs == Removed(0, 0)


def test_old_events_of_ended_lectures_are_removed(
    store: Store, inputs: Path, cleaned: Clean
) -> None:
    submitted(store, inputs / "lms-7-a")
    ended(store, days=31)
    submitted(store, inputs / "lms-8-a", lecture_id=8)
    before = store.report(TENANT, 8, after=0)
    # Of the first lecture: queued, running, four steps that ran and were done, done.
    assert cleaned().events == 11
    assert cleaned().events == 0
    assert store.report(TENANT, 8, after=0) == before
    report = store.report(TENANT, 7, after=0)
    assert report is not None
    assert (report.events, report.job.progress) == ((), 1.0)


def test_events_of_an_open_lecture_stay(store: Store, inputs: Path, cleaned: Clean) -> None:
    submitted(store, inputs / "lms-7-a")
    with store.database.write() as connection:
        connection.execute(update(event).values(at=0.0))
    assert cleaned().events == 0


def test_leftovers_of_dead_processes_are_removed(
    store: Store, artifacts: Artifacts, inputs: Path, cleaned: Clean
) -> None:
    store.sign_on(WorkerRecord("living", "here", 1, "now"))
    old_staging, young_staging = inputs / ".staging-old", inputs / ".staging-young"
    dead = artifacts.work_dir(a_claim(owner="dead"))
    living = artifacts.work_dir(a_claim(owner="living"))
    for folder in (old_staging, young_staging):
        folder.mkdir()
    for folder in (old_staging, dead, living):
        (folder / "part").write_bytes(bytes(10))
        aged(folder, 1)
    assert cleaned(dry_run=True).leftovers == Removed(2, 20)
    assert cleaned().leftovers == Removed(2, 20)
    assert [old_staging.exists(), dead.exists()] == [False, False]
    assert [young_staging.exists(), living.exists()] == [True, True]


def test_copies_beside_published_files_are_leftovers_too(
    store: Store, inputs: Path, tmp_path: Path, cleaned: Clean
) -> None:
    submitted(store, inputs / "lms-7-a")
    taken = claimed(store)
    target = tmp_path / "out" / "sound.wav"
    target.parent.mkdir()
    store.publishing(taken, {target: "0" * 64})
    left = target.with_name(part_name("sound.wav", turn_of(1, 1)))
    left_before = target.with_name(f".sound.wav.{turn_of(1, 1)}.part")
    foreign = tmp_path / "out" / ".part"
    for path in (target, left, left_before, foreign):
        path.write_bytes(bytes(10))
        aged(path, 1)
    assert cleaned().leftovers == Removed(0, 0)  # the lecture is open
    store.cancel(TENANT, 7)
    store.cancelled(taken)
    assert cleaned(dry_run=True).leftovers == cleaned().leftovers == Removed(2, 20)
    assert sorted((tmp_path / "out").iterdir()) == [foreign, target]


def test_leftovers_are_not_looked_for_behind_a_link(
    store: Store, inputs: Path, tmp_path: Path, cleaned: Clean
) -> None:
    submitted(store, inputs / "lms-7-a")
    taken = claimed(store)
    store.publishing(taken, {tmp_path / "out" / "sound.wav": "0" * 64})
    store.cancel(TENANT, 7)
    store.cancelled(taken)
    elsewhere = tmp_path / "elsewhere" / part_name("sound.wav", turn_of(1, 1))
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(bytes(10))
    aged(elsewhere, 1)
    (tmp_path / "out").symlink_to(elsewhere.parent)
    assert cleaned().leftovers == Removed(0, 0)
    assert elsewhere.exists()


def test_a_dry_run_removes_nothing_and_tells_the_same(
    store: Store, artifacts: Artifacts, inputs: Path, cleaned: Clean
) -> None:
    submission = submitted(store, inputs / "lms-7-a")
    made(artifacts, submission.steps[0].input_hash, days=31)
    ended(store, days=31)
    told = cleaned(dry_run=True)
    assert told.artifacts.number == told.inputs.number == 1
    assert cleaned() == told
    assert cleaned().artifacts == Removed(0, 0)


def test_nothing_at_all_is_cleaned_without_trouble(cleaned: Clean) -> None:
    assert cleaned() == Cleaned(Removed(0, 0), Removed(0, 0), Removed(0, 0), 0)


def test_the_artifacts_unused_for_longest_go_first(store: Store, artifacts: Artifacts) -> None:
    homes = [made(artifacts, a_hash(letter), days=n) for n, letter in enumerate("abcd")]
    one = next(iter(artifacts.kept())).size
    assert keep_within(store, artifacts, 2 * one) == Removed(2, 2 * one)
    assert [home.exists() for home in homes] == [True, True, False, False]
    assert keep_within(store, artifacts, 2 * one) == Removed(0, 0)


def test_the_bound_gives_way_to_what_an_open_lecture_needs(
    store: Store, artifacts: Artifacts, inputs: Path
) -> None:
    submission = submitted(store, inputs / "lms-7-a")
    needed = made(artifacts, submission.steps[0].input_hash, days=10)
    unused = made(artifacts, a_hash("a"), days=1)
    keep_within(store, artifacts, 1)
    assert (needed.exists(), unused.exists()) == (True, False)


def test_the_limit_looks_at_most_once_a_minute(store: Store, artifacts: Artifacts) -> None:
    limit = Limit(store, artifacts, 1e-9)
    first = made(artifacts, a_hash("a"))
    limit.check()
    assert not first.exists()
    second = made(artifacts, a_hash("b"))
    limit.check()
    assert second.exists()


def test_without_a_bound_nothing_is_removed(store: Store, artifacts: Artifacts) -> None:
    home = made(artifacts, a_hash("a"), days=1000)
    Limit(store, artifacts, None).check()
    assert home.exists()


def test_an_artifact_that_is_found_meanwhile_is_spared(
    store: Store, artifacts: Artifacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(artifacts, a_hash("a"), days=31)
    (looked,) = artifacts.kept()
    artifacts.find(a_hash("a"))
    monkeypatch.setattr(artifacts, "kept", lambda: iter([looked]))
    assert keep_within(store, artifacts, 0) == Removed(0, 0)
    assert home.exists()
    monkeypatch.setattr(artifacts, "kept", lambda: iter([replace(looked, input_hash="gone")]))
    assert keep_within(store, artifacts, 0) == Removed(0, 0)
