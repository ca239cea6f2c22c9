"""Which way a head is turned, from its landmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_ACROSS = ((33, 263), (234, 454))
"""Outer corners of the eyes; cheeks before the ears."""
_DOWN = (10, 152)
"""Top of the forehead; chin."""


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Degrees; 0 for a face that looks straight into the camera."""

    yaw: float
    """Positive when turned to the right of the picture."""
    pitch: float
    """Positive when looking up; of 21 frontal portraits the median is -10."""
    roll: float
    """Positive when tilted clockwise."""


def head_pose(landmarks: npt.NDArray[np.float32]) -> HeadPose:
    """Angles of the lines across and down the face.

    Args:
        landmarks: Shape (478, 3).
    """
    across = np.zeros(3)
    for left, right in _ACROSS:
        line = landmarks[right] - landmarks[left]
        across += line / np.linalg.norm(line)
    down = landmarks[_DOWN[1]] - landmarks[_DOWN[0]]
    return HeadPose(
        yaw=float(np.degrees(np.arctan2(across[2], np.hypot(across[0], across[1])))),
        pitch=float(np.degrees(np.arctan2(-down[2], np.hypot(down[0], down[1])))),
        roll=float(np.degrees(np.arctan2(across[1], across[0]))),
    )
