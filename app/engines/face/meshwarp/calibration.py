"""How far this mouth is opened, so that every face opens alike.

The same movement in units of the head looks wide on one face and narrow on another: heads
differ in length, lips in fullness, a moustache or the dark of a painted lip hides what is
opened a little, and round lips look further apart than they are.  So a few vowels are
drawn and looked at: of middle height, nearly closed, and round.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.curves import PARTS, MouthCurves, target_of
from app.engines.face.meshwarp.fields import N_POSES
from app.engines.face.meshwarp.head import Floats
from app.engines.face.meshwarp.idle import IdleMotion
from app.engines.face.meshwarp.opening import AS_COMMANDED, OPENERS, Opening, commanded_gap
from app.engines.face.meshwarp.puppet import Puppet, Renderer, Score
from app.errors import SourceImageError
from app.phonetics import VisemeName
from app.portrait import FaceFinder

_GAP_PER_UNIT = 0.0172
"""Lip gap that is aimed at for each unit commanded, shares of the distance between the eyes'
outer corners: running speech then opens up to 0.125, a shouted "aa" 0.21."""

_USUAL: tuple[tuple[VisemeName, float], ...] = (("aa", 0.6), ("ae", 0.75), ("E", 1.0))
_SMALL: tuple[tuple[VisemeName, float], ...] = (("Y", 1.0), ("I", 0.75))
_ROUND: tuple[tuple[VisemeName, float], ...] = (("O", 1.0), ("U", 1.0))
"""Vowels that are looked at, and how much each is opened."""

_USUAL_BOUNDS = (0.7, 1.35)
_SMALL_BOUNDS = (0.85, 1.6)
_ROUND_BOUNDS = (0.75, 1.4)
"""Of the corrections: landmarks of a painting may be far off."""

_GAP = ((82, 13, 312), (87, 14, 317))
"""Middle of the upper and of the lower lip's inner contour."""


def natural_opening(puppet: Puppet, finder: FaceFinder) -> Opening:
    """Scales at which the mouth opens as people's do; takes about 0.2 s of one core.

    1 where no face is found in the drawn picture, as it happens with paintings: the
    uncorrected movement is right for a face of middle proportions.
    """
    judge = _Judge(puppet, finder)
    try:
        usual = judge.lacks(_USUAL, AS_COMMANDED)
        found = Opening(usual=_within(_USUAL_BOUNDS, usual))
        # What is seen of a small gap grows faster than the gap: half the correction is enough.
        small = _within(_SMALL_BOUNDS, sqrt(judge.lacks(_SMALL, found)))
        found = replace(found, small=small)
        return replace(found, round=_within(_ROUND_BOUNDS, sqrt(judge.lacks(_ROUND, found))))
    except SourceImageError:
        return AS_COMMANDED


class _Judge:
    """Looks at one puppet's mouth."""

    def __init__(self, puppet: Puppet, finder: FaceFinder) -> None:
        self._renderer = Renderer(puppet)
        self._finder = finder

    def lacks(self, drawn: tuple[tuple[VisemeName, float], ...], opening: Opening) -> float:
        """Gap that is aimed at divided by the one that is seen, over some vowels."""
        wanted = seen = 0.0
        for vowel, share in drawn:
            score = _held(vowel, share, opening)
            wanted += _GAP_PER_UNIT * commanded_gap(score.mouth.parts[0])
            seen += _seen(self._finder.find(self._renderer.render(score, 0).frame).landmarks)
        return wanted / max(seen, 1e-3)


def _within(bounds: tuple[float, float], value: float) -> float:
    return float(np.clip(value, *bounds))


def _seen(landmarks: Floats) -> float:
    upper, lower = (landmarks[list(points), :2] for points in _GAP)
    eyes = landmarks[mesh.RIGHT_EYE_OUTER] - landmarks[mesh.LEFT_EYE_OUTER]
    return float(np.linalg.norm(upper - lower, axis=1).mean() / np.linalg.norm(eyes))


def _held(vowel: VisemeName, share: float, opening: Opening) -> Score:
    """One frame of a vowel, opened by a share, the head at home."""
    nothing = np.zeros(1, np.float32)
    idle = IdleMotion(
        pose=np.zeros((1, N_POSES), np.float32),
        blink=nothing,
        gaze=np.zeros((1, 2), np.float32),
        brow=nothing,
    )
    parts = np.array([target_of(vowel)], np.float32).reshape(1, len(PARTS))
    parts[:, : len(OPENERS)] *= share
    return Score(MouthCurves(parts, nothing + 1, nothing), idle, expression=1.0, opening=opening)
