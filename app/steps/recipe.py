"""What decides what a step makes, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FORMAT = 2
"""Raise it when the same input gives other files for a reason no engine knows of."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything besides the lecture's text that decides what the steps make."""

    speech: str
    """Name, version and options of the speech engine, as canonical JSON; empty for none."""
    face: str
    """The same of the face engine."""
    voice_sha256: str
    """Of the voice sample's bytes; empty for none."""
    image_sha256: str
    """Of the source image's bytes."""


def input_hash_of(*parts: str) -> str:
    """Hash of everything that an artifact is made from, in a fixed order."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for part in _framed(parts):
        digest.update(part)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _framed(parts: tuple[str, ...]) -> Iterator[bytes]:
    """Each part after its length, so that ("ab", "c") and ("a", "bc") differ."""
    for part in parts:
        raw = part.encode()
        yield len(raw).to_bytes(8, "big")
        yield raw
