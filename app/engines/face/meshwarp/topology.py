"""Which landmark of the 478-point face mesh lies where.

Indices of the MediaPipe face mesh with irises.  "Right" and "left" are those of
the person, so the right eye is seen on the left of the picture.  Contours of
the lips run from the right corner to the left one.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.portrait import mesh

N_LANDMARKS = 478
FIRST_IRIS = 468
"""The irises' ten points follow the 468 of the skin."""

FOREHEAD, CHIN, BELOW_NOSE = 10, 152, 2
RIGHT_EAR, LEFT_EAR = 234, 454
RIGHT_EYE_OUTER, LEFT_EYE_OUTER = 33, 263
RIGHT_CORNER, LEFT_CORNER = 61, 291
UPPER_LIP_MIDDLE, LOWER_LIP_MIDDLE = 13, 14

UPPER_OUTER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
LOWER_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
UPPER_INNER, LOWER_INNER = mesh.UPPER_INNER, mesh.LOWER_INNER

MOUTH_CORNERS = (61, 291, 78, 308)
UPPER_LIP = tuple(sorted({*UPPER_OUTER, *UPPER_INNER} - set(MOUTH_CORNERS)))
LOWER_LIP = tuple(sorted({*LOWER_OUTER, *LOWER_INNER} - set(MOUTH_CORNERS)))

WITHIN_LIPS = (
    76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306, 77, 90, 180, 85, 16, 315, 404, 320, 307,
    62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292, 96, 89, 179, 86, 15, 316, 403, 319, 325,
)  # fmt: skip
"""The two rings between the outer and the inner contour of the lips."""

FACE_OVAL = mesh.FACE_OVAL


@dataclass(frozen=True, slots=True)
class EyePoints:
    """Contours of one eye, from corner to corner, and the brow above it."""

    upper: tuple[int, ...]
    lower: tuple[int, ...]
    iris: int
    brow: tuple[int, ...]
    """Lower edge of the brow."""


RIGHT_EYE = EyePoints(
    upper=(33, 246, 161, 160, 159, 158, 157, 173, 133),
    lower=(33, 7, 163, 144, 145, 153, 154, 155, 133),
    iris=468,
    brow=(46, 53, 52, 65, 55),
)
LEFT_EYE = EyePoints(
    upper=(362, 398, 384, 385, 386, 387, 388, 466, 263),
    lower=(362, 382, 381, 380, 374, 373, 390, 249, 263),
    iris=473,
    brow=(276, 283, 282, 295, 285),
)
EYES = (RIGHT_EYE, LEFT_EYE)

BROWS = (
    70, 63, 105, 66, 107, 46, 53, 52, 65, 55,
    300, 293, 334, 296, 336, 276, 283, 282, 295, 285,
)  # fmt: skip
