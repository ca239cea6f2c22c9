"""A small square picture of a face."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from app.portrait.face import FaceFinder
from app.portrait.picture import read_picture

SIDE = 320
"""Pixels."""

_FACES_ACROSS = 2.0
"""Of the square, where the picture is large enough: hair and shoulders belong to a portrait."""

_ABOVE = 0.08
"""By how much of the square its middle is above that of the face, for the hair."""

_QUALITY = 85


def write_thumbnail(picture: Path, target: Path) -> None:
    """Write a JPEG of 320 x 320 pixels around the one face of a picture.

    A picture that is too small for that is enlarged.

    Raises:
        SourceImageError: It cannot be read, or shows no usable face.
    """
    pixels = read_picture(picture)
    square = square_around(FaceFinder().find(pixels).box, pixels)
    how = cv2.INTER_AREA if square.shape[0] >= SIDE else cv2.INTER_CUBIC
    small = cv2.resize(square, (SIDE, SIDE), interpolation=how)
    _, jpeg = cv2.imencode(
        ".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
    )
    target.write_bytes(jpeg.tobytes())


def square_around(
    box: tuple[float, float, float, float], picture: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    """The part of a picture about a face, as large as wished or as the picture allows.

    Args:
        box: x, y, width and height of the face.
    """
    height, width = picture.shape[:2]
    side = min(round(_FACES_ACROSS * max(box[2], box[3])), height, width)
    left = _placed(box[0] + box[2] / 2, side, width)
    top = _placed(box[1] + box[3] / 2 - _ABOVE * side, side, height)
    return np.ascontiguousarray(picture[top : top + side, left : left + side])


def _placed(middle: float, side: int, length: int) -> int:
    """Where a stretch of so many pixels begins, so that all of it is within the picture."""
    return min(max(0, round(middle - side / 2)), length - side)
