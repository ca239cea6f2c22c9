"""What a job that shows a stored face carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from app.steps.content import JobContent

AVATAR = "avatar"
"""The kind of job that shows a stored face."""


@dataclass(frozen=True, slots=True)
class StoredFace:
    """A stored face, and what moves it."""

    id: int
    source_image: Path
    face_engine: str
    """Empty when none can run here."""


@cache
def faces() -> TypeAdapter[StoredFace]:
    """From and to JSON."""
    return TypeAdapter(StoredFace)


def content_of(face: StoredFace) -> JobContent:
    """A stored face as its job carries it."""
    return JobContent(AVATAR, face.id, faces().dump_json(face).decode())


def face_of(content: JobContent) -> StoredFace:
    """The face that a job is to show.

    Raises:
        ValueError: It is to do something else.
    """
    if content.kind != AVATAR:
        raise ValueError(f"{content} is no {AVATAR}")
    return faces().validate_json(content.text)
