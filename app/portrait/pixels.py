"""A picture between file and colours, and how large it may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt

from app.errors import SourceImageError

LONGEST_SIDE = 4000
"""A face stays far larger than any clip shows it."""
LEAST_SIDE = 32
MOST_MEGAPIXELS = 200
"""Of the largest sensors in phones."""
MOST_WHOLE_MEGAPIXELS = 40
"""Where a picture cannot be reduced while it is decoded.  It is then read in about 300 MB, a
progressive JPEG without subsampling in 420."""
BACKDROP = (226, 227, 229)
"""Light grey behind transparent pictures; H.264 holds it without banding."""


class Space(Enum):
    """What the samples of a pixel mean; the value is how many there are without alpha."""

    GREY = 1
    RGB = 3
    CMYK = 4


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """A decoded picture, reduced, in the colours of its file."""

    samples: npt.NDArray[np.uint8]
    """Shape (height, width, samples): those of the space, and alpha when there is one more.
    Ink of CMYK: 0 is none."""
    space: Space
    profile: bytes = b""
    """The embedded ICC profile; empty when there is none."""
    orientation: int = 1
    """As EXIF numbers it."""


def check_size(width: int, height: int, most: int = MOST_MEGAPIXELS, kind: str = "") -> None:
    """Let a size through that can be decoded.

    Args:
        most: Megapixels.
        kind: What kind of picture has that bound, for the message: "a PNG saved interlaced".

    Raises:
        SourceImageError: It is too large or too small.
    """
    if width * height > most * 1_000_000:
        of_kind = f" of {kind}" if kind else ""
        plain = ", or as a plain JPEG" if kind else ""
        raise SourceImageError(
            f"the picture has {width} x {height} pixels, more than the {most} megapixels that "
            f"are read{of_kind}: save it smaller, {LONGEST_SIDE} pixels on the long side are "
            f"enough{plain}"
        )
    if min(width, height) < LEAST_SIDE:
        raise SourceImageError(
            f"the picture has {width} x {height} pixels; each side needs at least {LEAST_SIDE}"
        )


def reduction(width: int, height: int) -> float:
    """What both sides are multiplied by so that the long one is short enough."""
    return min(LONGEST_SIDE / max(width, height), 1.0)


def reduced(samples: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Samples of shape (height, width, samples), averaged so that the long side is short enough.

    They themselves when it is.
    """
    height, width, n_samples = samples.shape
    scale = reduction(width, height)
    if scale == 1:
        return samples
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    smaller = cv2.resize(samples, size, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8).reshape(size[1], size[0], n_samples)
