"""What a picture shows, in whole pixels, for whoever is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from app.errors import PictureSeen, SourceImageError

Box = tuple[float, float, float, float]


@contextmanager
def telling(picture: npt.NDArray[np.uint8], faces: Iterable[Box] = ()) -> Iterator[None]:
    """Let a refusal tell the size of the picture, and where faces were found in it."""
    try:
        yield
    except SourceImageError as error:
        height, width = picture.shape[:2]
        boxes = tuple(whole_box(face, width, height) for face in faces)
        error.seen = PictureSeen(width, height, boxes)
        raise


def whole_box(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """A box in whole pixels, cut at the borders of a picture.

    >>> whole_box((-3.2, 5.6, 20.0, 10.0), 100, 12)
    (0, 6, 17, 6)
    """
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    right, bottom = min(width, round(box[0] + box[2])), min(height, round(box[1] + box[3]))
    return left, top, right - left, bottom - top
