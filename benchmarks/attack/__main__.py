"""``python -m benchmarks.attack [--short] [--json] [--only KIND] [--checkout FOLDER]``."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

import config
from benchmarks import machine
from benchmarks.attack.battery import run
from benchmarks.attack.kinds import KINDS
from benchmarks.attack.ledger import Promise, Tally


def main() -> int:
    """Attack and print; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack")
    parser.add_argument("--short", action="store_true", help="a part of the requests")
    parser.add_argument("--json", action="store_true", help="one line of JSON per kind")
    parser.add_argument("--only", action="append", choices=KINDS, help="may be repeated")
    parser.add_argument(
        "--checkout", type=Path, default=config.ROOT, help="of the service to attack; this one"
    )
    asked = parser.parse_args()
    # As an exception, so that every service is ended on its way.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    tallies = []
    for tally in run(asked.only or list(KINDS), short=asked.short, checkout=asked.checkout):
        tallies.append(tally)
        if asked.json:
            print(json.dumps({**tally.as_dict(), **machine.facts()}), flush=True)
        else:
            _tell(tally)
    if not asked.json:
        Console(width=160).print(table(tallies))
    return 1 if any(tally.broken.total() for tally in tallies) else 0


def table(tallies: Sequence[Tally]) -> Table:
    """A line per kind, a column per promise with how often it was broken."""
    shown = Table(title="Requests, and how many broke which promise")
    for name in ("kind", "requests", *(promise.value for promise in Promise), "ping p99 ms"):
        shown.add_column(name, justify="left" if name == "kind" else "right")
    for tally in tallies:
        ping = tally.figures.get("ping_p99_s")
        shown.add_row(
            tally.kind,
            str(tally.requests),
            *(str(tally.broken[promise]) for promise in Promise),
            f"{1000 * ping:.0f}" if isinstance(ping, float) else "",
        )
    totals = [str(sum(tally.broken[promise] for tally in tallies)) for promise in Promise]
    shown.add_section()
    shown.add_row("all", str(sum(tally.requests for tally in tallies)), *totals, "")
    return shown


def _tell(tally: Tally) -> None:
    """What was broken, in words, as soon as it is known."""
    print(f"{tally.kind}: {tally.requests} requests, {json.dumps(tally.figures)}", flush=True)
    for promise, told in tally.examples:
        print(f"  {promise.value}: {told}")
    for reason in tally.skipped:
        print(f"  not looked at: {reason}")


if __name__ == "__main__":
    sys.exit(main())
