"""Bytes that are added to a file, all of a portion or none of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.disk import disk_full_named
from app.errors import Conflict, TooLarge
from app.library.staging import CHUNK, Source

ALGORITHMS = ("sha256", "sha1")
"""By which portions may be checked, best first."""


class ChecksumMismatch(Exception):
    """The bytes of a portion are not those that were announced; none of them was kept."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """Of one portion."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Portion:
    """What is to be added."""

    source: Source
    checksum: Checksum | None = None


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """A file, made when it is missing, which nobody else writes to.

    Raises:
        Conflict: Somebody does.
        DiskFull: No space is left for it.
    """
    with disk_full_named("the upload"):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(file)
        raise Conflict("another request is adding to this upload") from error
    try:
        yield file
    finally:
        os.close(file)


def append(file: int, portion: Portion, offset: int, length: int) -> int:
    """Write a portion in the place of all that lies behind an offset.

    Args:
        length: That the file may have.

    Returns:
        How long it is then.

    Raises:
        TooLarge: It would be longer.
        ChecksumMismatch: Not the bytes that were announced.
        DiskFull: No space is left.
    """
    os.ftruncate(file, offset)
    try:
        return _written(file, portion, offset, length)
    except BaseException:
        os.ftruncate(file, offset)
        raise


def sha256(file: int, length: int) -> str:
    """Of the beginning of a file."""
    digest = hashlib.sha256()
    offset = 0
    while offset < length and (piece := os.pread(file, CHUNK, offset)):
        digest.update(piece)
        offset += len(piece)
    return digest.hexdigest()


def _written(file: int, portion: Portion, offset: int, length: int) -> int:
    checksum = portion.checksum
    digest = None if checksum is None else hashlib.new(checksum.algorithm)
    while piece := portion.source.read(CHUNK):
        if offset + len(piece) > length:
            raise TooLarge(f"the upload was announced to have {length:,} bytes")
        if digest is not None:
            digest.update(piece)
        with disk_full_named("the upload"):
            _write_all(file, piece, offset)
        offset += len(piece)
    if checksum is not None and digest is not None and digest.digest() != checksum.digest:
        raise ChecksumMismatch
    return offset


def _write_all(file: int, piece: bytes, offset: int) -> None:
    rest = memoryview(piece)
    while rest:
        written = os.pwrite(file, rest, offset)
        rest, offset = rest[written:], offset + written
