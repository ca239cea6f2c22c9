"""How well a face can be seen: its light, and how sharp its eyes are."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from app.portrait.mesh import FACE_OVAL, LEFT_EYE_CORNER, RIGHT_EYE_CORNER, upright_square

Plane = npt.NDArray[np.float32]

_WHITE = 248
_BLUR = 0.04
"""Of the blur that is added, in distances between the outer corners of the eyes."""
_STEEPEST = 0.05


@dataclass(frozen=True, slots=True)
class Looks:
    """What light and lens made of a face."""

    brightness: float
    """From 0 to 255, reached by the brightest tenth of the face."""
    burnt: float
    """Share of the face that is white."""
    blur: float
    """Share of the steepness of the edges about the eyes that is left when they are blurred
    a little more: small for a sharp face, near 1 for one that was blurred before."""


def looks_of(picture: npt.NDArray[np.uint8], landmarks: npt.NDArray[np.float32]) -> Looks:
    """Light and sharpness of a face.

    Args:
        picture: RGB.
        landmarks: Shape (478, 3), pixels.
    """
    square, points = upright_square(picture, landmarks)
    brightness = cv2.cvtColor(square, cv2.COLOR_RGB2GRAY)
    outline = np.zeros_like(brightness)
    cv2.fillPoly(outline, [np.round(points[list(FACE_OVAL)]).astype(np.int32)], 1)
    face = brightness[outline > 0]
    return Looks(
        brightness=float(np.percentile(face, 90)),
        burnt=float((face >= _WHITE).mean()),
        blur=_blur(brightness.astype(np.float32), points),
    )


def _blur(brightness: Plane, points: Plane) -> float:
    """Across or down, whichever is less sharp: a hand that moves blurs one of them."""
    left, right = points[LEFT_EYE_CORNER], points[RIGHT_EYE_CORNER]
    eyes = float(np.linalg.norm(right - left))
    blurred = np.asarray(cv2.GaussianBlur(brightness, (0, 0), _BLUR * eyes), np.float32)
    down = (left[1] + right[1]) / 2
    window = (
        slice(max(round(down - 0.28 * eyes), 0), round(down + 0.2 * eyes)),
        slice(max(round(left[0] - 0.1 * eyes), 0), round(right[0] + 0.1 * eyes)),
    )
    return max(
        _steepness(blurred, across, window) / max(_steepness(brightness, across, window), 1e-3)
        for across in (True, False)
    )


def _steepness(plane: Plane, across: bool, window: tuple[slice, slice]) -> float:
    """Mean of the steepest twentieth of the edges in a window."""
    edges = np.abs(cv2.Sobel(plane, cv2.CV_32F, int(across), int(not across), ksize=3))[window]
    count = max(round(_STEEPEST * edges.size), 1)
    return float(np.partition(edges.ravel(), -count)[-count:].mean())
