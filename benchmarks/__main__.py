"""``python -m benchmarks [NAME ...]``: run the named benchmarks, or all that take minutes."""

from __future__ import annotations

import argparse
import json

from benchmarks import (
    hour,
    jobs,
    large,
    listeners,
    machine,
    render,
    sadtalker,
    sentences,
    start,
    studio,
)

BENCHMARKS = {
    "import": start.measure,
    "render": render.measure,
    "jobs": jobs.measure,
    "large": large.measure,
    "listeners": listeners.measure,
    "sadtalker": sadtalker.measure,
    "sentences": sentences.measure,
    "studio": studio.measure,
    "hour": hour.measure,
}
ONLY_WHEN_NAMED = {"hour"}
"""They take too long to run with the others."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or [
        name for name in BENCHMARKS if name not in ONLY_WHEN_NAMED
    ]
    if unknown := set(names) - BENCHMARKS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(BENCHMARKS)}")
    for name in names:
        for figures in BENCHMARKS[name]():
            print(json.dumps({"benchmark": name, **figures, **machine.facts()}), flush=True)


if __name__ == "__main__":
    main()
