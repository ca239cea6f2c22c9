"""Finished files, kept by the hash of what they were made from, and published to the caller.

Layout below the root::

    work/<owner>.<step>.<fence>/      private; files being made
    <hh>/<input hash>/                kept; never changed, only removed
        files.json                    name, size and sha256 of every other file

A kept directory appears whole, by one rename.  What is read back is verified first.
"""

from __future__ import annotations

import errno
import glob
import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.errors import DiskFull, PathError
from app.jobs.job import Claim
from app.steps import sha256_of

log = logging.getLogger(__name__)

LISTING = "files.json"

# EFBIG: the limit is this process's own (ulimit -f), but the cure is the same.
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of an artifact."""

    size: int
    sha256: str


_LISTINGS = TypeAdapter(dict[str, _Entry])


class Artifacts:
    """The artifacts below one directory, shared by any number of processes."""

    def __init__(self, root: Path) -> None:
        """Touches nothing yet."""
        self._root = root

    def work_dir(self, claim: Claim) -> Path:
        """An empty directory that nobody else writes to; the caller removes it.

        Raises:
            DiskFull: Not even a directory fits.
        """
        path = self._root / "work" / f"{claim.owner}.{claim.step_id}.{claim.fence}"
        with _disk_full_named(path):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
        return path

    def owners(self) -> set[str]:
        """Whoever has private directories."""
        work = self._root / "work"
        return {_owner(path) for path in work.iterdir()} if work.is_dir() else set()

    def sweep(self, owner: str) -> None:
        """Remove the private directories of an owner that is no more."""
        for path in (self._root / "work").iterdir():
            if _owner(path) == owner:
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
        with _disk_full_named(home):
            _write_listing(work_dir)
            home.parent.mkdir(parents=True, exist_ok=True)
            try:
                work_dir.rename(home)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
                if self.find(input_hash) is None:
                    work_dir.rename(home)
                else:
                    shutil.rmtree(work_dir)
            _sync_dir(home.parent)
        return home

    def find(self, input_hash: str) -> Path | None:
        """The artifact made from that input, every byte of it verified.

        A damaged one is removed, so that it is made again.
        """
        home = self._home(input_hash)
        if not home.is_dir():
            return None
        trouble = _damage(home)
        if trouble is None:
            return home
        log.warning("artifact removed input_hash=%s because=%s", input_hash, trouble)
        condemned = self._root / "work" / f"damaged-{secrets.token_hex(8)}.0.0"
        condemned.parent.mkdir(parents=True, exist_ok=True)
        try:
            # By one rename, so that nobody meets half an artifact.
            home.rename(condemned)
        except FileNotFoundError:
            return None
        shutil.rmtree(condemned, ignore_errors=True)
        return None

    def sums(self, artifact: Path) -> dict[str, str]:
        """sha256 of each file of an artifact, by name."""
        return {name: entry.sha256 for name, entry in _read_listing(artifact).items()}

    def stage(self, artifact: Path, targets: Mapping[str, Path]) -> Staged:
        """Copy files beside the places where they are to appear; see :meth:`Staged.publish`.

        Args:
            targets: Where each file of the artifact goes; the order is that of publishing.

        Raises:
            DiskFull: No space is left there.
            PathError: The place cannot be written to.
        """
        listing = _read_listing(artifact)
        staged = Staged([])
        try:
            for name, target in targets.items():
                if not _is_published(target, listing[name]):
                    staged.parts.append((_copy_beside(artifact / name, target), target))
        except BaseException:
            staged.discard()
            raise
        return staged

    def publish(self, artifact: Path, targets: Mapping[str, Path]) -> None:
        """Copy files of an artifact to their places; those that lie there already stay.

        Raises:
            DiskFull: No space is left there.
            PathError: The place cannot be written to.
        """
        self.stage(artifact, targets).publish()

    def _home(self, input_hash: str) -> Path:
        return self._root / input_hash[:2] / input_hash


@dataclass(frozen=True, slots=True)
class Staged:
    """Copies that only need to be renamed."""

    parts: list[tuple[Path, Path]]
    """Where each copy lies, and where it goes."""

    def publish(self) -> None:
        """Let the files appear, each at once and whole, in the order of staging.

        Raises:
            PathError: The place cannot be written to any more.
        """
        while self.parts:
            part, target = self.parts[0]
            with _place_named(target):
                part.replace(target)
                _sync_dir(target.parent)
            self.parts.pop(0)

    def discard(self) -> None:
        """Remove the copies that were not published.  Safe to call twice."""
        while self.parts:
            part, _target = self.parts.pop()
            part.unlink(missing_ok=True)


def disk_full(error: OSError) -> DiskFull | None:
    """The error to raise when no space was left; ``None`` for any other error."""
    if error.errno not in _NO_SPACE:
        return None
    return DiskFull(f"no space left: {error.strerror}")


@contextmanager
def _disk_full_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise DiskFull(f"no space left for {path}: {error.strerror}") from error
        raise


@contextmanager
def _place_named(target: Path) -> Iterator[None]:
    try:
        with _disk_full_named(target):
            yield
    except OSError as error:
        raise PathError(f"cannot write {target}: {error.strerror}") from error


def _owner(work_dir: Path) -> str:
    """Owners may have dots in their names."""
    return work_dir.name.rsplit(".", 2)[0]


def _write_listing(directory: Path) -> None:
    """Measure every file, and have all of them on the disk before the listing names them."""
    listing = {}
    for path in sorted(directory.iterdir()):
        if path.name != LISTING:
            _sync(path)
            listing[path.name] = _Entry(path.stat().st_size, sha256_of(path))
    (directory / LISTING).write_bytes(_LISTINGS.dump_json(listing, indent=1))
    _sync(directory / LISTING)
    _sync_dir(directory)


def _read_listing(artifact: Path) -> dict[str, _Entry]:
    return _LISTINGS.validate_json((artifact / LISTING).read_bytes())


def _damage(artifact: Path) -> str | None:
    """What is wrong with an artifact; ``None`` when nothing is."""
    try:
        for name, entry in _read_listing(artifact).items():
            if (artifact / name).stat().st_size != entry.size:
                return f"size of {name}"
            if sha256_of(artifact / name) != entry.sha256:
                return f"sha256 of {name}"
    except (ValidationError, json.JSONDecodeError):
        return "unreadable listing"
    except FileNotFoundError as error:
        return f"missing {Path(error.filename).name}"
    return None


def _is_published(target: Path, entry: _Entry) -> bool:
    try:
        return target.stat().st_size == entry.size and sha256_of(target) == entry.sha256
    except OSError:
        return False


def _copy_beside(source: Path, target: Path) -> Path:
    """Copy to a hidden file in the target's directory, on disk when this returns."""
    part = target.parent / f".{target.name}.{secrets.token_hex(8)}.part"
    with _place_named(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned_parts(target)
        try:
            shutil.copyfile(source, part)
            _sync(part)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return part


def _remove_abandoned_parts(target: Path) -> None:
    """Copies of a worker that was killed; no two live claims publish the same file."""
    for part in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_dir(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
