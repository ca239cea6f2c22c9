"""How far each landmark moves for each shape of the face.

Nine shapes, of which any mixture is a plain sum.  A shape moves the 478 points in
the head's own axes; turning the result into the picture gives a turned face its
foreshortening for nothing.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.head import Floats, Head, smoothstep

ShapeName = Literal[
    "jaw",  # mandible down, mouth open
    "raise",  # upper lip up
    "drop",  # lower lip down
    "wide",  # corners apart
    "pucker",  # lips round and forward
    "press",  # lips pressed together
    "tuck",  # lower lip under the upper teeth
    "close",  # undoes the lip gap of the picture
    "brow",  # brows up
]
SHAPES: tuple[ShapeName, ...] = get_args(ShapeName)

JAW_DROP = 10.5
"""Units that the chin falls at jaw 1, a wide open "aa"."""

UPPER_LIP_RISE = 3.0
LOWER_LIP_FALL = 4.0

_CORNER_FALL = 0.50
"""Share of the jaw's drop that the corners of the mouth follow: the upper lip bends over the
opening.  Corners that stay up make every open vowel a grin."""

_ROUNDNESS = 0.55
"""Of the lower lip in an open mouth: at 0.5 it is an ellipse, at 1 it comes to a point."""

_SMILE_UNDONE = 1.3
"""Of a smile, at jaw 1: vowels of speech are half to three quarters as open and have lost most
of it.  With its corners drawn up an "aa" is a laugh, and the opening a V."""

_DRAWN_IN = 0.145
_SMILE_DRAWN_IN = 0.03
"""Share of its distance from the middle that each corner comes in at jaw 1, and besides for each
unit that a smile has drawn it up: a smile is wide, an open mouth is not."""

_OUTLINE_REACH = 12.0
"""Units within the outline of the face in which sideways movement dies away."""

_Array = npt.NDArray[np.float64]


def displacements(head: Head) -> Floats:
    """Movement of every landmark for each shape at 1.

    Returns:
        Pixels in the picture's plane, shape (9, 478, 2), in the order of ``SHAPES``.
    """
    face = _Regions(head)
    moves = np.stack([_MAKERS[name](face) for name in SHAPES])
    in_picture = moves * head.unit @ head.axes.T.astype(np.float64)
    return np.asarray(in_picture[:, :, :2], np.float32)


class _Regions:
    """Soft masks of a head, each of shape (478,), that the shapes are made from."""

    def __init__(self, head: Head) -> None:
        self.head = head
        points = head.points.astype(np.float64)
        self.x = points[:, 0] / head.half_mouth  # -1 and 1 at the corners
        self.y = points[:, 1]  # units below the mouth
        self.chin = float(self.y[mesh.CHIN])
        self.nose = float(self.y[mesh.BELOW_NOSE])
        self.side = np.abs(points[:, 0]) / head.half_width  # 1 at the ears
        self.upper_lip = _mask(mesh.UPPER_LIP)
        self.lower_lip = _mask(mesh.LOWER_LIP)
        self.lips = _mask(mesh.UPPER_LIP + mesh.LOWER_LIP + mesh.MOUTH_CORNERS)
        skin = self.lips == 0.0
        self.above = np.where(skin & (self.y < 0.0) & (self.y > self.nose), 1.0, 0.0)
        self.below = np.where(skin & (self.y >= 0.0), 1.0, 0.0)
        # Height of an opening along the lips: full in the middle, nothing at the corners.
        self.bow = 1.0 - np.minimum(np.abs(self.x), 1.0) ** 2
        self.arch = self.bow**0.72
        outside = np.maximum(np.abs(self.x) - 1.0, 0.0)
        self.near = np.exp(-((outside / 0.5) ** 2))
        # Nothing at the outline: where a turned face ends beside its mouth it would get dents.
        inner = smoothstep(_from_outline(head) / _OUTLINE_REACH)
        self.around = (
            inner
            * np.exp(-((outside / 0.7) ** 2))
            * np.exp(-((np.maximum(np.abs(self.y) - 4.0, 0.0) / 10.0) ** 2))
        )

        # How far the corners of the mouth are drawn up, units, and what goes down with them.
        middle = points[[mesh.UPPER_LIP_MIDDLE, mesh.LOWER_LIP_MIDDLE], 1].mean()
        corner = points[[mesh.RIGHT_CORNER, mesh.LEFT_CORNER], 1].mean()
        self.smile = float(np.clip(middle - corner, 0.0, 5.0))
        at_corner = np.exp(-(((np.abs(self.x) - 1.0) / 0.45) ** 2))
        self.corners = at_corner * np.exp(-(((self.y + self.smile) / 7.0) ** 2))

    def still(self) -> _Array:
        return np.zeros((mesh.N_LANDMARKS, 3))

    def mandible(self) -> _Array:
        """How much each point follows the jaw: the chin wholly, cheeks less, the ears not."""
        cheek = smoothstep((self.y + 2.0) / (self.chin * 0.35))
        cheek = cheek * (1.0 - 0.85 * smoothstep((self.side - 0.35) / 0.6))
        bone = 0.92 * (1.0 - smoothstep((self.side - 0.45) / 0.5))
        follow = np.where(self.y > self.chin * 0.75, np.maximum(cheek, bone), cheek)
        lower = _CORNER_FALL + (0.97 - _CORNER_FALL) * self.bow**_ROUNDNESS
        follow = np.where(self.lower_lip > 0, lower, follow)
        follow = np.where(self.upper_lip > 0, _CORNER_FALL * (1.0 - self.bow) ** 0.85, follow)
        follow[list(mesh.MOUTH_CORNERS)] = _CORNER_FALL
        return np.asarray(follow)

    def falling_to_chin(self, reach: float) -> _Array:
        """1 at the lower lip, 0 at ``reach`` of the way to the chin, on the skin below it."""
        fade = 1.0 - smoothstep(self.y / (self.chin * reach))
        return np.asarray(self.below * self.near * self.arch * fade)


def _from_outline(head: Head) -> _Array:
    """How far each landmark is from the face's outline in the picture, units, shape (478,)."""
    flat = head.landmarks[:, :2].astype(np.float64)
    away = flat[:, None] - flat[None, list(mesh.FACE_OVAL)]
    return np.asarray(np.linalg.norm(away, axis=2).min(axis=1) / head.unit)


def _mask(indices: tuple[int, ...]) -> _Array:
    mask = np.zeros(mesh.N_LANDMARKS)
    mask[list(indices)] = 1.0
    return mask


def _jaw(face: _Regions) -> _Array:
    move = face.still()
    follow = face.mandible()
    move[:, 1] = JAW_DROP * follow
    move[:, 2] = 0.28 * JAW_DROP * follow  # the mandible turns about the ears
    move[:, 1] += _SMILE_UNDONE * face.smile * face.corners
    drawn_in = (_DRAWN_IN + _SMILE_DRAWN_IN * face.smile) * face.head.half_mouth
    # The skin beside them comes along, or it would fold into a dimple at each corner.
    move[:, 0] = -drawn_in * np.clip(face.x, -1.2, 1.2) * face.around
    # The cheeks are drawn in.
    hollow = np.exp(-(((face.side - 0.62) / 0.16) ** 2)) * np.exp(-(((face.y + 2.0) / 9.0) ** 2))
    move[:, 0] -= 0.9 * np.sign(face.x) * hollow * (face.lips == 0)
    return move


def _raise(face: _Regions) -> _Array:
    move = face.still()
    move[:, 1] = -UPPER_LIP_RISE * face.upper_lip * face.bow
    move[list(mesh.UPPER_OUTER), 1] *= 0.82
    share = smoothstep((face.y - face.nose) / max(-face.nose, 1e-3))
    move[:, 1] -= 1.1 * face.above * share * face.near * face.arch
    return move


def _drop(face: _Regions) -> _Array:
    move = face.still()
    move[:, 1] = LOWER_LIP_FALL * face.lower_lip * face.bow
    move[list(mesh.LOWER_OUTER), 1] *= 0.9
    move[:, 1] += 1.2 * face.falling_to_chin(0.7)
    return move


def _wide(face: _Regions) -> _Array:
    move = face.still()
    move[:, 0] = 3.2 * np.clip(face.x, -1.3, 1.3) * face.around
    move[:, 2] = 1.0 * np.minimum(np.abs(face.x), 1.0) * face.around
    move[list(mesh.MOUTH_CORNERS), 1] = -0.4
    move[:, 1] += 0.35 * face.arch * (face.upper_lip - face.lower_lip)
    return move


def _pucker(face: _Regions) -> _Array:
    move = face.still()
    move[:, 0] = -4.3 * np.clip(face.x, -1.15, 1.15) * face.around
    forward = np.exp(-(face.x**2)) * np.exp(-((face.y / 9.0) ** 2))
    move[:, 2] = -3.0 * forward
    for contour, amount in (
        (mesh.UPPER_OUTER, -1.0),
        (mesh.LOWER_OUTER, 1.3),
    ):
        _along(move, contour, amount * face.arch)
    return move


def _press(face: _Regions) -> _Array:
    move = face.still()
    for contour, amount in (
        (mesh.UPPER_OUTER, 0.85),
        (mesh.LOWER_OUTER, -1.1),
        (mesh.UPPER_INNER, 0.2),
        (mesh.LOWER_INNER, -0.2),
    ):
        _along(move, contour, amount * face.arch)
    move[:, 1] -= 0.5 * face.falling_to_chin(0.8)
    return move


def _tuck(face: _Regions) -> _Array:
    move = face.still()
    for contour, amount in (
        (mesh.LOWER_INNER, -0.5),
        (mesh.LOWER_OUTER, -1.9),
        (mesh.UPPER_INNER, -0.9),
        (mesh.UPPER_OUTER, -0.8),
    ):
        _along(move, contour, amount * face.arch)
    move[list(mesh.LOWER_OUTER), 2] = 0.8
    move[:, 1] -= 0.9 * face.falling_to_chin(0.8)
    return move


def _close(face: _Regions) -> _Array:
    move = face.still()
    gap = face.head.lip_gap[1:-1].astype(np.float64)
    for contour, share in (
        (mesh.UPPER_INNER, 0.32),
        (mesh.UPPER_OUTER, 0.30),
        (mesh.LOWER_INNER, -0.68),
        (mesh.LOWER_OUTER, -0.62),
    ):
        move[list(contour[1:-1]), 1] = share * gap
    follow = face.mandible() * (face.lips == 0) * (face.y > 0)
    move[:, 1] -= 0.5 * gap[4] * follow
    return move


def _brow(face: _Regions) -> _Array:
    move = face.still()
    line = float(face.y[list(mesh.BROWS)].mean())
    skin = np.exp(-(((face.y - line + 3.0) / 7.0) ** 2))
    skin = skin * (face.side < 0.9) * (face.y < line + 4.0)
    lift = np.maximum(_mask(mesh.BROWS), skin)
    move[:, 1] = -1.6 * lift
    return move


def _along(move: _Array, contour: tuple[int, ...], amount: _Array) -> None:
    """Move the points of a contour up or down by their own share of ``amount``."""
    chosen = list(contour)
    move[chosen, 1] = amount[chosen]


_MAKERS = {
    "jaw": _jaw,
    "raise": _raise,
    "drop": _drop,
    "wide": _wide,
    "pucker": _pucker,
    "press": _press,
    "tuck": _tuck,
    "close": _close,
    "brow": _brow,
}
