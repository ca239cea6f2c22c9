"""Removes what nobody needs any more: artifacts, copies of input, old events, leftovers.

Nothing that a lecture needs which has not ended is removed.  What is removed by mistake
of the clock costs time only: an artifact is made again.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.disk.folder import Folder, open_folder
from app.errors import PathError
from app.jobs.files.artifacts import Artifacts, Kept
from app.jobs.files.parts import parts_in
from app.jobs.store import needed
from app.jobs.store.store import Store

log = logging.getLogger(__name__)

STAGING = ".staging-"
"""How the name of a folder begins that a request is being copied to."""

LEFTOVER_SECONDS = 3600.0
"""Age from which nobody works on a staging folder or an unpublished copy any more."""

SETTLED_SECONDS = 300.0
"""What a request gets from the settling of its copies to its lecture's row."""

LIMIT_SECONDS = 60.0
"""Between two looks at the size of all artifacts, at least."""


@dataclass(frozen=True, slots=True)
class Removed:
    """How many things of a kind, and their bytes."""

    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What :func:`clean` has removed, or would remove."""

    artifacts: Removed
    inputs: Removed
    leftovers: Removed
    events: int


def clean(
    store: Store, artifacts: Artifacts, inputs: Path, *, older_seconds: float, dry_run: bool
) -> Cleaned:
    """Remove what has not been used for that long, and what dead processes left behind.

    Args:
        inputs: Folder of the input copies.
        dry_run: Only tell.
    """
    with store.database.read() as connection:
        events = needed.count_old_events(connection, older_seconds)
        places = needed.places(connection)
    cleaned = Cleaned(
        artifacts=_clean_artifacts(store, artifacts, older_seconds, dry_run=dry_run),
        inputs=_remove(_old_inputs(store, inputs, older_seconds), dry_run=dry_run),
        leftovers=_sum(
            _remove(_leftovers(store, artifacts, inputs), dry_run=dry_run),
            remove_parts(places, dry_run=dry_run),
        ),
        events=events,
    )
    if events and not dry_run:
        store.database.write_in_portions(
            lambda connection: needed.forget_old_events(connection, older_seconds)
        )
    return cleaned


class Limit:
    """Bounds the size of all artifacts, for any number of threads."""

    def __init__(self, store: Store, artifacts: Artifacts, max_gigabytes: float | None) -> None:
        """Looks at nothing yet.

        Args:
            max_gigabytes: Of 10^9 bytes; ``None``: no bound.
        """
        self._store = store
        self._artifacts = artifacts
        self._max_bytes = None if max_gigabytes is None else int(max_gigabytes * 1e9)
        self._looking = threading.Lock()
        self._looked = -LIMIT_SECONDS

    def check(self) -> None:
        """Remove the artifacts unused for longest beyond the bound, if it is time to look."""
        if self._max_bytes is None or not self._looking.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._looked >= LIMIT_SECONDS:
                self._looked = time.monotonic()
                keep_within(self._store, self._artifacts, self._max_bytes)
        finally:
            self._looking.release()


def keep_within(store: Store, artifacts: Artifacts, max_bytes: int) -> Removed:
    """Remove the artifacts unused for longest until the others fit, or are needed."""
    kept = sorted(artifacts.kept(), key=lambda each: each.used)
    size = sum(each.size for each in kept)
    if size <= max_bytes:
        return Removed(0, 0)
    wanted = _wanted(store)
    chosen = []
    for each in kept:
        if size <= max_bytes:
            break
        if each.input_hash not in wanted:
            chosen.append(each)
            size -= each.size
    if size > max_bytes:
        log.warning("artifacts over the bound and needed bytes=%d bound=%d", size, max_bytes)
    return _remove_artifacts(store, artifacts, chosen)


def _clean_artifacts(
    store: Store, artifacts: Artifacts, older_seconds: float, *, dry_run: bool
) -> Removed:
    wanted = _wanted(store)
    before = time.time() - older_seconds
    old = [
        each for each in artifacts.kept() if each.used < before and each.input_hash not in wanted
    ]
    if dry_run:
        return Removed(len(old), sum(each.size for each in old))
    return _remove_artifacts(store, artifacts, old)


def _wanted(store: Store) -> set[str]:
    with store.database.read() as connection:
        return needed.artifacts(connection)


def _remove_artifacts(store: Store, artifacts: Artifacts, chosen: Iterable[Kept]) -> Removed:
    removed = []
    for each in chosen:
        # Found by somebody since it was looked at: a new lecture needs it.
        if artifacts.last_use(each.input_hash) == each.used and artifacts.remove(each.input_hash):
            removed.append(each)
    if removed:
        needed.forget_artifacts(store.database, [each.input_hash for each in removed])
    total = Removed(len(removed), sum(each.size for each in removed))
    log.info("artifacts removed number=%d bytes=%d", total.number, total.size)
    return total


def _old_inputs(store: Store, inputs: Path, older_seconds: float) -> list[Path]:
    """Copies for lectures that ended long ago, for earlier generations, for nobody."""
    with store.database.read() as connection:
        wanted = needed.inputs(connection, older_seconds)
    return [
        path
        for path in _entries(inputs)
        if not path.name.startswith(STAGING) and path not in wanted and _age(path) > SETTLED_SECONDS
    ]


def _leftovers(store: Store, artifacts: Artifacts, inputs: Path) -> list[Path]:
    """What dead processes were about to make in the service's own folder."""
    living = {record.id for record in store.workers()}
    staging = [path for path in _entries(inputs) if path.name.startswith(STAGING)]
    private = [path for owner in artifacts.owners() - living for path in artifacts.private(owner)]
    return [path for path in (*staging, *private) if _age(path) > LEFTOVER_SECONDS]


def remove_parts(places: Iterable[Path], *, dry_run: bool) -> Removed:
    """Copies that dead processes were about to publish, beside their places."""
    targets: dict[Path, set[str]] = defaultdict(set)
    for place in places:
        targets[place.parent].add(place.name)
    removed: list[Removed] = []
    for path, names in targets.items():
        try:
            with open_folder(path) as folder:
                removed += _remove_parts_in(folder, names, dry_run=dry_run)
        except FileNotFoundError:
            continue  # results that their owner has removed
        except (OSError, PathError) as error:
            # Somebody else's by now; their path is no matter of the log.
            log.warning("results not searched for leftovers because=%s", type(error).__name__)
    return _sum(*removed)


def _remove_parts_in(folder: Folder, targets: set[str], *, dry_run: bool) -> Iterator[Removed]:
    for part in parts_in(folder, targets):
        if time.time() - part.changed > LEFTOVER_SECONDS:
            if not dry_run:
                folder.remove(part.name)
            yield Removed(1, part.size)


def _sum(*removed: Removed) -> Removed:
    return Removed(sum(each.number for each in removed), sum(each.size for each in removed))


def _remove(paths: Iterable[Path], *, dry_run: bool) -> Removed:
    number = size = 0
    for path in paths:
        number += 1
        size += _size(path)
        if dry_run:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return Removed(number, size)


def _entries(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _age(path: Path) -> float:
    """Seconds since a file or folder changed; 0 for one that is gone."""
    try:
        return time.time() - path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0


def _size(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if file.is_file())
