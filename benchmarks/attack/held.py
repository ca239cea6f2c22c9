"""Five hundred half-sent requests from one address, held for a minute."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

from benchmarks.attack.ground import Ground
from benchmarks.attack.halves import begun, held, starts
from benchmarks.attack.ledger import Promise

OTHERS_SECONDS = 1.0
"""Until ``/ping`` and an honest POST are answered meanwhile."""

RENEWED = 20
"""How many that were closed are begun anew at a time; a flood is another attack."""

WAYS = ("half a body", "half a head", "nothing", "half a chunk")

SAME, OTHER = "127.0.0.1", "127.0.0.66"
"""Honest callers have the first address."""


def attack(ground: Ground) -> None:
    """From the address of an honest caller, as behind a proxy, and from one of their own."""
    peers, seconds = (100, 2.5) if ground.short else (500, 60.0)
    _hold(ground, "half a body", SAME, peers=peers, seconds=seconds)
    for way in WAYS:
        _hold(ground, way, OTHER, peers=peers, seconds=seconds / 6)
    for way in WAYS[1:]:
        _hold(ground, way, SAME, peers=peers, seconds=seconds / 6)


def _hold(ground: Ground, way: str, source: str, *, peers: int, seconds: float) -> None:
    start = starts(ground.port)[way]
    slowest = {"ping": 0.0, "post": 0.0}
    with held(ground, start, peers, source=source) as opened:
        until, closed = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            _ask(ground, way, slowest)
            closed += _renew(ground, opened, start, source)
            time.sleep(0.2)
    where = "the same address" if source == SAME else "another address"
    for name, value in slowest.items():
        label = f"{name} while {peers} times {way} from {where}"
        ground.tally.at_most(Promise.IN_TIME, label, value, OTHERS_SECONDS)
    ground.tally.figures[f"closed on {way} from {where}"] = closed


def _ask(ground: Ground, way: str, slowest: dict[str, float]) -> None:
    for name, method, target, body in (
        ("ping", "GET", "/ping", None),
        ("post", "POST", "/generate", ground.body()),
    ):
        started = time.monotonic()
        answer = ground.honest(method, target, body)
        slowest[name] = max(slowest[name], time.monotonic() - started)
        ground.expect(f"{name} while {way} is held", answer, good=answer.status == 200)
    ground.stop_everything()


def _renew(ground: Ground, opened: list[socket.socket], start: bytes, source: str) -> int:
    """Begin anew what was closed on us; returns how many."""
    closed = [peer for peer in opened if _is_closed(peer)][:RENEWED]
    for peer in closed:
        opened.remove(peer)
        peer.close()
        with suppress(OSError):
            opened.append(begun(ground, start, source=source))
    return len(closed)


def _is_closed(peer: socket.socket) -> bool:
    peer.setblocking(False)
    try:
        while peer.recv(1 << 16):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
