"""``clean``: remove what has not been used for long."""

from __future__ import annotations

import argparse
import re

import config
from app import bootstrap

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def clean(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Remove old artifacts, input copies, events and leftovers, and print what that freed.

    Of the library only what nobody can ask for any more is removed, however young it is.
    """
    from app.jobs.files import retention
    from app.jobs.files.retention import Removed
    from app.library import sweeping

    store = bootstrap.opened_store(settings)
    cleaned = retention.clean(
        store,
        bootstrap.artifacts(settings),
        settings.paths.data / "inputs",
        older_seconds=asked.older_than,
        dry_run=asked.dry_run,
    )
    library = bootstrap.library(settings, store)
    swept = sweeping.sweep(library, bootstrap.uploads(library), dry_run=asked.dry_run)
    done = "would be removed" if asked.dry_run else "removed"

    def tell(what: str, removed: Removed) -> None:
        print(f"{what:<10} {removed.number:>7} {done}, {removed.size / 1e6:.1f} MB")

    tell("artifacts", cleaned.artifacts)
    tell("inputs", cleaned.inputs)
    tell("leftovers", cleaned.leftovers)
    tell("library", swept.total)
    print(f"{'events':<10} {cleaned.events:>7} {done}")
    return 0


def age(text: str) -> float:
    """Seconds of an age such as ``30d``, ``12h``, ``90m`` or ``10s``.

    >>> age("30d")
    2592000.0

    Raises:
        ArgumentTypeError: It is written otherwise.
    """
    found = re.fullmatch(r"(\d{1,9})([smhd])", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no age; write for example 30d or 12h")
    return float(int(found[1]) * _UNITS[found[2]])
