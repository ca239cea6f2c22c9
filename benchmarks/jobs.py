"""The job engine by itself: how much of the time workers work, and what a queue costs callers.

Steps are simulated: each takes a second of nothing.  The worker processes, their children, stores,
brokers and the web process are real.
"""

from __future__ import annotations

import functools
import http.client
import itertools
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.chaos.findings import Findings, percentile, skipped
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.ledger import Entry, entries
from benchmarks.chaos.place import Place, place_in, wait_until
from benchmarks.chaos.posts import body
from benchmarks.chaos.servers import NotInstalled, Servers
from benchmarks.chaos.web import Web, start_web
from benchmarks.chaos.workshop import Behaviour

STEP_SECONDS = 1.0
STEPS_EACH = 12
"""Per worker."""

START_SECONDS = 60.0

QUEUED = 500
"""Lectures that wait while callers are answered."""
POSTS = 200
PINGS = 1000


def measure() -> Iterator[dict[str, object]]:
    """Workers on SQLite, on PostgreSQL, notified by RabbitMQ; then the web process."""
    with Servers() as servers:
        for workers in (1, 2, 4, 8):
            yield {"case": "workers", "store": "sqlite", **_at_work(_on_sqlite, workers)}
        for name, opened in (("postgresql", _on_postgresql), ("postgresql-rabbitmq", _notified)):
            try:
                at_work = _at_work(functools.partial(opened, servers=servers), 8)
                yield {"case": "workers", "store": name, **at_work}
            except NotInstalled as reason:
                yield {"case": "workers", "store": name, **skipped(str(reason)).as_dict()}
    yield {"case": "web", **_web()}


Opened = Callable[[Path], AbstractContextManager[Place]]


def _on_sqlite(folder: Path) -> AbstractContextManager[Place]:
    return place_in(folder)


def _on_postgresql(folder: Path, servers: Servers) -> AbstractContextManager[Place]:
    return place_in(folder, database_url=servers.postgresql().empty_database())


def _notified(folder: Path, servers: Servers) -> AbstractContextManager[Place]:
    url = servers.postgresql().empty_database()
    broker_url = servers.rabbitmq().url
    return place_in(folder, database_url=url, dispatch="celery", broker_url=broker_url)


def _at_work(opened: Opened, workers: int) -> dict[str, object]:
    """How much of the time so many workers are in a step, while there are steps enough."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as place:
        place.behave(Behaviour(speech_seconds=(STEP_SECONDS, STEP_SECONDS)))
        started = [place.start_worker({"speech": 1}) for _ in range(workers)]
        wait_until(lambda: all(map(place.worker_id, started)), START_SECONDS, "the workers")
        steps = STEPS_EACH * workers
        lecture = lecture_in(place.folder, lecture_id=1, slides=1, fragments=steps)
        place.submit(submission_of(lecture))
        seconds = START_SECONDS + 2 * STEPS_EACH * STEP_SECONDS
        wait_until(lambda: place.job(1).steps_done >= steps, seconds, "all steps")
        return _shares(entries(place.log), workers)


def _shares(log: list[Entry], workers: int) -> dict[str, object]:
    """From the moment when all have begun until the first one has nothing left to do."""
    children: dict[int, list[Entry]] = defaultdict(list)
    for entry in log:
        children[entry.pid].append(entry)
    begin = max(each[0].at for each in children.values())
    end = min(each[-1].at for each in children.values())
    busy = sum(_overlap(each, begin, end) for each in children.values())
    gaps = [
        later.at - earlier.at
        for each in children.values()
        for earlier, later in itertools.pairwise(each)
        if earlier.what == "end"
    ]
    findings = Findings()
    findings.note("workers", workers)
    findings.exactly("children", len(children), workers)
    findings.note("window_seconds", round(end - begin, 1))
    findings.note("steps_per_second", round(busy / STEP_SECONDS / (end - begin), 3))
    findings.at_least("share_of_ideal", round(busy / workers / (end - begin), 3), 0.9)
    findings.note("median_ms_between_steps", round(1000 * statistics.median(gaps), 1))
    findings.note("p95_ms_between_steps", round(1000 * percentile(gaps, 0.95), 1))
    return findings.as_dict()


def _overlap(log: list[Entry], begin: float, end: float) -> float:
    """Seconds within the window that one child spent in steps."""
    pairs = zip(log[::2], log[1::2], strict=True)
    return sum(max(0.0, min(end, last.at) - max(begin, first.at)) for first, last in pairs)


def _web() -> dict[str, object]:
    """Answers to one caller, with nothing queued and with much queued and a worker at work."""
    findings = Findings()
    with tempfile.TemporaryDirectory() as name, place_in(Path(name)) as place:
        place.behave(Behaviour(speech_seconds=(STEP_SECONDS, STEP_SECONDS)))
        web = start_web(place, workers=1)
        _post(place, web, 1)  # starts the examiner, which remembers the face and the voice
        idle_posts = [_post(place, web, 10_000 + number) for number in range(POSTS)]
        idle_pings = [_ping(web) for _ in range(PINGS)]
        for number in range(QUEUED):
            lecture = lecture_in(place.folder, lecture_id=20_000 + number, slides=4, fragments=4)
            place.submit(submission_of(lecture))
        place.start_worker()
        wait_until(place.ledger.running, START_SECONDS, "a busy worker")
        posts = [_post(place, web, 30_000 + number) for number in range(POSTS)]
        pings = [_ping(web) for _ in range(PINGS)]
    findings.note("queued_lectures", QUEUED)
    for kind, idle, loaded, limit in (
        ("post", idle_posts, posts, 50.0),
        ("ping", idle_pings, pings, 10.0),
    ):
        findings.note(f"idle_{kind}_p50_ms", _milliseconds(idle, 0.5))
        findings.note(f"idle_{kind}_p99_ms", _milliseconds(idle, 0.99))
        findings.note(f"{kind}_p50_ms", _milliseconds(loaded, 0.5))
        findings.at_most(f"{kind}_p99_ms", _milliseconds(loaded, 0.99), limit)
        ratio = percentile(loaded, 0.5) / percentile(idle, 0.5)
        findings.note(f"{kind}_p50_loaded_to_idle", round(ratio, 2))
    return findings.as_dict()


def _post(place: Place, web: Web, lecture_id: int) -> float:
    """Seconds until a lecture of one fragment is accepted."""
    asked = body(place.folder, "One sentence.", lecture_id=lecture_id)
    started = time.perf_counter()
    status, envelope = web.post(asked)
    seconds = time.perf_counter() - started
    assert status == http.client.OK, envelope
    return seconds


def _ping(web: Web) -> float:
    started = time.perf_counter()
    web.get("/ping")
    return time.perf_counter() - started


def _milliseconds(seconds: list[float], share: float) -> float:
    return round(1000 * percentile(seconds, share), 2)
