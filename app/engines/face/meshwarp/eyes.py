"""Blinks and glances: the eyes, changed in the still picture before it is warped.

Each eye is handled column by column in its own axes: ``along`` runs from corner to
corner, ``down`` from brow to cheek.  The upper lid comes down over the eye and brings its
lashes; all above them stays where it is, brows and the rims of spectacles among it; the
lower lid rises a little to meet it.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.eye_shape import EyeShape, measure_eye
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head, smoothstep
from app.engines.face.meshwarp.lids import ClosedLid, closed_lid

_UPPER_SHARE, _LOWER_SHARE = 0.94, 0.15
"""Of the way between the lids that each goes; they overlap a little, or the white shows."""

_LEAST_MOVE = 0.02
"""Of a blink, below which the eyes are as in the picture."""

_LEAST_GLANCE = 0.1
"""Pixels."""


class Eyes:
    """The eyes of one picture."""

    def __init__(self, picture: Frame, head: Head) -> None:
        """Measure both eyes; one that is too small or turned away is left alone.

        Then the other one does not glance either: eyes that move apart squint.
        """
        self._picture = picture
        measured = (measure_eye(picture, head, points) for points in mesh.EYES)
        self._eyes = [(eye, closed_lid(picture, eye)) for eye in measured if eye is not None]
        self._pixels_per_unit = head.unit if len(self._eyes) == 2 else 0.0
        self._dirty = False
        self._drawn = (0.0, 0.0, 0.0)

    @property
    def box(self) -> Box | None:
        """Around everything that :meth:`draw` can change."""
        boxes = [eye.box for eye, _ in self._eyes]
        return functools.reduce(Box.joined, boxes) if boxes else None

    def draw(self, source: Frame, blink: float, gaze: Floats) -> None:
        """Close the eyes by ``blink`` and move the irises by ``gaze``, in place.

        Args:
            source: The picture, in which only this method changed the eyes before.
            blink: 0 as in the picture, 1 closed.
            gaze: Right and down, units of the head, shape (2,).
        """
        wanted = (blink, float(gaze[0]), float(gaze[1]))
        if wanted == self._drawn:
            return
        self._drawn = wanted
        shift = gaze * np.float32(self._pixels_per_unit)
        glances = float(np.abs(shift).max()) >= _LEAST_GLANCE
        for eye, _ in self._eyes if self._dirty else ():
            rows, columns = _area(eye.box)
            source[rows, columns] = self._picture[rows, columns]
        self._dirty = glances or blink >= _LEAST_MOVE
        for eye, lid in self._eyes:
            rows, columns = _area(eye.box)
            if glances:
                source[rows, columns] = self._glance(eye, source[rows, columns], shift)
            if blink >= _LEAST_MOVE:
                source[rows, columns] = self._close(eye, lid, source[rows, columns], blink)

    def _glance(self, eye: EyeShape, here: Frame, shift: Floats) -> Frame:
        """The eye's box with the iris moved, seen between the open lids only."""
        away = np.hypot(eye.x - eye.iris[0], eye.y - eye.iris[1])
        rigid = 1.0 - smoothstep((away / (0.5 * eye.width) - 0.45) / 0.5)
        moved = _sample(self._picture, eye.x - shift[0] * rigid, eye.y - shift[1] * rigid)
        soft = max(1.0, 0.03 * eye.width)
        seen = np.clip((eye.down - eye.upper) / soft, 0.0, 1.0)
        seen = seen * np.clip((eye.lower - eye.down) / soft, 0.0, 1.0) * eye.inside
        return _mix(here, moved, seen)

    def _close(self, eye: EyeShape, lid: ClosedLid, ball: Frame, blink: float) -> Frame:
        """The lids drawn over an eyeball."""
        opening = np.maximum(eye.lower - eye.upper, 0.0)
        edge = eye.upper + opening * np.float32(blink * _UPPER_SHARE)
        rise = opening * np.float32(blink * _LOWER_SHARE)
        lower_edge = eye.lower - rise
        soft = max(0.7, 0.02 * eye.width)
        below = eye.down + rise * (1.0 - smoothstep((eye.down - lower_edge) / (0.22 * eye.width)))
        cover = smoothstep((eye.down - lower_edge) / soft + 0.5) * eye.inside
        ball = _mix(ball, self._along_axis(eye, below), cover)
        return lid.draw(eye, ball, np.asarray(edge, np.float32), blink)

    def _along_axis(self, eye: EyeShape, source_down: npt.NDArray[np.floating]) -> Frame:
        """Pixels taken from another ``down`` of the same column."""
        move = (source_down - eye.down).astype(np.float32)
        return _sample(self._picture, eye.x + move * eye.axis[0], eye.y + move * eye.axis[1])


def _area(box: Box) -> tuple[slice, slice]:
    return slice(box.y0, box.y1), slice(box.x0, box.x1)


def _sample(picture: Frame, x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Frame:
    found = cv2.remap(
        picture,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(found, np.uint8)


def _mix(below: Frame, above: Frame, cover: npt.NDArray[np.floating]) -> Frame:
    share = cover.astype(np.float32)[..., None]
    return np.asarray(below + (above.astype(np.float32) - below) * share + 0.5, np.uint8)
