"""Jobs besides lectures, done by real workers: previews of what is stored, and utterances."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from app import bootstrap
from app.examiner import Examiner
from app.intake import hearing
from app.intake.previews import request_avatar_preview, request_voice_profile
from app.intake.utterances import Ordered, Wish, find, order
from app.jobs.files.retention import clean
from app.jobs.store.job import JobState
from tests.jobs.conftest import Site
from tests.unit.jobs.lectures import TENANT, a_lecture_in, submission_of
from tests.web.conftest import StandInExaminer

pytestmark = pytest.mark.slow

AVATAR, VOICE = 11, 12


@dataclass
class Stored:
    """A stored file of a service, and a folder for what is made of it."""

    services: bootstrap.Services
    file: Path
    folder: Path
    language: str | None = "en"

    @property
    def path(self) -> Path:
        return self.file

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.file.read_bytes()).hexdigest()

    def show(self) -> bool:
        return request_avatar_preview(
            self.services,
            TENANT,
            AVATAR,
            image=self.file,
            sha256=self.sha256,
            folder=self.folder,
        )

    def try_voice(self, language: str | None = "en") -> bool:
        return request_voice_profile(
            self.services,
            TENANT,
            VOICE,
            sample=self.file,
            sha256=self.sha256,
            language=language,
            folder=self.folder,
        )

    def say(self, text: str, speed: float = 1.0) -> Ordered:
        return order(self.services, TENANT, self, Wish(text, speed=speed))

    def state(self, number: int) -> JobState:
        job = self.services.store.find(TENANT, number)
        assert job is not None
        return job.state


@pytest.fixture
def stored(site: Site) -> Stored:
    file, folder = site.root / "stored", site.root / "shown"
    file.write_bytes(b"a face or a voice")
    folder.mkdir()
    # What is here does not matter: the workshop is a stand-in.
    settings = site.settings.model_copy(
        update={"server": site.settings.server.model_copy(update={"check_engines": False})}
    )
    examiner = cast(Examiner, StandInExaminer())
    return Stored(bootstrap.Services(settings, site.store, examiner), file, folder)


def made(stored: Stored) -> set[str]:
    return {path.name for path in stored.folder.iterdir()}


def test_a_stored_face_is_shown(site: Site, stored: Stored) -> None:
    assert stored.show()
    site.work()
    assert stored.state(AVATAR) is JobState.DONE
    assert made(stored) == {"thumbnail.jpg", "preview.mp4"}


def test_it_is_shown_once_and_again_when_what_was_made_is_gone(site: Site, stored: Stored) -> None:
    stored.show()
    assert not stored.show()
    site.work()
    assert not stored.show()
    (stored.folder / "preview.mp4").unlink()
    assert stored.show()
    site.work()
    assert made(stored) == {"thumbnail.jpg", "preview.mp4"}
    job = site.store.find(TENANT, AVATAR)
    assert job is not None and job.reused == 2


def test_a_stored_voice_is_tried(site: Site, stored: Stored) -> None:
    assert stored.try_voice()
    site.work()
    assert made(stored) == {"preview.wav", "profile.json"}
    profile = json.loads((stored.folder / "profile.json").read_text())
    assert (profile["language"], profile["nearest"]) == ("en", "silence")


def test_a_voice_of_a_language_that_nobody_speaks_is_not_tried(stored: Stored) -> None:
    assert not stored.try_voice("zz")
    assert not stored.try_voice("ja")
    assert stored.services.store.find(TENANT, VOICE) is None


def test_a_voice_without_a_language_is_tried_all_the_same(site: Site, stored: Stored) -> None:
    assert stored.try_voice(None)
    site.work()
    assert json.loads((stored.folder / "profile.json").read_text())["language"] == "en"


def test_the_job_has_its_own_name_for_the_file_and_keeps_it_when_the_other_goes(
    site: Site, stored: Stored
) -> None:
    stored.show()
    [copy] = (site.settings.paths.data / "inputs").glob("*/*")
    assert copy.samefile(stored.file)
    stored.file.unlink()
    site.work()
    assert stored.state(AVATAR) is JobState.DONE


def test_the_copy_goes_with_the_housekeeping(site: Site, stored: Stored) -> None:
    stored.show()
    inputs = site.settings.paths.data / "inputs"
    for folder in inputs.iterdir():
        os.utime(folder, (0, 0))
    sweep = {"older_seconds": 0.0, "dry_run": False}
    clean(site.store, stored.services.artifacts, inputs, **sweep)  # type: ignore[arg-type]
    assert list(inputs.iterdir()) != []
    site.work()
    clean(site.store, stored.services.artifacts, inputs, **sweep)  # type: ignore[arg-type]
    assert list(inputs.iterdir()) == []
    assert made(stored) == {"thumbnail.jpg", "preview.mp4"}


def test_a_face_that_is_gone_stops_nobody(site: Site, stored: Stored) -> None:
    with pytest.raises(FileNotFoundError):
        request_avatar_preview(
            stored.services,
            TENANT,
            AVATAR,
            image=site.root / "gone",
            sha256="0" * 64,
            folder=stored.folder,
        )
    assert stored.services.store.find(TENANT, AVATAR) is None


def test_an_utterance_is_said_and_found_again(site: Site, stored: Stored) -> None:
    ordered = stored.say("One. Two.")
    site.work()
    pieces = [piece for piece in hearing.heard(stored.services, ordered, seconds=5) if piece]
    assert [[word.text for word in piece.words] for piece in pieces] == [["One."], ["Two."]]
    assert find(stored.services, TENANT, ordered.id).steps == ordered.steps
    assert stored.say("One. Two.").id == ordered.id
    assert not site.store.ready()


def test_an_utterance_that_fails_says_why_and_is_tried_again(site: Site, stored: Stored) -> None:
    ordered = stored.say("REFUSE")
    site.work()
    with pytest.raises(Exception, match="told to refuse"):
        list(hearing.heard(stored.services, ordered, seconds=5))
    assert stored.state(ordered.id) is JobState.FAILED
    stored.say("REFUSE")
    assert stored.state(ordered.id) is JobState.QUEUED


def test_an_utterance_comes_before_the_rest_of_a_long_lecture(site: Site, stored: Stored) -> None:
    long = a_lecture_in(site.root, *[f"{number}." for number in range(30)])
    site.accept(submission_of(long, tenant=TENANT, restart=False))
    first = site.store.claim(("speech",), owner="a", lease_seconds=30.0)
    assert first is not None and first.content.kind == "lecture"
    ordered = stored.say("One.")
    # A worker beside the first, and the first one itself when it has done its step.
    second = site.store.claim(("speech",), owner="b", lease_seconds=30.0)
    assert second is not None and second.job_id == ordered.id
    site.store.finish(first, {})
    third = site.store.claim(("speech",), owner="a", lease_seconds=30.0)
    assert third is not None and third.content.kind == "lecture"


def test_a_report_of_it_has_no_slides(site: Site, stored: Stored) -> None:
    ordered = stored.say("One. Two.")
    site.work()
    report = site.store.report(TENANT, ordered.id, 0)
    assert report is not None
    assert (report.slides, report.mapping, report.job.progress) == ((), [], 1.0)
    assert [event.fragment for event in report.events if event.stage] != []
