"""Why a picture is refused, for programs, and what is seen in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PictureReason = Literal[
    "no_face",
    "several_faces",
    "too_small",
    "upside_down",
    "on_its_side",
    "from_the_side",
    "hidden",
    "cut_off",
    "too_dark",
    "too_bright",
    "blurred",
    "mouth_covered",
]
"""What can be wrong with a picture that can be read; part of the HTTP contract."""


@dataclass(frozen=True, slots=True)
class PictureSeen:
    """What is seen in a picture that is refused."""

    width: int
    """Pixels of the picture as it is used: upright, and reduced when it is very large."""
    height: int
    faces: tuple[tuple[int, int, int, int], ...] = ()
    """x, y, width and height of each in that picture, from brows to chin and ear to ear; from left
    to right."""
