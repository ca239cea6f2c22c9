"""What is told about a lecture while it is generated."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.jobs.report import reporting
from app.jobs.store.job import FragmentStates, PieceState, Report, Submission
from app.jobs.store.store import Store
from app.lecture import Fragment, Lecture, Slide
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, do_all, submission_of

QUEUED, RUNNING, DONE = PieceState.QUEUED, PieceState.RUNNING, PieceState.DONE


def two_slides_and_an_empty_one() -> Submission:
    slides = (
        Slide((Fragment(1, "One."), Fragment(2, "Two."))),
        Slide(()),
        Slide((Fragment(3, "Three."),)),
    )
    lecture = Lecture(7, Path("/f"), Path("/v"), Path("/o"), slides, "en", "stand-in", "stand-in")
    return submission_of(lecture, tenant=TENANT, restart=False)


def report(store: Store, after: int | None = None) -> Report:
    found = store.report(TENANT, 7, after)
    assert found is not None
    return found


def fragment(number: int, speech: PieceState, face: PieceState) -> FragmentStates:
    return FragmentStates(number, {"speech": speech, "face": face})


def states(store: Store) -> list[PieceState]:
    return [slide.state for slide in report(store).slides]


def test_nothing_is_told_of_a_lecture_that_nobody_posted(store: Store) -> None:
    assert store.report(TENANT, 7) is None


def test_slides_go_from_queued_to_done(store: Store) -> None:
    store.submit(two_slides_and_an_empty_one())
    assert states(store) == [QUEUED, DONE, QUEUED]
    speech = claimed(store, "speech")
    assert states(store) == [RUNNING, DONE, QUEUED]
    store.finish(speech, {})
    assert report(store).slides[0].fragments == (
        fragment(1, DONE, QUEUED),
        fragment(2, QUEUED, QUEUED),
    )
    assert states(store) == [RUNNING, DONE, QUEUED]
    do_all(store)
    assert states(store) == [DONE, DONE, DONE]


def test_a_failure_is_shown_where_it_happened(store: Store) -> None:
    store.submit(two_slides_and_an_empty_one())
    store.finish(claimed(store, "speech"), {})
    store.fail(claimed(store, "face"), "engine_failed", "no mouth", retryable=False)
    do_all(store)
    found = report(store)
    assert states(store) == [PieceState.FAILED, DONE, DONE]
    assert found.slides[0].fragments[0] == fragment(1, DONE, PieceState.FAILED)
    assert (found.job.error_code, found.error_step) == ("engine_failed", "face_1")
    assert found.eta_seconds is None


def test_an_error_that_went_away_is_not_told(store: Store) -> None:
    store.submit(a_submission("One."))
    store.fail(claimed(store), "engine_failed", "no", retryable=True)
    assert report(store).error_step is None


def test_a_cancelled_lecture_shows_what_is_done(store: Store) -> None:
    store.submit(two_slides_and_an_empty_one())
    store.finish(claimed(store), {})
    store.cancel(TENANT, 7)
    found = report(store)
    assert states(store) == [PieceState.CANCELLED, DONE, PieceState.CANCELLED]
    assert found.slides[0].fragments[0] == fragment(1, DONE, PieceState.CANCELLED)
    assert found.eta_seconds is None


def test_events_tell_what_happened_in_order(store: Store) -> None:
    store.submit(two_slides_and_an_empty_one())
    do_all(store)
    events = report(store, after=0).events
    told = [(each.state, each.stage, each.slide, each.fragment) for each in events]
    assert told[:4] == [
        ("queued", None, None, None),
        ("running", None, None, None),
        ("running", "speech", 1, 1),
        ("done", "speech", 1, 1),
    ]
    assert ("done", "slide", 3, None) in told
    assert told[-2:] == [("done", "final", None, None), ("done", None, None, None)]
    progress = [each.progress for each in events]
    assert progress == sorted(progress)
    assert (progress[0], progress[-1]) == (0.0, 1.0)
    assert events[-1].eta_seconds == 0.0
    assert [each.seq for each in events] == sorted({each.seq for each in events})


def test_a_poller_hears_only_what_is_new(store: Store) -> None:
    store.submit(a_submission("One."))
    first = report(store, after=0)
    assert first.last_event == first.events[-1].seq
    assert report(store, after=first.last_event).events == ()
    claimed(store)
    assert [each.state for each in report(store, after=first.last_event).events] == [
        "running",
        "running",
    ]


def test_events_are_told_only_when_asked_for(store: Store) -> None:
    store.submit(a_submission("One."))
    assert report(store).events == ()


def test_many_events_come_in_portions(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "MOST_EVENTS", 4)
    store.submit(a_submission("One.", "Two."))
    do_all(store)
    heard: list[int] = []
    while events := report(store, after=heard[-1] if heard else 0).events:
        assert len(events) <= 4
        heard += [each.seq for each in events]
    assert heard[-1] == report(store).last_event
    assert len(heard) == 2 + 6 * 2 + 1


def test_events_of_an_earlier_generation_are_over(store: Store) -> None:
    store.submit(a_submission("One."))
    do_all(store)
    store.submit(a_submission("Two."))
    assert [each.state for each in report(store, after=0).events] == ["queued"]
    assert report(store).job.progress == 0.0


def test_the_time_left_is_unknown_at_first_and_zero_in_the_end(store: Store) -> None:
    store.submit(a_submission("One.", "Two."))
    assert report(store).eta_seconds is None
    claimed_speech = claimed(store)
    assert report(store).eta_seconds is None
    store.finish(claimed_speech, {})
    do_all(store)
    assert report(store).eta_seconds == 0.0


def test_the_time_left_is_told_once_a_speech_and_a_face_are_made(store: Store) -> None:
    store.submit(a_submission("One.", "Two.", "Three."))
    store.finish(claimed(store, "speech"), {})
    store.finish(claimed(store, "face"), {})
    left = report(store).eta_seconds
    assert left is not None
    assert 0.0 < left < 5.0


def test_a_report_takes_time_in_proportion_to_the_lecture(store: Store) -> None:
    fragments = (12, 120)
    for lecture_id, count in enumerate(fragments):
        texts = (f"Sentence {n}." for n in range(count))
        store.submit(a_submission(*texts, lecture_id=lecture_id))
    do_all(store)
    short, long = (_cpu_seconds(store, lecture_id) for lecture_id in range(len(fragments)))
    # Ten times in proportion; a hundred times if every fragment looked at every other one.
    assert long < 30 * short


def _cpu_seconds(store: Store, lecture_id: int) -> float:
    """The least that a report has cost in three attempts."""
    found = []
    for _ in range(3):
        started = time.process_time()
        assert store.report(TENANT, lecture_id, 0) is not None
        found.append(time.process_time() - started)
    return min(found)
