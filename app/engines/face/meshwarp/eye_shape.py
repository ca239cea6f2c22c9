"""Where the lids of an eye are, pixel by pixel.

Each eye has its own axes: ``along`` runs from corner to corner, 0 to 1, ``down`` from
brow to cheek in pixels, 0 at the first corner.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head, smoothstep

_LASHES_AT = (-0.09, -0.08, -0.07, -0.06, -0.05, -0.04, -0.03, -0.02, -0.01, 0.0)
"""Where the upper lashes are looked for, below the landmarks, eye widths."""

_LASHES_USUALLY = -0.035
_LASHES_DOUBT = 400.0
"""Grey levels per eye width by which an unusual place must be darker."""

_LASH_LINE = 0.015
"""From the middle of the lash line to the edge of the lid, eye widths."""

_LOWER_LASHES = 0.03
"""How far the edge of the lower lid lies below the landmarks, eye widths."""

_IRIS = 0.17
"""Half of an iris, eye widths."""

_SMALLEST_EYE = 5.0
"""Pixels between the corners; a smaller eye is left alone."""


@dataclass(frozen=True, slots=True)
class EyeShape:
    """One eye; arrays without another shape have that of the box."""

    box: Box
    x: Floats
    y: Floats
    """Pixel coordinates in the picture."""
    down: Floats
    """Pixels below the line through the corners."""
    upper: Floats
    """``down`` of the upper lid's edge in the pixel's column."""
    lower: Floats
    """Same, of the lower lid, never above the upper one."""
    inside: Floats
    """1 in the columns between the corners, 0 beyond them, soft."""
    iris: Floats
    """Its centre in the picture, pixels, shape (2,)."""
    axis: Floats
    """Direction of ``down`` in the picture, shape (2,)."""
    width: float
    """Pixels from corner to corner."""


@dataclass(frozen=True, slots=True)
class _Axes:
    """An eye's own coordinates."""

    start: Floats
    """One corner in the picture, pixels, shape (2,)."""
    along: Floats
    """Direction to the other corner, of length 1, shape (2,)."""
    down: Floats
    """Direction from the upper lid to the lower, of length 1, shape (2,)."""
    width: float
    """Pixels from corner to corner, at least 0."""

    def of(self, points: Floats) -> tuple[Floats, Floats]:
        """``along``, in widths from 0 to 1 between the corners, and ``down``, in pixels.

        Args:
            points: Of the picture, pixels, shape (..., 2).
        """
        away = points - self.start
        return np.asarray(away @ self.along / self.width), np.asarray(away @ self.down)


def measure_eye(picture: Frame, head: Head, points: mesh.EyePoints) -> EyeShape | None:
    """Shape of an eye; ``None`` when it is too small or too far turned away to be moved."""
    flat = head.landmarks[:, :2]
    upper, lower, brow = (flat[list(p)] for p in (points.upper, points.lower, points.brow))
    axes = _axes(upper, head)
    box = _box(picture, np.concatenate([upper, lower, brow]), axes.width)
    if axes.width < _SMALLEST_EYE or min(box.width, box.height) < 6:
        return None
    x, y = np.meshgrid(
        np.arange(box.x0, box.x1, dtype=np.float32), np.arange(box.y0, box.y1, dtype=np.float32)
    )
    along, down = axes.of(np.stack([x, y], axis=2))
    upper_edge, lower_edge = (_edge(*axes.of(contour), along) for contour in (upper, lower))
    iris = float(axes.of(flat[points.iris])[0])
    lashes = _lash_line(picture, box, down - upper_edge, _beside(along, iris), axes.width)
    # Full between the corners, nothing well outside them.
    bend = np.clip(4.0 * (along + 0.06) * (1.06 - along), 0.0, 1.0) ** 0.3
    upper_edge = np.asarray(upper_edge + lashes * bend, np.float32)
    lower_edge = np.asarray(lower_edge + _LOWER_LASHES * axes.width * bend, np.float32)
    inside = smoothstep((along + 0.08) / 0.10) * smoothstep((1.08 - along) / 0.10)
    return EyeShape(
        box=box,
        x=x,
        y=y,
        down=np.asarray(down, np.float32),
        upper=upper_edge,
        lower=np.maximum(lower_edge, upper_edge),
        inside=np.asarray(inside, np.float32),
        iris=flat[points.iris],
        axis=axes.down,
        width=axes.width,
    )


def _axes(upper: Floats, head: Head) -> _Axes:
    width = float(np.linalg.norm(upper[-1] - upper[0]))
    along = (upper[-1] - upper[0]) / np.float32(max(width, 1e-3))
    down = np.array([-along[1], along[0]], np.float32)
    if down @ head.down < 0:
        down = -down
    return _Axes(upper[0], along, down, width)


def _box(picture: Frame, points: Floats, width: float) -> Box:
    x0, y0 = np.floor(points.min(axis=0) - 0.2 * width).astype(int)
    x1, y1 = np.ceil(points.max(axis=0) + 0.3 * width).astype(int)
    height, across = picture.shape[:2]
    return Box(int(x0), int(y0), int(x1), int(y1)).clipped(Box(0, 0, across, height))


def _edge(along: Floats, down: Floats, wanted: Floats) -> Floats:
    """A lid's edge as a smooth function of ``along``, flat beyond the corners."""
    order = np.argsort(along)
    fine = np.linspace(-0.4, 1.4, 361)
    edge = np.interp(fine, along[order], down[order])
    window = np.hanning(19)[1:-1]
    smooth = np.convolve(np.pad(edge, 8, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(np.interp(wanted, fine, smooth), np.float32)


def _beside(along: Floats, iris: float) -> Floats:
    """1 in the columns that show white, 0 elsewhere."""
    white = (np.abs(along - iris) > _IRIS) & (along > 0.10) & (along < 0.90)
    return np.asarray(white, np.float32)


def _lash_line(picture: Frame, box: Box, below_lid: Floats, columns: Floats, width: float) -> float:
    """How far below the landmarks' upper lid its edge is, pixels; mostly negative.

    The landmarks lie up to a tenth of the eye's width inside the eye; a lid that is cut there
    takes a slice of the iris with it.  The lash line is the darkest parallel to them, looked
    for beside the iris, which is dark itself.
    """
    eye = picture[box.y0 : box.y1, box.x0 : box.x1]
    grey = cv2.GaussianBlur(
        cv2.cvtColor(eye, cv2.COLOR_RGB2GRAY), (0, 0), max(0.6, 0.02 * width)
    ).astype(np.float32)
    half = max(0.6, 0.012 * width)

    def brightness(offset: float) -> float:
        line = grey[(columns > 0) & (np.abs(below_lid - offset * width) <= half)]
        if not line.size:
            return math.inf
        return float(line.mean()) + _LASHES_DOUBT * abs(offset - _LASHES_USUALLY)

    return (min(_LASHES_AT, key=brightness) + _LASH_LINE) * width
