"""The files of a job that are done."""

from __future__ import annotations

from pathlib import Path

from app.disk.folder import Identity
from app.jobs.store.job import JobKey
from app.jobs.store.results import Result
from app.jobs.store.store import Claim, Store
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, do_all

KEY = JobKey(TENANT, 7)


def results(store: Store, name: str | None = None) -> tuple[Result, ...]:
    found = store.results(KEY, name)
    assert found is not None
    return found.files


def publish(store: Store, taken: Claim, sha256: str) -> None:
    store.publishing(taken, dict.fromkeys(taken.step.places.values(), sha256))


def test_a_job_that_was_never_submitted_has_none(store: Store) -> None:
    assert store.results(KEY) is None


def test_files_are_there_with_the_steps_that_made_them(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    assert results(store) == ()
    store.finish(claimed(store, "speech"), {"speech.wav": "of wav"})
    assert [each.name for each in results(store)] == ["fragment-1.wav"]
    do_all(store)
    assert sorted(each.name for each in results(store)) == [
        *("chapters.vtt", "fragment-1.mp4", "fragment-1.wav", "fragment-2.mp4", "fragment-2.wav"),
        *("lecture.mp4", "lecture.srt", "lecture.vtt", "manifest.json", "slide-1.mp4"),
    ]


def test_every_file_is_found_by_its_name(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    do_all(store)
    for each in results(store):
        assert results(store, each.name) == (each,)
    for other in ("fragment-3.wav", "slide-2.mp4", "speech.wav", "", "fragment-1.", "lecture.mp3"):
        assert results(store, other) == ()


def test_a_sum_is_of_what_was_published_last(store: Store) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store)
    publish(store, taken, "published")
    store.finish(taken, {"speech.wav": "of the artifact"})
    assert results(store, "fragment-1.wav")[0].sha256 == "published"
    do_all(store)
    store.submit(a_submission("Other."))
    taken = claimed(store)
    publish(store, taken, "published again")
    store.finish(taken, {})
    assert results(store, "fragment-1.wav")[0].sha256 == "published again"


def test_a_sum_is_the_artifacts_where_nothing_else_tells(store: Store) -> None:
    store.submit(a_submission("One."))
    store.finish(claimed(store), {"speech.wav": "of the artifact"})
    assert results(store, "fragment-1.wav")[0].sha256 == "of the artifact"


def test_of_two_that_were_published_the_artifacts_is_taken(store: Store) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store)
    publish(store, taken, "first")
    publish(store, taken, "second")
    store.finish(taken, {"speech.wav": "second"})
    assert results(store, "fragment-1.wav")[0].sha256 == "second"


def test_of_two_that_nothing_tells_apart_there_is_no_sum(store: Store) -> None:
    store.submit(a_submission("One."))
    taken = claimed(store)
    publish(store, taken, "first")
    publish(store, taken, "second")
    store.finish(taken, {})
    assert results(store, "fragment-1.wav")[0].sha256 is None


def test_a_new_generation_has_no_file_of_the_former(store: Store) -> None:
    store.submit(a_submission("One."))
    do_all(store)
    store.submit(a_submission("Other."))
    assert results(store) == ()


def test_the_folder_is_told_with_what_it_is_known_by(store: Store) -> None:
    from dataclasses import replace

    identity = Identity(2**63 + 5, Path("/mnt"))
    store.submit(replace(a_submission(), output_identity=identity))
    found = store.results(KEY)
    assert found is not None
    assert (found.kind, found.output, found.identity) == ("lecture", Path("/nowhere/out"), identity)
