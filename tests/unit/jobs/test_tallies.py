"""What has ended is counted for ever."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.jobs.store import tallies
from app.jobs.store.store import Store
from app.jobs.store.tables import ended
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, do_all


def counts(store: Store) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (each.kind, each.state): (each.jobs, each.letters)
        for each in tallies.all_ended(store.database)
    }


def test_nothing_has_ended_at_first(store: Store) -> None:
    assert counts(store) == {}


def test_a_lecture_is_counted_when_it_ends_with_the_letters_that_were_spoken(store: Store) -> None:
    store.submit(a_submission("One.", "Three."))
    assert counts(store) == {}
    do_all(store)
    assert counts(store) == {("lecture", "done"): (1, 10)}


def test_each_end_counts(store: Store) -> None:
    store.submit(a_submission("One."))
    store.fail(claimed(store, "speech"), "engine_failed", "no", retryable=False)
    store.submit(a_submission("Two.", lecture_id=8))
    store.cancel(TENANT, 8)
    assert counts(store) == {("lecture", "failed"): (1, 0), ("lecture", "cancelled"): (1, 0)}


def test_what_is_made_again_counts_again_and_its_letters_only_when_they_are_spoken(
    store: Store,
) -> None:
    store.submit(a_submission("One."))
    do_all(store)
    store.submit(a_submission("One.", restart=True))
    while (taken := store.claim(("speech", "face", "cpu"), owner="w", lease_seconds=9)) is not None:
        store.finish(taken, {}, reused=True)
    assert counts(store) == {("lecture", "done"): (2, 4)}


def test_many_rows_are_summed_up_and_tell_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "MOST_ROWS", 2)
    for lecture_id in range(5):
        store.submit(a_submission("One.", lecture_id=lecture_id))
    do_all(store)
    assert counts(store) == {("lecture", "done"): (5, 20)}
    with store.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(ended)).scalar() == 1
    assert counts(store) == {("lecture", "done"): (5, 20)}
