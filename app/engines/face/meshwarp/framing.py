"""What part of the picture is shown, and at what size."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.head import Floats, Frame
from app.engines.face.meshwarp.options import Preprocess

_FACE_SHARE = 0.52
"""Height of the face in a cropped square: head and shoulders of a presenter."""

_LARGEST_FACE_SHARE = 0.72
"""A picture that is too small for the square is widened only beyond this share."""

_ABOVE_FOREHEAD = 0.29
"""Share of the square above the forehead's landmark: room for hair and a margin."""

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
        picture, landmarks = _square(picture, landmarks)
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


def _square(picture: Frame, landmarks: Floats) -> tuple[Frame, Floats]:
    """A square around head and shoulders, inside the picture where that is possible."""
    height, width = picture.shape[:2]
    forehead, chin = landmarks[mesh.FOREHEAD, :2], landmarks[mesh.CHIN, :2]
    face = float(np.linalg.norm(chin - forehead))
    side = face / _FACE_SHARE
    if side > min(height, width):
        side = max(float(min(height, width)), face / _LARGEST_FACE_SHARE)
    oval = landmarks[list(mesh.FACE_OVAL), :2]
    centre_x = (oval[:, 0].min() + oval[:, 0].max()) / 2.0
    top_of_face = oval[:, 1].min()
    x0 = _inside(centre_x - side / 2.0, side, width)
    y0 = _inside(top_of_face - side * _ABOVE_FOREHEAD, side, height)
    whole = round(side)
    picture, shift = _widen(picture, x0, y0, whole)
    cut = picture[y0 + shift[1] :, x0 + shift[0] :][:whole, :whole]
    return np.ascontiguousarray(cut), landmarks - np.array([x0, y0, 0.0], np.float32)


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
