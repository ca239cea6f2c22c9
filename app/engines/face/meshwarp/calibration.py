"""How far this mouth is opened, so that every face opens alike.

The same movement in units of the head looks wide on one face and narrow on another: heads
differ in length, lips in fullness, and a moustache hides what is opened a little.  So the
widest vowel is drawn, wholly and half open, and looked at.
"""

from __future__ import annotations

import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.curves import PARTS, MouthCurves, target_of
from app.engines.face.meshwarp.fields import N_POSES
from app.engines.face.meshwarp.head import Floats
from app.engines.face.meshwarp.idle import IdleMotion
from app.engines.face.meshwarp.puppet import Puppet, Renderer, Score
from app.errors import SourceImageError
from app.portrait import FaceFinder

_WIDEST = 0.20
"""Lip gap of a wide open "aa", shares of the distance between the eyes' outer corners."""

_DRAWN = (0.5, 1.0)
"""Shares of it that are looked at: most vowels of running speech lie between."""

_LEAST, _MOST = 0.75, 1.15
"""Bounds of the correction: landmarks of a painting may be far off."""

_GAP = ((82, 13, 312), (87, 14, 317))
"""Middle of the upper and of the lower lip's inner contour."""


def natural_opening(puppet: Puppet, finder: FaceFinder) -> float:
    """Scale at which the mouth opens as people's do; takes about 0.15 s of one core.

    1 where no face is found in the drawn picture, as it happens with paintings: the
    uncorrected movement is right for a face of middle proportions.
    """
    renderer = Renderer(puppet)
    scales = []
    for share in _DRAWN:
        try:
            face = finder.find(renderer.render(_open_by(share), 0).frame)
        except SourceImageError:
            return 1.0
        scales.append(share * _WIDEST / max(_opening(face.landmarks), 1e-3))
    return float(np.clip(np.mean(scales), _LEAST, _MOST))


def _opening(landmarks: Floats) -> float:
    upper, lower = (landmarks[list(points), :2] for points in _GAP)
    eyes = landmarks[mesh.RIGHT_EYE_OUTER] - landmarks[mesh.LEFT_EYE_OUTER]
    return float(np.linalg.norm(upper - lower, axis=1).mean() / np.linalg.norm(eyes))


def _open_by(share: float) -> Score:
    """One frame of "aa", opened by a share, the head at home."""
    nothing = np.zeros(1, np.float32)
    idle = IdleMotion(
        pose=np.zeros((1, N_POSES), np.float32),
        blink=nothing,
        gaze=np.zeros((1, 2), np.float32),
        brow=nothing,
    )
    parts = np.array([target_of("aa")], np.float32).reshape(1, len(PARTS))
    return Score(MouthCurves(parts, nothing + 1, nothing), idle, expression=1.0, opening=share)
