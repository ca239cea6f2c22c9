"""A stored face becomes a small square picture."""

from __future__ import annotations

from pathlib import Path

from app.steps.content import JobContent
from app.steps.recipe import input_hash_of
from app.steps.step import Kind, Queue, Step
from app.steps.stored_face import face_of
from app.steps.workshop import Surroundings, Workshop

PICTURE = "thumbnail.jpg"

_LOOK = "320 px, two faces across"
"""Other when other pictures are made."""


def step(image_sha256: str, folder: Path) -> Step:
    """The step that makes it.

    Args:
        image_sha256: Of the face's picture.
        folder: Where it appears.
    """
    return KIND.step(
        0,
        needs=(),
        input_hash=input_hash_of(KIND.name, _LOOK, image_sha256),
        slide=None,
        letters=0,
        places={PICTURE: folder / PICTURE},
    )


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    del number
    workshop.write_thumbnail(face_of(content).source_image, around.target / PICTURE)


KIND = Kind("thumbnail", Queue.CPU, cost=0.1, of_fragment=False, do=_do)
