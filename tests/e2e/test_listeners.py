"""Many follow a lecture through a restart of the web process."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from app.access.keys import DEFAULT_TENANT
from app.jobs.report.following import Followed
from app.jobs.store.job import JobKey
from app.jobs.store.store import Store
from app.web.v1.lecture_ref import LectureRef
from benchmarks.listening import Listener, follow
from tests.e2e.conftest import Service, start_service, wait_until_up
from tests.process.family import wait_until
from tests.services.programs import free_port
from tests.unit.jobs.lectures import a_lecture_in, claimed, submission_of

pytestmark = pytest.mark.slow

KEY = JobKey(DEFAULT_TENANT, 7)
LISTENERS = 200
FRAGMENTS = 30
GRACE_SECONDS = 8
"""gunicorn kills after them."""


@contextmanager
def serving(place: Path, port: int) -> Iterator[Service]:
    log = place / "service.log"
    with start_service(place, place / "models", log, command="serve", port=port) as service:
        wait_until_up(service, log)
        yield service


def finish_some(store: Store, steps: int) -> None:
    """Do steps as a worker would, some ten in a second."""
    for _ in range(steps):
        store.finish(claimed(store), {})
        time.sleep(0.05)


def end(service: Service) -> float:
    """Seconds until it has ended."""
    began = time.monotonic()
    service.process.send_signal(signal.SIGTERM)
    assert psutil.wait_procs([service.process], 30)[0]
    return time.monotonic() - began


def everything(store: Store) -> list[int]:
    """Numbers of all that has happened to the lecture."""
    followed = Followed(KEY, 1)
    return [new.event.seq for new in store.read_on([followed])[KEY]]


def test_two_hundred_are_told_all_once_and_in_order_through_a_restart(tmp_path: Path) -> None:
    port = free_port()
    texts = [f"Fragment {number}." for number in range(FRAGMENTS)]
    listeners = [Listener(port, f"/v1/lectures/{LectureRef(7)}/events") for _ in range(LISTENERS)]
    with ThreadPoolExecutor() as threads, serving(tmp_path, port) as service:
        store = Store(f"sqlite:///{tmp_path / 'data' / 'jobs.db'}")
        lecture = a_lecture_in(tmp_path, *texts)
        store.submit(submission_of(lecture, tenant=DEFAULT_TENANT, restart=False))
        following = threads.submit(follow, listeners, 90)
        finish_some(store, FRAGMENTS)
        wait_until(lambda: all(each.seqs for each in listeners))
        assert end(service) < GRACE_SECONDS
        finish_some(store, 10)  # while nobody can be told
        with serving(tmp_path, port) as again:
            finish_some(store, FRAGMENTS - 10 + 2)
            following.result()
            assert end(again) < GRACE_SECONDS
    assert {each.kinds[-1] for each in listeners} == {"done"}
    assert {tuple(each.seqs) for each in listeners} == {tuple(everything(store))}
    assert all(each.connections >= 2 and not each.refused for each in listeners)
    store.close()
