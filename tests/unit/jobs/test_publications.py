"""What lectures have published, on every database."""

from __future__ import annotations

from pathlib import Path

from app.jobs.store.job import Claim, Order
from app.jobs.store.store import Store
from tests.unit.jobs.lectures import TENANT, a_lecture_in, claim, claimed, do_all, submission_of

SHA = "0" * 64


def final_of(
    store: Store, folder: Path, *texts: str, tenant: str = TENANT, lecture_id: int = 7
) -> Claim:
    """The claim of a new generation's last step; the others have published their files."""
    lecture = a_lecture_in(folder, *texts, lecture_id=lecture_id)
    assert store.submit(submission_of(lecture, tenant=tenant, restart=False))
    while (taken := claimed(store)).step.kind != "final":
        store.publishing(taken, dict.fromkeys(taken.step.places.values(), SHA))
        store.finish(taken, {})
    return taken


def outdated(store: Store, taken: Claim) -> list[str]:
    return [found.path.name for found in store.outdated(taken)]


def test_nothing_is_outdated_at_first(store: Store, tmp_path: Path) -> None:
    assert outdated(store, final_of(store, tmp_path, "One.")) == []


def test_what_is_not_published_again_is_outdated(store: Store, tmp_path: Path) -> None:
    store.finish(final_of(store, tmp_path, "One.", "Two."), {})
    taken = final_of(store, tmp_path, "One.")
    assert outdated(store, taken) == ["audio_fragment_7_2.wav", "video_fragment_7_2_1.mp4"]
    store.finish(taken, {})
    store.forget_outdated(taken)
    assert outdated(store, final_of(store, tmp_path, "Three.")) == []


def test_what_another_lecture_published_at_the_same_place_is_not_outdated(
    store: Store, tmp_path: Path
) -> None:
    store.finish(final_of(store, tmp_path, "One.", "Two."), {})
    store.finish(final_of(store, tmp_path, "One.", "Two.", tenant="other"), {})
    assert outdated(store, final_of(store, tmp_path, "One.")) == []


def test_other_content_at_a_place_that_is_still_used_is_not_outdated(
    store: Store, tmp_path: Path
) -> None:
    taken = final_of(store, tmp_path, "One.")
    store.publishing(taken, {tmp_path / "out" / "final" / "lecture_7.mp4": "1" * 64})
    store.finish(taken, {})
    taken = final_of(store, tmp_path, "Two.")
    store.publishing(taken, {tmp_path / "out" / "final" / "lecture_7.mp4": "2" * 64})
    assert outdated(store, taken) == []


def test_another_directory_is_another_matter(store: Store, tmp_path: Path) -> None:
    store.finish(final_of(store, tmp_path / "a", "One.", "Two."), {})
    taken = final_of(store, tmp_path / "b", "One.")
    assert outdated(store, taken) == []
    store.finish(taken, {})
    store.forget_outdated(taken)
    assert outdated(store, final_of(store, tmp_path / "a", "Three.")) == [
        "audio_fragment_7_2.wav",
        "video_fragment_7_2_1.mp4",
    ]


def test_a_claim_that_is_lost_notes_nothing(store: Store, tmp_path: Path) -> None:
    taken = final_of(store, tmp_path, "One.")
    store.finish(taken, {})
    assert store.publishing(taken, {tmp_path / "out" / "late": SHA}) is Order.FENCED
    assert outdated(store, final_of(store, tmp_path, "One.", "Two.")) == []


def test_a_cancelled_claim_is_told_so(store: Store, tmp_path: Path) -> None:
    taken = final_of(store, tmp_path, "One.")
    store.cancel(TENANT, 7)
    assert store.publishing(taken, {}) is Order.CANCEL


def test_publishing_lets_the_lease_start_anew(store: Store, tmp_path: Path) -> None:
    store.submit(submission_of(a_lecture_in(tmp_path, "One."), tenant=TENANT, restart=False))
    taken = claim(store, lease_seconds=60)
    assert taken is not None
    assert store.publishing(taken, {tmp_path / "x": SHA}) is Order.GO_ON
    assert store.reap() == 0


def test_counters_tell_made_from_found(store: Store, tmp_path: Path) -> None:
    store.submit(
        submission_of(a_lecture_in(tmp_path, "One.", "Two."), tenant=TENANT, restart=False)
    )
    store.finish(claimed(store, "speech"), {}, reused=True)
    do_all(store, "speech", "face")
    store.finish(claimed(store, "cpu"), {}, reused=True)
    rendered, reused = store.counters(claimed(store), reused=False)
    assert rendered == {"speech": 1, "face": 2, "slide": 0, "final": 1}
    assert reused == {"speech": 1, "face": 0, "slide": 1, "final": 0}
