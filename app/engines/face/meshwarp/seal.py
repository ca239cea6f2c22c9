"""Closing the mouth of a picture whose lips are apart.

Warping brings the lips together but cannot make what stood between them vanish: teeth
would be left as a dotted white line.  So while somebody speaks, the gap in the picture
is filled with the lips' own colour; the open mouth is painted anew where it is needed.
"""

from __future__ import annotations

import cv2
import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head

_SMALLEST_GAP = 0.5
"""Units; a smaller one is the dark line between closed lips, which is wanted."""

_SEAM = 0.6
"""Brightness of the line at which closed lips meet, of the lips'."""


class LipSeal:
    """The gap between the lips of one picture."""

    def __init__(self, picture: Frame, head: Head) -> None:
        """Fill the gap once; does nothing for a closed mouth."""
        self._box: Box | None = None
        if float(head.lip_gap.max()) < _SMALLEST_GAP:
            return
        contour = head.landmarks[[*mesh.UPPER_INNER, *mesh.LOWER_INNER[::-1]], :2]
        self._box = box = _box_around(contour, round(4.0 * head.unit), picture)
        self._open = picture[box.y0 : box.y1, box.x0 : box.x1].astype(np.float32)
        self._filled = _fill(picture, contour, head.unit, box)

    def draw(self, source: Frame, share: float) -> None:
        """Close the gap, in place.

        Args:
            source: The picture, RGB.
            share: 0 leaves the mouth as it is in the picture, 1 fills it.
        """
        if self._box is None:
            return
        box = self._box
        mixed = self._open + (self._filled - self._open) * np.float32(share)
        source[box.y0 : box.y1, box.x0 : box.x1] = np.rint(mixed).astype(np.uint8)


def _box_around(contour: Floats, margin: int, picture: Frame) -> Box:
    x0, y0 = np.floor(contour.min(axis=0)).astype(int) - margin
    x1, y1 = np.ceil(contour.max(axis=0)).astype(int) + margin
    height, width = picture.shape[:2]
    return Box(int(x0), int(y0), int(x1), int(y1)).clipped(Box(0, 0, width, height))


def _fill(picture: Frame, contour: Floats, unit: float, box: Box) -> Floats:
    """The box with the gap grown over by its surroundings and darkened."""
    part = np.ascontiguousarray(picture[box.y0 : box.y1, box.x0 : box.x1])
    mask = np.zeros(part.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(contour - (box.x0, box.y0)).astype(np.int32)], 255)
    # Teeth shine a little over the landmarks.
    border = 2 * max(1, round(0.5 * unit)) + 1
    gap = cv2.dilate(mask, np.ones((border, border), np.uint8))
    grown = cv2.inpaint(part, gap, max(2.0, unit), cv2.INPAINT_TELEA).astype(np.float32)
    soft = cv2.GaussianBlur(gap, (0, 0), max(0.6, 0.3 * unit)).astype(np.float32) / 255.0
    return np.asarray(grown * (1.0 - (1.0 - _SEAM) * soft[..., None]), np.float32)
