"""What part of the picture is shown, and at what size."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.head import Floats, Frame
from app.engines.face.meshwarp.options import Preprocess

_FACE_SHARE = 0.52
"""Height of the face in a cropped square: head and shoulders of a presenter."""

_NARROW_FACE_SHARE = 0.58
"""A narrow picture is widened beyond this share, or the square would cut hair or collar that
the picture has."""

_LARGEST_FACE_SHARE = 0.72
"""A picture that is too small in both directions is widened only beyond this share: what it
cuts itself cannot be grown."""

_ABOVE_FOREHEAD = 0.29
"""Share of the square above the forehead's landmark: room for hair and a margin."""

_HAIR = 0.54
"""Face heights above the forehead's landmark that hold hair."""

_BELOW_CHIN = 0.12
"""Face heights below the chin that are always shown: an open mouth lowers it."""

_LARGEST_ENLARGEMENT = 3.0
"""Of a small face; beyond it more of the picture is shown instead of a blur."""

_SMALLEST_FACE_SHARE = 0.22
"""Height of a face that is not enlarged further."""

_LONGEST_SIDE = 1920
"""Of a whole frame, pixels; what 1080p players take."""


@dataclass(frozen=True, slots=True)
class Framed:
    """The picture as it will be shown; width and height are even."""

    picture: Frame
    landmarks: Floats
    """Pixels of this picture, shape (478, 3)."""


def frame_picture(picture: Frame, landmarks: Floats, preprocess: Preprocess, size: int) -> Framed:
    """Cut and scale a picture for the wanted kind of clip.

    Args:
        picture: RGB uint8, shape (h, w, 3).
        landmarks: Of the face in it, pixels, shape (478, 3).
        preprocess: ``crop`` gives a square around head and shoulders, ``resize`` the whole
            picture with its long side at ``size``, ``full`` the picture as it is, up to 1920.
        size: Pixels; ignored for ``full``.
    """
    height, width = picture.shape[:2]
    if preprocess == "crop":
        picture, landmarks = _square(picture, landmarks, size)
        return _scale(picture, landmarks, size / picture.shape[0])
    longest = max(height, width)
    wanted = size if preprocess == "resize" else min(longest, _LONGEST_SIDE)
    return _scale(picture, landmarks, wanted / longest)


def _scale(picture: Frame, landmarks: Floats, factor: float) -> Framed:
    """Scale to even sides; at factor 1 an odd last row or column is cut instead."""
    height, width = picture.shape[:2]
    if factor == 1.0:
        even = picture[: height // 2 * 2, : width // 2 * 2]
        return Framed(np.ascontiguousarray(even), landmarks)
    new_width, new_height = (max(2, round(side * factor / 2) * 2) for side in (width, height))
    kind = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_CUBIC
    scaled = cv2.resize(picture, (new_width, new_height), interpolation=kind)
    # cv2.resize maps pixel centres, hence the half pixels.
    factors = np.array([new_width / width, new_height / height, factor], np.float32)
    half = np.array([0.5, 0.5, 0.0], np.float32)
    return Framed(np.asarray(scaled, np.uint8), (landmarks + half) * factors - half)


def _square(picture: Frame, landmarks: Floats, size: int) -> tuple[Frame, Floats]:
    """A square around head and shoulders, inside the picture where that is possible."""
    side = _side(picture, landmarks, size)
    height, width = picture.shape[:2]
    face = _face_height(landmarks)
    oval = landmarks[list(mesh.FACE_OVAL), :2]
    centre_x = (oval[:, 0].min() + oval[:, 0].max()) / 2.0
    top_of_face = oval[:, 1].min()
    x0 = _inside(centre_x - side / 2.0, side, width)
    above = max(side * _ABOVE_FOREHEAD, face * _HAIR)
    highest = oval[:, 1].max() + face * _BELOW_CHIN - side
    y0 = _inside(max(top_of_face - above, highest), side, height)
    y0 = max(y0, math.ceil(highest))
    whole = round(side)
    picture, shift = _widen(picture, x0, y0, whole)
    cut = picture[y0 + shift[1] :, x0 + shift[0] :][:whole, :whole]
    return np.ascontiguousarray(cut), landmarks - np.array([x0, y0, 0.0], np.float32)


def _side(picture: Frame, landmarks: Floats, size: int) -> float:
    """Of the square, pixels of the picture."""
    shorter, longer = (float(side) for side in sorted(picture.shape[:2]))
    face = _face_height(landmarks)
    side = face / _FACE_SHARE
    if side > shorter:
        widened = min(face / _NARROW_FACE_SHARE, longer)
        return min(side, max(shorter, widened, face / _LARGEST_FACE_SHARE))
    sharp = min(size / _LARGEST_ENLARGEMENT, face / _SMALLEST_FACE_SHARE)
    return max(side, min(sharp, shorter))


def _face_height(landmarks: Floats) -> float:
    return float(np.linalg.norm(landmarks[mesh.CHIN, :2] - landmarks[mesh.FOREHEAD, :2]))


def _inside(start: float, length: float, limit: int) -> int:
    """Where a stretch starts so that it lies inside ``limit``; centred when it cannot."""
    if length >= limit:
        return round((limit - length) / 2.0)
    return round(min(max(start, 0.0), limit - length))


def _widen(picture: Frame, x0: int, y0: int, side: int) -> tuple[Frame, tuple[int, int]]:
    """Continue a picture that is smaller than the square by its own blurred border."""
    height, width = picture.shape[:2]
    left, top = max(0, -x0), max(0, -y0)
    right, bottom = max(0, x0 + side - width), max(0, y0 + side - height)
    if not (left or top or right or bottom):
        return picture, (0, 0)
    wide = cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(wide, (0, 0), max(2.0, side * 0.02))
    inside = np.zeros(wide.shape[:2], np.uint8)
    inside[top : top + height, left : left + width] = 255
    fade = max(1, round(side * 0.01))
    inside = cv2.erode(inside, np.ones((fade, fade), np.uint8), borderValue=255)
    weight = cv2.GaussianBlur(inside, (0, 0), fade / 2.0)[..., None].astype(np.float32) / 255.0
    mixed = wide * weight + soft * (1.0 - weight)
    return np.asarray(np.rint(mixed), np.uint8), (left, top)
