"""Workers with stand-in engines, real child processes and real files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import config
from app import bootstrap
from app.jobs.store.store import JobState, Stage
from app.lecture import Fragment, Slide
from app.steps import lecture_of
from tests.jobs.conftest import SPEECH_ONLY, Site, eventually
from tests.unit.jobs.lectures import TENANT, a_lecture_in, submission_of

pytestmark = pytest.mark.slow

NO_HOST = "tests.no_such_module:workshop"
"""A child with this workshop dies at once."""


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_a_lecture_is_made_and_nothing_else_is_left(site: Site) -> None:
    submission = site.submit("One.", "Two.")
    site.work()
    job = site.job()
    assert (job.state, job.progress, job.error_message) == (JobState.DONE, 1.0, None)
    expected = {path for step in submission.steps for path in step.places.values()}
    assert _files(site.root / "out") == expected
    assert site.private_directories() == set()
    assert site.store.workers() == []


def test_a_restarted_lecture_is_published_again_without_being_made(site: Site) -> None:
    site.submit("One.", "Two.")
    site.work()
    before = _contents(site)
    shutil.rmtree(site.root / "out")
    site.submit("One.", "Two.", restart=True)
    site.work(workshop=NO_HOST)
    assert site.job().reused == site.job().steps_total
    assert _contents(site) == before


def _contents(site: Site) -> dict[Path, bytes]:
    """Of every file but the manifest, which counts."""
    files = _files(site.root / "out")
    return {path: path.read_bytes() for path in files if path.suffix != ".json"}


def test_only_the_edited_fragment_is_made_again(site: Site) -> None:
    site.submit("One.", "Two.")
    site.work()
    site.submit("One.", "Three.")
    site.work()
    # Speech and face of the first fragment.
    assert (site.job().state, site.job().reused) == (JobState.DONE, 2)


def test_an_artifact_lost_half_way_is_made_again(site: Site) -> None:
    site.submit("One.")
    site.start_worker()
    site.wait_for_steps(1)
    site.stop_workers()
    shutil.rmtree(site.settings.paths.data / "artifacts")
    site.work()
    assert site.job().state is JobState.DONE


def test_an_error_for_good_is_reported_and_the_other_fragments_are_made(site: Site) -> None:
    submission = site.submit("REFUSE.", "Two.")
    site.work(queues={"speech": 1, "face": 1})
    job = site.job()
    assert (job.state, job.error_code) == (JobState.FAILED, "bad_voice_sample")
    assert job.error_message == "the stand-in was told to refuse"
    assert lecture_of(submission.content).video_path(2).exists()
    assert not lecture_of(submission.content).audio_path(1).exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [("STUMBLE.", "engine_failed"), ("HOG.", "disk_full"), ("DIE.", "engine_crashed")],
)
def test_a_failure_ends_the_lecture_with_its_code(site: Site, text: str, code: str) -> None:
    site.submit(text)
    site.work(queues=SPEECH_ONLY)
    assert (site.job().state, site.job().error_code) == (JobState.FAILED, code)


def test_an_engine_that_asks_for_a_pause_gets_it_and_the_others_go_on(site: Site) -> None:
    site.submit("BUSY.", "Two.")
    site.start_worker()
    site.wait_for_steps(1)
    eventually(lambda: site.job().stage is None, 20)
    assert (site.job().state, site.job().error_code) == (JobState.RUNNING, None)
    assert site.store.ready() == {"face": 1}
    site.store.cancel(TENANT, 7)
    assert site.job().state is JobState.CANCELLED


def test_a_bridged_engine_may_die_oftener_than_it_may_fail(site: Site) -> None:
    submission = site.submit("LOSE.")
    site.work()
    assert site.job().state is JobState.DONE
    assert lecture_of(submission.content).video_path(1).exists()


def test_what_nobody_foresaw_is_an_internal_error_without_details(site: Site) -> None:
    site.submit("BREAK.")
    site.work(queues=SPEECH_ONLY)
    assert (site.job().error_code, site.job().error_message) == ("internal", "internal error")


def test_a_fragment_that_cannot_be_spoken_is_told_and_all_else_is_made(site: Site) -> None:
    texts = ("One.", "Here we MUMBLE and go on.", "Three.")
    fragments = [Fragment(number, text) for number, text in enumerate(texts, start=1)]
    slides = tuple(Slide((fragment,)) for fragment in fragments)
    lecture = replace(a_lecture_in(site.root), slides=slides)
    site.accept(submission_of(lecture, tenant=TENANT, restart=False))
    site.work()
    job = site.job()
    assert (job.state, job.error_code) == (JobState.FAILED, "fragment_not_spoken")
    assert "fragment 2 cannot be spoken by stand-in" in str(job.error_message)
    assert 'because of "MUMBLE"' in str(job.error_message)
    assert lecture.slide_path(1).exists() and lecture.slide_path(3).exists()
    assert not lecture.slide_path(2).exists() and not lecture.final_path().exists()


def test_an_output_directory_that_cannot_be_written_is_named(site: Site) -> None:
    site.submit("One.")
    (site.root / "out").rmdir()
    (site.root / "out").write_text("a file")
    site.work(queues=SPEECH_ONLY)
    assert site.job().error_code == "bad_path"
    assert str(site.root / "out") in str(site.job().error_message)


def test_a_file_that_cannot_be_replaced_leaves_no_copy_behind(site: Site) -> None:
    submission = site.submit("One.")
    in_the_way = lecture_of(submission.content).audio_path(1)
    in_the_way.mkdir(parents=True)
    site.work(queues=SPEECH_ONLY)
    assert site.job().error_code == "bad_path"
    assert list(in_the_way.parent.iterdir()) == [in_the_way]


def test_a_model_that_prints_and_reads_disturbs_nothing(site: Site) -> None:
    site.submit("CHATTER.", "Two.")
    site.start_worker()
    site.wait_for_steps(2)


def test_trouble_of_the_worker_itself_ends_the_lecture_too(site: Site) -> None:
    site.submit("Zero.", lecture_id=1)
    site.start_worker()
    site.wait_for_steps(1, 1)
    artifacts = site.settings.paths.data / "artifacts"
    artifacts.rename(artifacts.with_name("moved"))
    artifacts.write_text("a file where the folder should be")
    site.submit("One.")
    eventually(lambda: site.job().state is JobState.FAILED, 20)
    assert site.job().error_code == "internal"


def test_a_child_is_warm_for_the_next_step(site: Site) -> None:
    site.start_worker()
    pids = []
    for lecture_id in (1, 2):
        site.submit("One.", lecture_id=lecture_id)
        site.wait_for_steps(1, lecture_id)
        pids.append({process.pid for process in site.children()})
    assert pids[0] == pids[1] != set()


def test_directories_of_dead_workers_are_swept_at_the_start(site: Site) -> None:
    left = site.settings.paths.data / "artifacts" / "work" / "dead-1.7.1"
    left.mkdir(parents=True)
    site.work()
    assert not left.exists()


def test_a_worker_keeps_to_its_lecture(site: Site) -> None:
    site.submit("One.", lecture_id=1)
    site.submit("Two.", lecture_id=2)
    site.work(lecture_id=2)
    assert (site.job(1).state, site.job(2).state) == (JobState.QUEUED, JobState.DONE)


def test_the_bootstrap_agrees_where_artifacts_are(site: Site) -> None:
    submission = site.submit("One.")
    site.work()
    kept = bootstrap.artifacts(site.settings).find(submission.steps[0].input_hash)
    assert kept is not None
    published = submission.steps[0].places["speech.wav"]
    assert published.read_bytes() == (kept / "speech.wav").read_bytes()


def test_the_share_of_a_running_step_is_told(site: Site) -> None:
    (site.root / "slow").touch()
    site.submit("One.")
    site.start_worker(queues={"speech": 1, "face": 1})
    # Speech costs 1, half of the face 1 of 2, slide and final 0.1 each.
    eventually(lambda: site.job().progress == pytest.approx(2 / 3.2), 20)
    assert site.job().stage == Stage("face", 1)
    (site.root / "slow").unlink()


def test_children_write_to_the_log_but_never_the_text(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    site.submit("Unmistakable.", "BREAK.")
    site.work(queues={"speech": 1, "face": 1})
    lines = [record.getMessage() for record in caplog.records]
    assert any("step done lecture=7 step=speech_1" in line for line in lines)
    assert any("step broke lecture=7 step=speech_2" in line for line in lines)
    assert any("job failed lecture=7" in line for line in lines)
    assert not any("Unmistakable" in line for line in lines)


def test_a_worker_keeps_its_artifacts_within_the_bound(site: Site) -> None:
    old = site.submit("One.", lecture_id=1)
    site.work()
    bound = config.Storage(max_gigabytes=1e-9)
    bounded = replace(site, settings=site.settings.model_copy(update={"storage": bound}))
    new = bounded.submit("Two.", lecture_id=2)
    bounded.work()
    artifacts = bootstrap.artifacts(site.settings)
    kept = {found.input_hash for found in artifacts.kept()}
    assert kept.isdisjoint(step.input_hash for step in old.steps)
    assert kept == {step.input_hash for step in new.steps}
    assert bounded.job(2).state is JobState.DONE
