"""Scripts, styles and words of the page, held in memory and told by what they contain."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("assets")

_MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a browser fetches."""

    content: bytes
    packed: bytes
    """The same by gzip."""
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All of them."""

    version: str
    """Other where one of them is other: browsers keep what an address names for ever."""
    files: Mapping[str, Asset]
    """By their path below the folder."""


@cache
def assets() -> Assets:
    """Read them, once for each process."""
    files, digest = {}, hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if not path.is_file():
            continue
        name, content = path.relative_to(FOLDER).as_posix(), path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
        packed = gzip.compress(content, mtime=0)
        files[name] = Asset(content, packed, _MEDIA_TYPES[path.suffix])
    return Assets(digest.hexdigest()[:16], files)
