"""An edited lecture: what is made again, what is found made, and what is taken away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.jobs.store.job import Submission
from app.jobs.store.store import JobState
from app.lecture import Fragment, Lecture, Slide
from tests.jobs.conftest import Site
from tests.unit.jobs.lectures import TENANT, submission_of

pytestmark = pytest.mark.slow

NOTHING = {"speech": 0, "face": 0, "slide": 0, "final": 0}


def lecture_of(site: Site, *slides: list[str], out: str = "out") -> Lecture:
    number = 0
    made = []
    for texts in slides:
        fragments = []
        for text in texts:
            number += 1
            fragments.append(Fragment(number, text))
        made.append(Slide(tuple(fragments)))
    return Lecture(
        id=7,
        source_image=site.root / "face.png",
        voice_sample=site.root / "voice.wav",
        generated_dir=site.root / out,
        slides=tuple(made),
        language="en",
        speech_engine="stand-in",
        face_engine="stand-in",
    )


def make(site: Site, *slides: list[str], out: str = "out", restart: bool = False) -> Submission:
    lecture = lecture_of(site, *slides, out=out)
    submission = site.accept(submission_of(lecture, tenant=TENANT, restart=restart))
    site.work()
    assert site.job().state is JobState.DONE
    return submission


def manifest(site: Site, out: str = "out") -> dict[str, Any]:
    path = site.root / out / "final" / "manifest_7.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_the_first_time_everything_is_rendered(site: Site) -> None:
    make(site, ["One.", "Two."], ["Three."])
    assert manifest(site)["rendered"] == {"speech": 3, "face": 3, "slide": 2, "final": 1}
    assert manifest(site)["reused"] == NOTHING


def test_an_edited_fragment_is_rendered_and_what_it_touches_is_joined_again(site: Site) -> None:
    make(site, ["One.", "Two."], ["Three."])
    make(site, ["One.", "Two, edited."], ["Three."])
    assert manifest(site)["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}
    assert manifest(site)["reused"] == {"speech": 2, "face": 2, "slide": 1, "final": 0}


def test_renumbered_fragments_are_reused(site: Site) -> None:
    make(site, ["One.", "Two."], ["Three."])
    make(site, ["New."], ["One.", "Two."], ["Three."])
    assert manifest(site)["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}
    assert manifest(site)["reused"] == {"speech": 3, "face": 3, "slide": 2, "final": 0}
    assert [each["text"] for each in manifest(site)["fragments"]] == [
        "New.",
        "One.",
        "Two.",
        "Three.",
    ]


def test_a_lecture_published_again_is_all_reused(site: Site) -> None:
    make(site, ["One."])
    make(site, ["One."], restart=True)
    assert manifest(site)["rendered"] == NOTHING
    assert manifest(site)["reused"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}


def test_two_fragments_of_the_same_text_are_rendered_once(site: Site) -> None:
    make(site, ["Again."], ["Again."])
    assert manifest(site)["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}


def test_files_that_are_no_longer_part_of_the_lecture_are_removed(site: Site) -> None:
    make(site, ["One.", "Two."], ["Three."])
    before = names(site.root / "out")
    make(site, ["One.", "Two."])
    gone = {"audio_fragment_7_3.wav", "video_fragment_7_3_1.mp4", "slide_7_2.mp4"}
    assert names(site.root / "out") == before - gone


def test_nothing_is_removed_before_the_new_lecture_is_whole(site: Site) -> None:
    make(site, ["One.", "Two."])
    before = names(site.root / "out")
    site.accept(submission_of(lecture_of(site, ["REFUSE."]), tenant=TENANT, restart=False))
    site.work()
    assert site.job().state is JobState.FAILED
    assert names(site.root / "out") == before
    make(site, ["Three."])
    assert "audio_fragment_7_2.wav" not in names(site.root / "out")


def test_only_what_the_lecture_published_is_removed(site: Site) -> None:
    make(site, ["One.", "Two."])
    audio = site.root / "out" / "audio_fragments"
    (audio / "audio_fragment_7_3.wav").write_bytes(b"somebody's")
    (audio / "audio_fragment_7_2.wav").write_bytes(b"edited by hand")
    make(site, ["One."])
    assert names(audio) == {
        "audio_fragment_7_1.wav", "audio_fragment_7_2.wav", "audio_fragment_7_3.wav",
    }  # fmt: skip
    assert names(site.root / "out" / "video_fragments") == {"video_fragment_7_1_1.mp4"}


def test_results_in_another_directory_stay_until_the_lecture_comes_back(site: Site) -> None:
    make(site, ["One.", "Two."], out="first")
    before = names(site.root / "first")
    make(site, ["One."], out="second")
    assert names(site.root / "first") == before
    make(site, ["Three."], out="first")
    assert "audio_fragment_7_2.wav" not in names(site.root / "first")
    assert manifest(site, "second")["mapping"] == [[1]]


def test_files_of_a_cancelled_generation_are_removed_too(site: Site) -> None:
    lecture = lecture_of(site, ["One.", "Two.", "WAIT."])
    site.accept(submission_of(lecture, tenant=TENANT, restart=False))
    site.start_worker(queues={"speech": 1})
    site.wait_for_steps(2)
    site.store.cancel(TENANT, 7)
    site.stop_workers()
    make(site, ["One."])
    assert names(site.root / "out" / "audio_fragments") == {"audio_fragment_7_1.wav"}


def test_of_sixty_fragments_only_the_edited_one_is_rendered(site: Site) -> None:
    slides = [[f"Sentence {slide} {n}." for n in range(5)] for slide in range(12)]
    make(site, *slides)
    slides[6][2] = "Edited."
    make(site, *slides)
    # How long that takes: the case ``edits`` of benchmarks/chaos.
    assert manifest(site)["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}
    assert manifest(site)["reused"] == {"speech": 59, "face": 59, "slide": 11, "final": 0}
