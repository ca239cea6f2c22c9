"""A disk that is full: which step fails and why, what is left, and how it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs.store.store import JobState
from app.steps import lecture_of
from tests.jobs.conftest import SPEECH_ONLY, Site, eventually, open_site
from tests.small_disk import SmallDisk
from tests.unit.jobs.lectures import TENANT, a_lecture_in, submission_of

pytestmark = pytest.mark.slow


@pytest.fixture
def site_with_small_database(small_disk: SmallDisk, tmp_path: Path) -> Iterator[Site]:
    url = f"sqlite:///{small_disk.path / 'jobs.db'}"
    opened = open_site(tmp_path, database_url=url, lease_seconds=1.0)
    yield opened
    opened.close()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_step_without_space_for_its_artifact_fails_with_that_reason_and_goes_on_later(
    site: Site, small_disk: SmallDisk
) -> None:
    artifacts = site.settings.paths.data / "artifacts"
    artifacts.symlink_to(small_disk.path)
    small_disk.fill()
    submission = site.submit("One.", "Two.")
    site.work()
    assert (site.job().state, site.job().error_code) == (JobState.FAILED, "disk_full")
    assert "no space left" in str(site.job().error_message)
    assert files(site.root / "out") == []
    assert site.private_directories() == set()
    small_disk.free()
    assert site.store.submit(submission)
    site.work()
    assert site.job().state is JobState.DONE


def test_results_without_space_leave_nothing_half_written(
    site: Site, small_disk: SmallDisk
) -> None:
    lecture = replace(a_lecture_in(site.root, "One."), generated_dir=small_disk.path)
    submission = site.accept(submission_of(lecture, tenant=TENANT, restart=False))
    small_disk.fill()
    site.work(queues=SPEECH_ONLY)
    assert (site.job().state, site.job().error_code) == (JobState.FAILED, "disk_full")
    assert str(lecture_of(submission.content).audio_path(1)) in str(site.job().error_message)
    assert files(small_disk.path) == ["filler"]
    small_disk.free()
    assert site.store.submit(submission)
    site.work()
    assert site.job().state is JobState.DONE
    # Its artifact was kept before there was no space.
    assert site.job().reused == 1


def test_work_goes_on_when_the_database_has_space_again(
    site_with_small_database: Site, small_disk: SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    site = site_with_small_database
    site.submit(*(f"Sentence {n}." for n in range(40)))
    site.start_worker(queues={"speech": 1, "face": 1, "cpu": 1})
    site.wait_for_steps(3)
    small_disk.fill()
    # What cannot be noted is left to the leases.
    eventually(lambda: "in trouble" in caplog.text, 20)
    small_disk.free()
    eventually(lambda: site.job().state is JobState.DONE, 30)
    assert site.job().error_code is None
