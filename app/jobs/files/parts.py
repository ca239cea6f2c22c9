"""Copies that lie beside their places until they appear there: their names, and finding them."""

from __future__ import annotations

import re
import secrets
import stat
from collections.abc import Collection, Iterator
from typing import NamedTuple

from app.disk.folder import Folder

_PART = re.compile(r"\.(?P<target>.+)\.(?P<turn>[0-9a-f]{24})(\.[0-9a-f]{16})?\.part")
"""The random end is optional: copies of versions before have none."""


class Part(NamedTuple):
    """A copy that has not appeared yet."""

    name: str
    turn: str
    size: int
    changed: float
    """Seconds since the epoch."""


def turn_of(step_id: int, fence: int) -> str:
    """Name of a claim among all that ever publish a file; a later one is greater."""
    return f"{step_id:016x}{fence:08x}"


def part_name(target: str, turn: str) -> str:
    """A new name for a copy, which nobody can have put something at beforehand.

    Args:
        target: Name that it is to appear under.
    """
    return f".{target}.{turn}.{secrets.token_hex(8)}.part"


def parts_in(folder: Folder, targets: Collection[str]) -> Iterator[Part]:
    """Copies in a folder that have not appeared; links and other things of such names are none.

    Args:
        targets: Names that they were to appear under.
    """
    for name in folder.names():
        matched = _PART.fullmatch(name)
        if matched is None or matched["target"] not in targets:
            continue
        status = folder.status(name)
        if status is not None and stat.S_ISREG(status.st_mode):
            yield Part(name, matched["turn"], status.st_size, status.st_mtime)
