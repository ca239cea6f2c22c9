"""``python -m benchmarks.chaos [--short] [NAME ...]``: run the named cases, or all."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.chaos import cancels, clocks, disks, edits, kills, notifications, posts, stalls
from benchmarks.chaos.findings import Findings, skipped
from benchmarks.chaos.place import Place, TooSlow, place_in
from benchmarks.chaos.servers import NotInstalled, Servers
from tests.services.brokers import Broker
from tests.small_disk import may_mount


@dataclass(frozen=True, slots=True)
class Ground:
    """What a case is given."""

    folder: Path
    """Empty."""
    short: bool
    """Whether the short form is wanted."""
    servers: Servers

    @contextmanager
    def distributed(self, broker: Broker, **jobs: object) -> Iterator[Place]:
        """A place on PostgreSQL whose workers are notified by a broker."""
        url = self.servers.postgresql().empty_database()
        with place_in(
            self.folder, database_url=url, dispatch="celery", broker_url=broker.url, **jobs
        ) as place:
            yield place


Case = Callable[[Ground], Findings]


def _kills_sqlite(ground: Ground) -> Findings:
    with place_in(ground.folder) as place:
        return kills.run(place, kills=8 if ground.short else 100, slides=_kill_slides(ground))


def _kills_rabbitmq(ground: Ground) -> Findings:
    with ground.distributed(ground.servers.rabbitmq()) as place:
        return kills.run(place, kills=8 if ground.short else 100, slides=_kill_slides(ground))


def _kills_redis(ground: Ground) -> Findings:
    with ground.distributed(ground.servers.redis()) as place:
        return kills.run(place, kills=4 if ground.short else 30, slides=_kill_slides(ground))


def _kill_slides(ground: Ground) -> int:
    return 6 if ground.short else kills.SLIDES


def _cancels(ground: Ground) -> Findings:
    with place_in(ground.folder) as place:
        return cancels.run(place, cancels=6 if ground.short else 100)


def _posts(ground: Ground) -> Findings:
    with place_in(ground.folder) as place:
        return posts.run(place, posts=40 if ground.short else 200)


def _stalls(ground: Ground) -> Findings:
    with place_in(ground.folder, lease_seconds=stalls.LEASE_SECONDS) as place:
        return stalls.run(place, stalls=2 if ground.short else 20)


def _clocks(ground: Ground) -> Findings:
    with place_in(ground.folder) as place:
        return clocks.run(place)


def _notifications_rabbitmq(ground: Ground) -> Findings:
    broker = ground.servers.rabbitmq()
    with ground.distributed(broker, sweep_seconds=notifications.SWEEP_SECONDS) as place:
        return notifications.run(place, broker)


def _notifications_redis(ground: Ground) -> Findings:
    broker = ground.servers.redis()
    with ground.distributed(broker, sweep_seconds=notifications.SWEEP_SECONDS) as place:
        return notifications.run(place, broker)


def _edits(ground: Ground) -> Findings:
    if ground.short:
        return skipped("minutes of real engines; the whole suite has it")
    with place_in(ground.folder) as place:
        return edits.run(place)


def _api_edits(ground: Ground) -> Findings:
    if ground.short:
        return skipped("minutes of real engines; the whole suite has it")
    with place_in(ground.folder) as place:
        return edits.run_by_api(place)


def _full_database(ground: Ground) -> Findings:
    if not may_mount():
        return skipped("only root can mount a small disk, and not in every container")
    return disks.database(ground.folder)


def _full_artifacts(ground: Ground) -> Findings:
    if not may_mount():
        return skipped("only root can mount a small disk, and not in every container")
    return disks.artifacts(ground.folder)


CASES: Mapping[str, Case] = {
    "kills-sqlite": _kills_sqlite,
    "kills-postgresql-rabbitmq": _kills_rabbitmq,
    "kills-postgresql-redis": _kills_redis,
    "cancels": _cancels,
    "posts": _posts,
    "stalls": _stalls,
    "doorbells-rabbitmq": _notifications_rabbitmq,
    "doorbells-redis": _notifications_redis,
    "clocks": _clocks,
    "full-database": _full_database,
    "full-artifacts": _full_artifacts,
    "edits": _edits,
    "api-edits": _api_edits,
}


def main() -> int:
    """Run and print; 1 when a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument("--short", action="store_true", help="fewer kills, a minute in all")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CASES))
    asked = parser.parse_args()
    names = asked.names or list(CASES)
    if unknown := set(names) - CASES.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(CASES)}")
    # As an exception, so that every place is closed on its way.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    missed = 0
    with Servers() as servers:
        for name in names:
            findings = run(name, servers, short=asked.short)
            missed += len(findings.missed)
            print(json.dumps({"case": name, **findings.as_dict(), **machine.facts()}), flush=True)
    return 1 if missed else 0


def run(name: str, servers: Servers, *, short: bool) -> Findings:
    """One case, in a temporary folder."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        try:
            findings = CASES[name](Ground(Path(folder), short, servers))
        except NotInstalled as reason:
            findings = skipped(str(reason))
        except TooSlow as reason:
            findings = Findings({"stuck": str(reason)}, missed=["stuck"])
    findings.note("case_seconds", round(time.perf_counter() - started, 1))
    return findings


if __name__ == "__main__":
    sys.exit(main())
