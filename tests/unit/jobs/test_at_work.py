"""Which workers there are, and what each does."""

from __future__ import annotations

from sqlalchemy import update

from app.jobs.report.at_work import work
from app.jobs.store.job import WorkerRecord
from app.jobs.store.store import Store
from app.jobs.store.tables import Ticks, worker
from tests.unit.jobs.lectures import a_submission, claimed, do_all

ANNA = WorkerRecord("anna", "here", 1, "now", ("cpu", "face", "speech"))
BORIS = WorkerRecord("boris", "there", 2, "now", ("face",))


def test_nothing_goes_on_in_an_empty_store(store: Store) -> None:
    seen = work(store.database)
    assert (seen.workers, dict(seen.business.lectures), dict(seen.business.steps)) == ((), {}, {})
    assert seen.business.waiting_seconds == 0.0


def test_each_worker_does_what_it_has_claimed(store: Store) -> None:
    store.sign_on(ANNA)
    store.sign_on(BORIS)
    store.submit(a_submission("One.", "Two."))
    claimed(store, "speech", owner="anna")
    claimed(store, "speech", owner="anna")
    seen = work(store.database)
    assert [(each.id, dict(each.running)) for each in seen.workers] == [
        ("anna", {"speech": 2}),
        ("boris", {}),
    ]
    assert dict(seen.business.lectures) == {"running": 1}


def test_what_is_done_is_no_longer_done_by_anybody(store: Store) -> None:
    store.sign_on(ANNA)
    store.submit(a_submission())
    do_all(store)
    (anna,) = work(store.database).workers
    assert dict(anna.running) == {}


def test_one_that_is_silent_is_told_until_it_is_buried(store: Store) -> None:
    store.sign_on(ANNA)
    with store.database.write() as connection:
        connection.execute(update(worker).values(seen=Ticks() - 500.0))
    (anna,) = work(store.database).workers
    assert not anna.lives
    # The clock of SQLite may have begun less than that ago.
    assert anna.silent_seconds is None or 500 <= anna.silent_seconds < 600


def test_one_of_a_time_before_the_machines_start_is_not_said_to_live(store: Store) -> None:
    store.sign_on(ANNA)
    with store.database.write() as connection:
        connection.execute(update(worker).values(seen=Ticks() + 500.0))
    (anna,) = work(store.database).workers
    assert (anna.lives, anna.silent_seconds) == (False, None)
