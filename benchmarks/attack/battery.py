"""Run kinds of attack, each with what must hold around it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.attack.ground import Ground, NotServed
from benchmarks.attack.kinds import KINDS, Kind
from benchmarks.attack.ledger import MEMORY_BYTES, PING_SECONDS, Promise, Tally
from benchmarks.attack.place import FORGED, SECRETS, Place, Scene, scene
from benchmarks.attack.victims import MARKER, holders, notes_reading
from benchmarks.chaos.findings import percentile

SETTLE_SECONDS = 20.0
"""How long memory may take to come back."""

FEWEST_PINGS = 20
"""Fewer say nothing about one in a hundred."""


def run(names: Sequence[str], *, short: bool, checkout: Path) -> Iterator[Tally]:
    """Attack in these ways, one after the other.

    Args:
        short: With a part of the requests, on one service for all kinds that can share it.
        checkout: Of the service.
    """
    kinds = [KINDS[name] for name in names]
    if not short:
        for kind in kinds:
            yield from _on_one_service([kind], short=False, checkout=checkout)
        return
    for worker in (True, False):
        together = [kind for kind in kinds if kind.worker is worker]
        if together:
            yield from _on_one_service(together, short=True, checkout=checkout)


def _on_one_service(kinds: Sequence[Kind], *, short: bool, checkout: Path) -> Iterator[Tally]:
    tally = Tally("none")
    with scene(checkout=checkout, worker=kinds[0].worker) as around:
        start = _warmed(around, short=short)
        for kind in kinds:
            if kind is not kinds[0]:
                yield tally
            tally = Tally(kind.name)
            _attack(kind, around, tally, short=short, start_bytes=start)
        for kind in kinds:
            if kind.at_the_end is not None:
                kind.at_the_end(Ground(around, tally, short=short))
        for left in around.place.stop():
            tally.break_(Promise.PROCESSES, f"left after the end: {left}")
    yield tally


def _warmed(around: Scene, *, short: bool) -> int:
    """Memory of the web processes after a lecture was accepted, as on any other day."""
    ground = Ground(around, Tally("warm-up"), short=short)
    ground.accepted(ground.body(id=1))
    around.place.logged()
    around.outside.arm()
    return around.place.web_bytes()


def _attack(kind: Kind, around: Scene, tally: Tally, *, short: bool, start_bytes: int) -> None:
    ground = Ground(around, tally, short=short)
    started, connected = time.monotonic(), around.listener.connections
    try:
        kind.attack(ground)
    except NotServed as reason:
        tally.break_(Promise.TOLD, f"broken off: {reason}")
    ground.stop_everything()
    tally.figures["seconds"] = round(time.monotonic() - started, 1)
    _check_pings(around, tally, started)
    _check_memory(around.place, tally, start_bytes)
    _check_surroundings(around, tally, connected)
    _check_log(around.place, tally)


def _check_pings(around: Scene, tally: Tally, since: float) -> None:
    pings = around.pings.since(since)
    if len(pings) < FEWEST_PINGS:
        tally.skipped.append(f"only {len(pings)} pings")
        return
    slowest = percentile([each.seconds for each in pings], 0.99)
    idle = percentile([each.idle_seconds for each in pings], 0.99)
    tally.figures |= {
        "pings": len(pings),
        "ping_max_s": round(max(each.seconds for each in pings), 3),
        "ping_p99_s": round(slowest, 4),
        "idle_server_p99_s": round(idle, 4),
    }
    # What a server that does nothing takes as well is this machine's, not the service's.
    tally.at_most(Promise.PING, "ping_p99_above_idle_s", max(0.0, slowest - idle), PING_SECONDS)


def _check_memory(place: Place, tally: Tally, start_bytes: int) -> None:
    deadline = time.monotonic() + SETTLE_SECONDS
    while (more := place.web_bytes() - start_bytes) > MEMORY_BYTES:
        if time.monotonic() > deadline:
            break
        time.sleep(0.5)
    tally.at_most(Promise.MEMORY, "web_more_mb", more / 1e6, MEMORY_BYTES / 1e6)


def _check_surroundings(around: Scene, tally: Tally, connected: int) -> None:
    if not notes_reading(around.place.folder):
        tally.skipped.append("this file system does not note that files are read")
    for change in around.outside.changes():
        tally.break_(Promise.OUTSIDE, change)
    folders = [around.place.data, around.place.root]
    for path in holders(folders, around.outside, MARKER.encode()):
        tally.break_(Promise.OUTSIDE, f"copied to {path}")
    around.outside.arm()
    for _ in range(around.listener.connections - connected):
        tally.break_(Promise.CONNECTIONS, "somebody connected")


def _check_log(place: Place, tally: Tally) -> None:
    lines = iter(place.logged().splitlines())
    for line in lines:
        if line.startswith("Traceback"):
            # What it comes to stands in the first line that is not indented, below where it was.
            frames: list[str] = []
            while (told := next(lines, "")).startswith(" "):
                frames += [told.strip()] if told.startswith("  File ") else []
            tally.break_(Promise.LOG, f"a traceback: {told[:200]} from {', '.join(frames[-4:])}")
        elif line.startswith(FORGED) or any(word in line for word in SECRETS):
            tally.break_(Promise.LOG, line[:200])
