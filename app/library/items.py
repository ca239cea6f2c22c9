"""What the library holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

_CONTROL = r"\u0000-\u001f\u007f-\u009f\u2028\u2029"

NAME_PATTERN = rf"^[^{_CONTROL}]*[^{_CONTROL}\s][^{_CONTROL}]*$"
"""Of a name: one line that is not blank.  Read alike by Rust, Python and JavaScript."""

TAG_PATTERN = rf"^[^{_CONTROL},]*[^{_CONTROL},\s][^{_CONTROL},]*$"
"""The same without commas, which stand between tags in a form."""

LONGEST_NAME = 200
LONGEST_TAG = 50
MOST_TAGS = 20

Origin = Literal["upload", "sample", "prompt"]


class Kind(StrEnum):
    """A kind of thing."""

    AVATAR = "avatar"
    VOICE = "voice"
    RECORDING = "recording"

    @property
    def prefix(self) -> str:
        """Of its ids, as callers see them."""
        return {Kind.AVATAR: "av", Kind.VOICE: "vo", Kind.RECORDING: "rec"}[self]


@dataclass(frozen=True, slots=True)
class New:
    """Something that is to be stored, besides its file."""

    kind: Kind
    tenant: str
    name: str
    tags: Sequence[str]
    seen: Mapping[str, Any]
    """What the examiner saw or heard; JSON."""
    origin: Origin = "upload"
    language: str | None = None
    """ISO 639-1, of a voice."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is stored."""

    id: int
    kind: Kind
    tenant: str
    name: str
    tags: tuple[str, ...]
    language: str | None
    seen: Mapping[str, Any]
    origin: Origin
    path: Path
    """Of its file, as it was sent."""
    sha256: str
    size: int
    media_type: str
    """By content."""
    created: float
    updated: float
    """Seconds since the epoch."""
    version: int
    """One more with each change."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things a list shall have."""

    q: str | None = None
    """Part of the name, in small letters or capitals."""
    tag: str | None = None
    before: int | None = None
    """Only those with a lesser id: lists begin with the newest."""
    limit: int = 20


def tidy(tags: Sequence[str]) -> list[str]:
    """Tags without blanks around them and without those that are there already.

    >>> tidy([" a", "b", "a"])
    ['a', 'b']
    """
    return list(dict.fromkeys(tag.strip() for tag in tags))
