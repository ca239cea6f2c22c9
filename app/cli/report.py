"""``engines``, ``doctor`` and ``setup``: what this installation has and lacks."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.table import Table

import config
from app.engines import registry
from app.errors import LectureError


def engines(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Print every engine, whether it can run here, and if not, what to do."""
    found = [
        {
            "kind": kind,
            "name": name,
            "available": not (lacks := entry.lacks(settings.paths.models)),
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
    """Put the weights of the embedded engines into the models folder."""
    from app.engines.speech.weights import fetch_kokoro

    del asked
    fetch_kokoro(settings.paths.models, report=lambda line: print(line, file=sys.stderr))
    return 0


def doctor(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Check this installation; one line per finding, exit status 3 if one is bad."""
    del asked
    bad = 0
    for name, check in _checks(settings):
        try:
            print(f"ok    {name}: {check()}")
        except (LectureError, OSError) as error:
            bad += 1
            print(f"FAIL  {name}: {error}")
    return 3 if bad else 0


def _checks(settings: config.Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: sys.version.split()[0]
    yield "ffmpeg", lambda: _ffmpeg(settings)
    for kind in get_args(registry.Kind):
        names = _configured(settings, kind)
        for name in names:
            yield f"{kind} engine {name}", partial(_load, settings, kind, name)
    yield "job store", lambda: _migrated(settings)
    for folder in (settings.paths.data, settings.paths.logs, *settings.paths.roots):
        yield f"folder {folder}", partial(_writable, folder)


def _configured(settings: config.Settings, kind: registry.Kind) -> list[str]:
    if kind == "face":
        return [settings.face.engine]
    return sorted({name for names in settings.speech.order.values() for name in names})


def _ffmpeg(settings: config.Settings) -> str:
    from app.media.ffmpeg import locate

    return str(locate(settings.media.ffmpeg))


def _load(settings: config.Settings, kind: registry.Kind, name: str) -> str:
    """Really load the engine: a package that is there may still not work."""
    from app.bootstrap import places

    options = (settings.speech if kind == "speech" else settings.face).options.get(name, {})
    engine = registry.create(kind, name, options, places(settings))
    engine.load()
    engine.close()
    return "loads"


def _migrated(settings: config.Settings) -> str:
    from app import bootstrap

    bootstrap.store(settings).migrate()
    return settings.jobs.database_url.rpartition("@")[2]


def _writable(folder: Path) -> str:
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(f"{folder} is not writable")
    return f"{shutil.disk_usage(folder).free / 1e9:.0f} GB free"
