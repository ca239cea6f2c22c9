"""Finished files, kept by the hash of what they were made from, and published to the caller.

Layout below the root::

    work/<owner>.<step>.<fence>/      private; files being made
    <hh>/<input hash>/                kept; never changed, only removed
        files.json                    name, size and sha256 of every other file

A kept directory appears whole, by one rename.  What is read back is verified first.
Its own modification time tells when it was used last.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.disk import disk_full_named, sync, sync_dir
from app.jobs.files.publishing import Wanted
from app.jobs.store.job import Claim
from app.steps import sha256_of

log = logging.getLogger(__name__)

LISTING = "files.json"

VERIFIED_SECONDS = 3600.0
"""How long a process believes an artifact that it has verified and whose files look untouched.

Slides and the final file read every fragment again; a lecture that takes longer
than this does not mind the hashing.
"""

REMEMBERED = 20_000
"""Verified artifacts that a process remembers at a time."""

_Signature = tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An artifact, as far as it takes space."""

    input_hash: str
    size: int
    """Bytes of all its files."""
    used: float
    """When it was made or found last, seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of an artifact."""

    size: int
    sha256: str


@cache
def _listings() -> TypeAdapter[dict[str, _Entry]]:
    return TypeAdapter(dict[str, _Entry])


class Artifacts:
    """The artifacts below one directory, shared by any number of processes."""

    def __init__(self, root: Path) -> None:
        """Touches nothing yet."""
        self._root = root
        self._verified: dict[str, tuple[float, _Signature]] = {}

    def work_dir(self, claim: Claim) -> Path:
        """An empty directory that nobody else writes to; the caller removes it.

        Raises:
            DiskFull: Not even a directory fits.
        """
        path = self._root / "work" / f"{claim.owner}.{claim.step_id}.{claim.fence}"
        with disk_full_named(self._root.name):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
        return path

    def owners(self) -> set[str]:
        """Whoever has private directories."""
        work = self._root / "work"
        return {_owner(path) for path in work.iterdir()} if work.is_dir() else set()

    def private(self, owner: str) -> list[Path]:
        """The private directories of an owner."""
        return [path for path in (self._root / "work").iterdir() if _owner(path) == owner]

    def sweep(self, owner: str) -> None:
        """Remove the private directories of an owner that is no more."""
        for path in self.private(owner):
            shutil.rmtree(path, ignore_errors=True)

    def keep(self, work_dir: Path, input_hash: str) -> Path:
        """Make an artifact of the files in a private directory.

        The same artifact made by somebody else meanwhile is as good; then ours is
        dropped.

        Returns:
            The artifact's directory.

        Raises:
            DiskFull: No space is left.
        """
        home = self._home(input_hash)
        with disk_full_named(self._root.name):
            _write_listing(work_dir)
            home.parent.mkdir(parents=True, exist_ok=True)
            try:
                work_dir.rename(home)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
                if self.find(input_hash) is not None:
                    shutil.rmtree(work_dir)
                    return home
                work_dir.rename(home)
            sync_dir(home.parent)
        self._believe(input_hash, _signature(home))
        return home

    def find(self, input_hash: str) -> Path | None:
        """The artifact made from that input, verified, and from now on used just now.

        Every byte is verified, at most once in :data:`VERIFIED_SECONDS` as long as the
        files look untouched.  A damaged artifact is removed, so that it is made again.
        """
        home = self._home(input_hash)
        if not home.is_dir():
            return None
        trouble = self._damage(home, input_hash)
        if trouble is None:
            with suppress(OSError):  # another user's artifact is only read
                os.utime(home)
            return home
        log.warning("artifact removed input_hash=%s because=%s", input_hash, trouble)
        self.remove(input_hash)
        return None

    def remove(self, input_hash: str) -> bool:
        """Remove an artifact; ``False`` when it was gone already."""
        condemned = self._root / "work" / f"removed-{secrets.token_hex(8)}.0.0"
        condemned.parent.mkdir(parents=True, exist_ok=True)
        self._verified.pop(input_hash, None)
        try:
            # By one rename, so that nobody meets half an artifact.
            self._home(input_hash).rename(condemned)
        except FileNotFoundError:
            return False
        shutil.rmtree(condemned, ignore_errors=True)
        return True

    def kept(self) -> Iterator[Kept]:
        """Every artifact, in no order."""
        for home in self._root.glob("[0-9a-f][0-9a-f]/*"):
            try:
                size = sum(file.stat().st_size for file in os.scandir(home))
                yield Kept(home.name, size, home.stat().st_mtime)
            except (FileNotFoundError, NotADirectoryError):
                continue  # removed by somebody at this moment

    def last_use(self, input_hash: str) -> float | None:
        """When an artifact was used last; ``None`` when it is gone."""
        try:
            return self._home(input_hash).stat().st_mtime
        except FileNotFoundError:
            return None

    def sums(self, artifact: Path) -> dict[str, str]:
        """sha256 of each file of an artifact, by name."""
        return {name: entry.sha256 for name, entry in _read_listing(artifact).items()}

    def wanted(
        self, artifact: Path, places: Mapping[str, Path], changed: Mapping[str, bytes]
    ) -> list[Wanted]:
        """What to publish of an artifact, in the order of ``places``.

        Args:
            places: Where each file goes.
            changed: Other content for some of the files.
        """
        listing = _read_listing(artifact) | {
            name: _Entry(len(content), hashlib.sha256(content).hexdigest())
            for name, content in changed.items()
        }
        return [
            Wanted(
                changed.get(name, artifact / name), target, listing[name].size, listing[name].sha256
            )
            for name, target in places.items()
        ]

    def _home(self, input_hash: str) -> Path:
        return self._root / input_hash[:2] / input_hash

    def _damage(self, home: Path, input_hash: str) -> str | None:
        """What is wrong with an artifact; ``None`` when nothing is."""
        when, believed = self._verified.get(input_hash, (0.0, ()))
        try:
            signature = _signature(home)
            if signature == believed and time.monotonic() - when < VERIFIED_SECONDS:
                return None
            trouble = _damage(home)
        except (ValidationError, json.JSONDecodeError):
            return "unreadable listing"
        except FileNotFoundError as error:
            return f"missing {Path(error.filename).name}"
        if trouble is None:
            self._believe(input_hash, signature)
        return trouble

    def _believe(self, input_hash: str, signature: _Signature) -> None:
        if len(self._verified) >= REMEMBERED:
            self._verified.clear()
        self._verified[input_hash] = time.monotonic(), signature


def _owner(work_dir: Path) -> str:
    """Owners may have dots in their names."""
    return work_dir.name.rsplit(".", 2)[0]


def _write_listing(directory: Path) -> None:
    """Measure every file, and have all of them on the disk before the listing names them."""
    listing = {}
    for path in sorted(directory.iterdir()):
        if path.name != LISTING:
            sync(path)
            listing[path.name] = _Entry(path.stat().st_size, sha256_of(path))
    (directory / LISTING).write_bytes(_listings().dump_json(listing, indent=1))
    sync(directory / LISTING)
    sync_dir(directory)


def _read_listing(artifact: Path) -> dict[str, _Entry]:
    return _listings().validate_json((artifact / LISTING).read_bytes())


def _damage(artifact: Path) -> str | None:
    """The first file that is not as the listing says."""
    for name, entry in _read_listing(artifact).items():
        if (artifact / name).stat().st_size != entry.size:
            return f"size of {name}"
        if sha256_of(artifact / name) != entry.sha256:
            return f"sha256 of {name}"
    return None


def _signature(artifact: Path) -> _Signature:
    """Changes with every change of a file, however its times are set back afterwards."""
    found = [(artifact / name).stat() for name in (LISTING, *_read_listing(artifact))]
    return tuple((each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in found)
