"""Two hundred follow one lecture through a restart: what they are told, and what others wait."""

from __future__ import annotations

import multiprocessing
import signal
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from app import bootstrap
from app.jobs.report.following import Followed
from app.jobs.store.job import JobKey
from app.jobs.store.store import Store
from benchmarks.chaos.findings import Findings, percentile
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.place import place_in
from benchmarks.chaos.web import Web, start_web
from benchmarks.listening import Listener, follow
from config import Settings

LISTENERS = 200
FRAGMENTS = 200
STEPS_PER_SECOND = 20
SECONDS = 300.0
LMS_KEY = JobKey("lms", 1)
"""Of the one lecture."""

_processes = multiprocessing.get_context("spawn")
"""Who measures must not wait for who listens or works."""


def measure() -> Iterator[dict[str, object]]:
    """Answers to /ping before anybody follows, while they come, follow, come back and go on.

    What is promised holds for all of the time from the first listener to the last event.
    """
    findings = Findings()
    with tempfile.TemporaryDirectory() as name, place_in(Path(name)) as place:
        web = start_web(place, workers=1)
        idle = _pings(web, 5.0)
        lecture = lecture_in(place.folder, lecture_id=LMS_KEY.id, slides=1, fragments=FRAGMENTS)
        place.submit(submission_of(lecture))
        ours, theirs = _processes.Pipe()
        listening = _processes.Process(target=_listen, args=(web.port, theirs), daemon=True)
        working = _processes.Process(target=_work, args=(place.settings,), daemon=True)
        listening.start()
        come = _pings(web, 3.0)
        working.start()
        followed = _pings(web, 10.0)
        stopped = _stop(web)
        web.start()
        web.wait_until_up()
        again = _pings(web, 3.0)
        on = list[float]()
        while working.is_alive():
            on += _pings(web, 0.5)
        told: list[tuple[list[int], int]] = ours.recv()
        listening.join()
        whole = _everything(place.store)
    findings.note("listeners", LISTENERS)
    findings.note("events", len(whole))
    findings.exactly("told_all_once_in_order", sum(seqs == whole for seqs, _ in told), LISTENERS)
    findings.note("connections_each", max(connections for _, connections in told))
    findings.note("seconds_to_stop", round(stopped, 2))
    for name, pings in (
        ("idle", idle),
        ("come", come),
        ("followed", followed),
        ("come_back", again),
        ("go_on", on),
    ):
        findings.note(f"{name}_pings", len(pings))
        findings.note(f"{name}_ping_p50_ms", _milliseconds(pings, 0.5))
        findings.note(f"{name}_ping_p99_ms", _milliseconds(pings, 0.99))
    slowest = _milliseconds([*come, *followed, *again, *on], 0.99)
    findings.at_most("ping_p99_ms", slowest, 10.0)
    yield {"case": "listeners", **findings.as_dict()}


def _listen(port: int, answers: Connection) -> None:
    listeners = [Listener(port, f"/v1/lectures/lms-{LMS_KEY.id}/events") for _ in range(LISTENERS)]
    follow(listeners, SECONDS)
    answers.send([(each.seqs, each.connections) for each in listeners])


def _work(settings: Settings) -> None:
    """Do all steps as a worker would, at a pace."""
    store = bootstrap.store(settings)
    while (
        claim := store.claim(("speech", "face", "cpu"), owner="one", lease_seconds=60.0)
    ) is not None:
        store.finish(claim, {})
        time.sleep(1 / STEPS_PER_SECOND)


def _everything(store: Store) -> list[int]:
    """Numbers of all that has happened to the lecture."""
    return [new.event.seq for new in store.read_on([Followed(LMS_KEY, 1)])[LMS_KEY]]


def _stop(web: Web) -> float:
    """End it as a system does; returns the seconds that it took."""
    assert web.master is not None
    began = time.perf_counter()
    web.master.send_signal(signal.SIGTERM)
    web.master.wait(30)
    return time.perf_counter() - began


def _pings(web: Web, seconds: float) -> list[float]:
    end, found = time.perf_counter() + seconds, list[float]()
    while (began := time.perf_counter()) < end:
        web.get("/ping")
        found.append(time.perf_counter() - began)
        time.sleep(0.005)
    return found


def _milliseconds(seconds: list[float], share: float) -> float:
    return round(1000 * percentile(seconds, share), 2)
