"""``engines`` and ``setup``: what this installation has and lacks."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TypedDict

from rich.console import Console
from rich.table import Table

import config
from app.disk import writable_folder
from app.engines import configured, registry
from app.errors import ConfigError


def engines(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Print every engine, whether it can run here, and if not, what to do."""
    rows = [*_usable(settings), *_broken()]
    if asked.json:
        print(json.dumps(rows, indent=1))
        return 0
    table = Table("kind", "name", "here", "languages", "what it is")
    for row in rows:
        languages = " ".join(row["languages"] or ())
        state = "yes" if row["available"] else f"no: {row['lacks']}"
        table.add_row(row["kind"], row["name"], state, languages, row["summary"])
    Console().print(table)
    return 0


class _Row(TypedDict):
    kind: str
    name: str
    available: bool
    lacks: str
    version: str
    languages: list[str] | None
    summary: str


def _usable(settings: config.Settings) -> Iterator[_Row]:
    for kind in registry.GROUPS:
        for name, card in sorted(registry.cards(kind).items()):
            lacks = configured.lacking(settings, kind, name)
            yield {
                "kind": kind,
                "name": name,
                "available": not lacks,
                "lacks": lacks,
                "version": card.version,
                "languages": sorted(card.languages) or None,
                "summary": card.summary,
            }


def _broken() -> Iterator[_Row]:
    for kind, name, why in registry.broken():
        yield {
            "kind": kind,
            "name": name,
            "available": False,
            "lacks": why,
            "version": "",
            "languages": None,
            "summary": "",
        }


def setup(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Make engines able to run: fetch their weights, or mend their packages.

    Raises:
        ConfigError: There is nothing to set up for the engine that is asked for.
    """
    able = [
        card for kind in registry.GROUPS for card in registry.cards(kind).values() if card.setup
    ]
    wanted = [card for card in able if (card.name == asked.engine if asked.engine else card.files)]
    if not wanted:
        names = ", ".join(sorted(card.name for card in able))
        raise ConfigError(f"nothing to set up for engine {asked.engine!r}; there is for: {names}")
    if any(card.files for card in wanted):
        writable_folder(settings.paths.models, "paths.models")
    for card in wanted:
        assert card.setup is not None, "only such are wanted"
        card.setup(settings.paths.models, lambda line: print(line, file=sys.stderr))
    return 0
