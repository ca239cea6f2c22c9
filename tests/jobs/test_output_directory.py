"""The directory for results goes, or becomes another one, while the lecture is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs.store.store import JobState
from app.steps import lecture_of
from tests.jobs.conftest import Site
from tests.small_disk import may_mount, mounted
from tests.unit.jobs.lectures import TENANT, a_lecture_in, submission_of

pytestmark = pytest.mark.slow


@pytest.fixture
def mount_point(tmp_path: Path) -> Iterator[Path]:
    if not may_mount():
        pytest.skip("only root can mount a disk, and not in every container")
    yield tmp_path / "disk"


def submit_into(site: Site, out: Path) -> None:
    lecture = replace(a_lecture_in(site.root, "One."), generated_dir=out)
    site.accept(submission_of(lecture, tenant=TENANT, restart=False))


def failure(site: Site) -> str:
    """Work, and tell why the lecture failed."""
    site.work()
    job = site.job()
    assert (job.state, job.error_code) == (JobState.FAILED, "bad_path")
    return str(job.error_message)


def test_a_directory_that_is_gone_is_told_before_any_work_and_not_made_anew(site: Site) -> None:
    site.submit("One.", "Two.")
    out = site.root / "out"
    out.rmdir()
    assert failure(site) == f"the output directory {out} is gone"
    assert not out.exists()
    assert not (site.settings.paths.data / "artifacts").exists()


def test_a_directory_that_became_a_link_is_told_and_not_followed(site: Site) -> None:
    site.submit("One.")
    out, elsewhere = site.root / "out", site.root / "elsewhere"
    out.rename(elsewhere)
    out.symlink_to(elsewhere)
    assert failure(site).startswith(f"the output directory {out} cannot be used: {out} is a link")
    assert list(elsewhere.iterdir()) == []


def test_a_directory_that_its_owner_made_anew_will_do(site: Site) -> None:
    submission = site.submit("One.")
    out = site.root / "out"
    out.rename(site.root / "kept aside")
    out.mkdir()
    site.work()
    assert site.job().state is JobState.DONE
    assert lecture_of(submission.content).manifest_path().exists()


def test_a_lecture_that_failed_so_goes_on_when_it_is_posted_again(site: Site) -> None:
    site.submit("One.")
    (site.root / "out").rmdir()
    failure(site)
    site.submit("One.")
    site.work()
    assert site.job().state is JobState.DONE


@pytest.mark.parametrize("inside", [".", "out"])
def test_nothing_is_written_under_a_mount_point_once_its_disk_is_unmounted(
    site: Site, mount_point: Path, inside: str
) -> None:
    out = mount_point / inside
    out.mkdir(parents=True)  # the bare one, which the mounted one hides
    with mounted(mount_point):
        submit_into(site, out)
    said = f"the output directory {out} is not the one that was asked for"
    assert failure(site) == f"{said}: nothing is mounted at {mount_point} any more"
    assert list(out.iterdir()) == []


def test_a_disk_that_is_unmounted_in_the_middle_of_a_lecture_is_told(
    site: Site, mount_point: Path
) -> None:
    with mounted(mount_point):
        submit_into(site, mount_point)
        site.start_worker()
        site.wait_for_steps(1)
        site.stop_workers()
        assert (mount_point / "audio_fragments").exists()
    assert "nothing is mounted" in failure(site)
    assert list(mount_point.iterdir()) == []


def test_a_disk_that_is_mounted_again_with_other_inodes_will_do(
    site: Site, mount_point: Path
) -> None:
    out = mount_point / "out"
    with mounted(mount_point):
        submit_into(site, out)
        before = out.stat().st_ino
    with mounted(mount_point):
        for other in ("one", "two", "out"):
            (mount_point / other).mkdir()
        assert out.stat().st_ino != before
        site.work()
        assert site.job().state is JobState.DONE
