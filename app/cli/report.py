"""``engines`` and ``setup``: what this installation has and lacks."""

from __future__ import annotations

import argparse
import json
import sys
from typing import get_args

from rich.console import Console
from rich.table import Table

import config
from app import bootstrap
from app.engines import registry


def engines(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Print every engine, whether it can run here, and if not, what to do."""
    found = [
        {
            "kind": kind,
            "name": name,
            "available": not (lacks := bootstrap.lacking_here(settings, kind, name)),
            "lacks": lacks,
            "version": entry.version,
            "languages": sorted(entry.languages) if entry.languages else None,
            "summary": entry.summary,
        }
        for kind in get_args(registry.Kind)
        for name, entry in sorted(registry.entries(kind).items())
    ]
    if asked.json:
        print(json.dumps(found, indent=1))
        return 0
    table = Table("kind", "name", "here", "languages", "what it is")
    for row in found:
        languages = " ".join(row["languages"]) if isinstance(row["languages"], list) else ""
        state = "yes" if row["available"] else f"no: {row['lacks']}"
        table.add_row(str(row["kind"]), str(row["name"]), state, languages, str(row["summary"]))
    Console().print(table)
    return 0


def setup(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Make an engine able to run: fetch its weights, or mend its packages."""

    def say(line: str) -> None:
        print(line, file=sys.stderr)

    match asked.engine:
        case "xtts" | "yourtts":
            from app.engines.speech.common.coqui.install import mend

            mend(say)
        case _:
            from app.engines.speech.kokoro.weights import fetch_kokoro

            fetch_kokoro(settings.paths.models, report=say)
    return 0
