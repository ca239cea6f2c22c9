"""The head in the picture: its axes, its scale and its points in its own axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp import topology as mesh

Floats = npt.NDArray[np.float32]
Frame = npt.NDArray[np.uint8]


def smoothstep(x: npt.NDArray[np.floating] | float) -> npt.NDArray[np.floating]:
    """0 below 0, 1 above 1, a smooth S between.

    >>> smoothstep(np.array([-1.0, 0.5, 2.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    clipped = np.clip(x, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3.0 - 2.0 * clipped))


@dataclass(frozen=True, slots=True)
class Head:
    """Landmarks in the picture and in axes fixed to the head.

    The head's axes are right (in the picture), down and away from the viewer;
    lengths along them are in units of a hundredth of the face's height, with
    the origin in the middle of the mouth.
    """

    landmarks: Floats
    """Pixels of the picture, shape (478, 3); depth grows away from the viewer."""
    axes: Floats
    """Columns are right, down and away, as unit vectors of the picture's space."""
    height: float
    """From the top of the forehead to the chin, pixels."""
    points: Floats
    """The landmarks in the head's axes and units, shape (478, 3)."""
    right: Floats
    """Direction from the person's right to left in the picture's plane, length 1, shape (2,)."""
    down: Floats
    """Direction from forehead to chin in the picture's plane, length 1, shape (2,)."""

    @property
    def unit(self) -> float:
        """Pixels in one unit."""
        return self.height / 100.0

    @property
    def half_mouth(self) -> float:
        """Half of the distance between the mouth's corners, units."""
        corners = self.points[[mesh.RIGHT_CORNER, mesh.LEFT_CORNER], 0]
        return float(abs(corners[1] - corners[0]) / 2.0)

    @property
    def half_width(self) -> float:
        """Half of the width of the face at the ears, units."""
        return float(np.abs(self.points[[mesh.RIGHT_EAR, mesh.LEFT_EAR], 0]).mean())

    @property
    def lip_gap(self) -> Floats:
        """How far the lips of the picture are apart, units, shape (11,), corner to corner."""
        upper = self.points[list(mesh.UPPER_INNER), 1]
        lower = self.points[list(mesh.LOWER_INNER), 1]
        return np.asarray(np.maximum(lower - upper, 0.0), np.float32)

    @property
    def centre(self) -> Floats:
        """Middle of the face's outline, pixels, shape (2,)."""
        return np.asarray(self.landmarks[list(mesh.FACE_OVAL), :2].mean(axis=0), np.float32)


def measure_head(landmarks: Floats) -> Head:
    """Axes and scale of a head from its landmarks, pixels, shape (478, 3)."""
    p = landmarks.astype(np.float64)
    eyes = _unit(p[mesh.LEFT_EYE_OUTER] - p[mesh.RIGHT_EYE_OUTER])
    ears = _unit(p[mesh.LEFT_EAR] - p[mesh.RIGHT_EAR])
    right = _unit(eyes + ears)
    spine = p[mesh.CHIN] - p[mesh.FOREHEAD]
    height = float(np.linalg.norm(spine))
    down = _unit(spine - right * (spine @ right))
    axes = np.stack([right, down, np.cross(right, down)], axis=1)
    mouth = p[[mesh.UPPER_LIP_MIDDLE, mesh.LOWER_LIP_MIDDLE]].mean(axis=0)
    points = (p - mouth) @ axes / (height / 100.0)
    return Head(
        landmarks=np.asarray(p, np.float32),
        axes=np.asarray(axes, np.float32),
        height=height,
        points=np.asarray(points, np.float32),
        right=np.asarray(_unit(axes[:2, 0]), np.float32),
        down=np.asarray(_unit(axes[:2, 1]), np.float32),
    )


def _unit(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(vector / np.linalg.norm(vector))
