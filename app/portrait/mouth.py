"""Whether the mouth of a face can be seen.

The mesh always draws a mouth, also on a mask.  But where it sees one, it draws it in the
same place however the face is framed; where it has to guess, its guess follows the frame.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.portrait.mesh import LEFT_EYE_CORNER, RIGHT_EYE_CORNER, Mesh, Nudge

Floats = npt.NDArray[np.float32]

_NUDGES = (
    *(Nudge(right=right, down=down) for down in (0.1, -0.1) for right in (0.1, -0.1)),
    *(Nudge(size=size) for size in (0.8, 0.9, 1.15, 1.3)),
)
_INNER_LIPS = (
    *(78, 95, 88, 178, 87, 14, 317, 402, 318, 324),
    *(308, 191, 80, 81, 82, 13, 312, 311, 310, 415),
)
_EYES = (33, 133, 362, 263, 159, 145, 386, 374, 168, 6)
"""Corners and lids, and the bridge of the nose between them."""


def mouth_wander(
    mesh: Mesh, picture: npt.NDArray[np.uint8], landmarks: npt.NDArray[np.float32]
) -> float:
    """How far the lips wander when the face is framed otherwise, in about 30 ms.

    The face is fitted again in eight crops, four shifted and four of other sizes.  The lips'
    wander against the eyes is taken as a share of the distance between the eyes, and as a
    multiple of the eyes' own wander, which blur and grain enlarge as well; this is the
    geometric mean of both.

    Args:
        landmarks: Shape (478, 3), pixels.
    """
    seen = np.stack([mesh.refit(picture, landmarks, nudge)[:, :2] for nudge in _NUDGES])
    against_eyes = seen - seen[:, _EYES].mean(axis=1, keepdims=True)
    eyes = np.linalg.norm(landmarks[RIGHT_EYE_CORNER, :2] - landmarks[LEFT_EYE_CORNER, :2])
    lips, own = _spread(against_eyes[:, _INNER_LIPS]), _spread(against_eyes[:, _EYES])
    return float(np.sqrt((lips / eyes) * (lips / own)))


def _spread(points: Floats) -> float:
    """Mean distance from the mean place: shape (fits, points, 2)."""
    return float(np.sqrt((points.std(axis=0) ** 2).sum(axis=-1)).mean())
