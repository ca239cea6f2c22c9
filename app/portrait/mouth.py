"""Whether the mouth of a face can be seen.

The mesh always draws a mouth, also on a mask.  But where it sees one, it draws it in the
same place however the face is framed; where it has to guess, its guess follows the frame.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.portrait.mesh import (
    LEFT_EYE_CORNER,
    LOWER_INNER,
    RIGHT_EYE_CORNER,
    UPPER_INNER,
    Mesh,
    Nudge,
)

_NUDGES = (
    *(Nudge(right=right, down=down) for down in (0.1, -0.1) for right in (0.1, -0.1)),
    *(Nudge(size=size) for size in (0.8, 0.9, 1.15, 1.3)),
    *(Nudge(tilt=tilt) for tilt in (0.25, -0.25)),
)
_INNER_LIPS = (*LOWER_INNER, *UPPER_INNER[1:-1])
_EYES = (33, 133, 362, 263, 159, 145, 386, 374, 168, 6)
"""Corners and lids, and the bridge of the nose between them."""


def mouth_wander(
    mesh: Mesh, picture: npt.NDArray[np.uint8], landmarks: npt.NDArray[np.float32]
) -> float:
    """How far the lips wander when the face is framed otherwise, in about 40 ms.

    The face is fitted again in ten crops: four shifted, four of other sizes, two tilted.  How far
    the lips then are from their median place against the eyes is taken in the median of the
    crops, because one that shows much beyond the border of a picture may fail; as a share of the
    distance between the eyes, and as a multiple of the eyes' own wander, which blur and grain
    enlarge as well.  This is the geometric mean of both.

    Args:
        landmarks: Shape (478, 3), pixels.
    """
    seen = np.stack([again[:, :2] for again in mesh.refit(picture, landmarks, _NUDGES)])
    against_eyes = seen - seen[:, _EYES].mean(axis=1, keepdims=True)
    distance = np.linalg.norm(against_eyes - np.median(against_eyes, axis=0), axis=2)
    lips, own = (
        float(np.median(distance[:, points].mean(axis=1))) for points in (_INNER_LIPS, _EYES)
    )
    eyes = np.linalg.norm(landmarks[RIGHT_EYE_CORNER, :2] - landmarks[LEFT_EYE_CORNER, :2])
    return float(np.sqrt((lips / eyes) * (lips / own)))
