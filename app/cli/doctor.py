"""``doctor``: examine this installation for real, and say what to do, in order."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import config
from app import bootstrap, folders
from app.engines import configured, registry
from app.engines.card import Finding, Kind
from app.errors import ConfigError, LectureError
from app.lecture.lexicon import Lexicon

if TYPE_CHECKING:
    from app.jobs.store.store import Store

BAD = 3
"""Exit status when something is not right."""

ANSWER_SECONDS = 2.0
"""What a service that runs already gets to answer."""


def doctor(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Print one line per finding; those that are not right say what to do."""
    bad = 0
    for finding in findings(settings, asked.engine):
        bad += not finding.ok
        print(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}: {finding.says}", flush=True)
    if bad:
        print(f"{bad} to mend, from the top: what is below may only follow from it")
    return BAD if bad else 0


def findings(settings: config.Settings, engines: Sequence[str] = ()) -> Iterator[Finding]:
    """Everything that the service needs, what others build upon first.

    Args:
        engines: Names of engines to examine; the configured ones when empty.
    """
    yield Finding("python", True, sys.version.split()[0])
    yield _ffmpeg(settings)
    for kind, name, why in registry.broken():
        if engines and name not in engines:
            continue
        yield Finding(f"{kind} engine {name}", False, why)
    for kind, name in _wanted(settings, engines):
        if name not in engines and (lacks := _is_replaced(settings, kind, name)):
            yield Finding(f"{kind} engine {name}", True, f"not here, another speaks: {lacks}")
        else:
            yield from _engine(settings, kind, name)
    if settings.speech.lexicon is not None:
        yield _lexicon(settings.speech.lexicon)
    for folder in (settings.paths.data, settings.paths.logs, *settings.paths.roots):
        yield _folder(folder)
    yield from _job_store(settings)
    yield _port(settings)


def _wanted(settings: config.Settings, engines: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    for kind in registry.GROUPS:
        for name in sorted(registry.cards(kind)):
            if name in (engines or configured.named(settings, kind)):
                yield kind, name


def _is_replaced(settings: config.Settings, kind: Kind, name: str) -> str:
    """What an engine lacks, if wherever it is preferred another one can do its work."""
    lacks = configured.lacking(settings, kind, name)
    if not lacks or kind == "face" or name in settings.speech.options:
        return ""
    orders = [names for names in settings.speech.order.values() if name in names]
    fine = all(
        any(not configured.lacking(settings, kind, other) for other in names) for names in orders
    )
    return lacks if orders and fine else ""


def _engine(settings: config.Settings, kind: Kind, name: str) -> Iterator[Finding]:
    what = f"{kind} engine {name}"
    card = registry.card(kind, name)
    options = configured.options_of(settings, kind, name)
    here = configured.places(settings)
    fine = True
    for finding in card.examine(options, here):
        yield Finding(f"{what}, {finding.what}", finding.ok, finding.says)
        fine = fine and finding.ok
    if not fine:
        return
    if lacks := card.lacks(options, here):
        yield Finding(what, False, lacks)
        return
    try:
        engine = registry.create(kind, name, options, here)
        engine.load()
        engine.close()
    except LectureError as error:
        yield Finding(what, False, str(error))
    else:
        yield Finding(what, True, "loads")


def _ffmpeg(settings: config.Settings) -> Finding:
    from app.media.ffmpeg import locate

    try:
        return Finding("ffmpeg", True, str(locate(settings.media.ffmpeg)))
    except LectureError as error:
        return Finding("ffmpeg", False, str(error))


def _lexicon(path: Path) -> Finding:
    try:
        entries = Lexicon.load(path).entries
    except LectureError as error:
        return Finding("lexicon", False, str(error))
    return Finding("lexicon", True, f"{len(entries)} entries in {path}")


def _job_store(settings: config.Settings) -> Iterator[Finding]:
    from app.jobs.files import data_folder

    try:
        folders.check(settings)
        store = bootstrap.store(settings)
        store.migrate()
        yield Finding("job store", True, store.database.where)
        fault = data_folder.fault(store, settings.paths.data)
        yield Finding("data folder", fault is None, fault or "is the job store's own")
        yield _callers(settings, store)
    except LectureError as error:
        yield Finding("job store", False, " ".join(str(error).split()))


def _callers(settings: config.Settings, store: Store) -> Finding:
    """Whether the service would start where others can reach it."""
    from app.cli import callers

    try:
        return Finding("callers", True, callers.check(settings, store, settings.server.host))
    except ConfigError as error:
        return Finding("callers", False, str(error))


def _port(settings: config.Settings) -> Finding:
    """Free, or taken by the service itself."""
    from app.cli.service import check_address

    host, port = settings.server.host, settings.server.port
    try:
        check_address(host, port)
    except LectureError as error:
        if not _answers(host, port):
            return Finding("port", False, str(error))
        return Finding("port", True, f"a service answers on {host} port {port}")
    return Finding("port", True, f"{host} port {port} is free")


def _answers(host: str, port: int) -> bool:
    """Whether a service like this one listens there."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - nothing is bound
    caller = http.client.HTTPConnection(reached, port, timeout=ANSWER_SECONDS)
    try:
        caller.request("GET", "/ping")
        answer = json.loads(caller.getresponse().read(1000))
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        caller.close()
    return isinstance(answer, dict) and answer.get("code") == "ok"


def _folder(folder: Path) -> Finding:
    what = f"folder {folder}"
    if not folder.is_dir():
        return Finding(what, False, "it is missing: create it, or change the paths.* settings")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(what, False, "it is not writable for this user")
    return Finding(what, True, f"{shutil.disk_usage(folder).free / 1e9:.0f} GB free")
