"""Movement fields: what the landmarks do, spread over the picture around them.

About the mouth there are two, because the lips part: one in which the lower lip is not
there and one in which the upper lip is not.  Each is a weighted sum of the same
layers: the shapes of the face and five movements of the head.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.grid import Grid, border_weight, mouth_grid, whole_grid
from app.engines.face.meshwarp.head import Floats, Head, smoothstep
from app.engines.face.meshwarp.shapes import displacements
from app.engines.face.meshwarp.thin_plate import ThinPlate

N_POSES = 5
"""Layers after the shapes: yaw, pitch, roll (radians), shift right, shift down (face heights)."""

_RINGS = ((1.45, 1.5), (1.9, 1.95))
"""Outlines on which the face's own movement has died away, above and below its centre."""

_DEPTH_BLUR = 0.055
"""Face heights; without it hair and ears ripple when the head turns."""

_Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layers:
    """One movement field, to be summed from its layers."""

    grid: Grid
    values: Floats
    """Pixels per unit of weight, shape (14, rows, columns, 2)."""


@dataclass(frozen=True, slots=True)
class Fields:
    """All movement fields of a head."""

    whole: Layers
    """Over everything that moves, lower lip left out."""
    upper: Layers
    """About the mouth, finer, lower lip left out."""
    lower: Layers
    """About the mouth, finer, upper lip left out."""
    shapes: Floats
    """The landmarks' own movement, pixels, shape (9, 478, 2)."""


def build_fields(head: Head, width: int, height: int) -> Fields:
    """Fields of a head in a picture of that size; takes about 0.3 s of one core."""
    shapes = displacements(head)
    region = whole_grid(head, width, height)
    mouth = mouth_grid(head, region.box(width, height))
    anchors = _anchors(head, region)
    without_lower = _spline(head, shapes, anchors, without=set(mesh.LOWER_LIP))
    without_upper = _spline(head, shapes, anchors, without=set(mesh.UPPER_LIP))
    depth = _depth(head, anchors, region)

    def layers(grid: Grid, spline: ThinPlate) -> Layers:
        border = border_weight(grid, region, width, height)
        values = np.concatenate(
            [_on_grid(spline, grid, len(shapes)), _pose_layers(head, depth, region, grid)]
        )
        return Layers(grid, np.ascontiguousarray(values * border[..., None], np.float32))

    return Fields(
        whole=layers(region, without_lower),
        upper=layers(mouth, without_lower),
        lower=layers(mouth, without_upper),
        shapes=shapes,
    )


def _anchors(head: Head, grid: Grid) -> _Array:
    """Points that do not move with the face: two rings around it and the region's edge."""
    oval = head.landmarks[list(mesh.FACE_OVAL), :2].astype(np.float64)
    outwards = oval - head.centre
    is_below = outwards @ head.down >= 0
    rings = [
        head.centre + outwards * np.where(is_below, below, above)[:, None]
        for above, below in _RINGS
    ]
    x0, y0, x1, y1 = grid.x0, grid.y0, grid.x0 + grid.width, grid.y0 + grid.height
    across, along = np.linspace(x0, x1, 9), np.linspace(y0, y1, 9)
    edges = [
        np.stack(np.broadcast_arrays(across, y0), axis=1),
        np.stack(np.broadcast_arrays(across, y1), axis=1),
        np.stack(np.broadcast_arrays(x0, along), axis=1),
        np.stack(np.broadcast_arrays(x1, along), axis=1),
    ]
    return np.concatenate([*rings, *edges])


def _spline(head: Head, shapes: Floats, anchors: _Array, *, without: set[int]) -> ThinPlate:
    """All shapes as one spline of 2 * 9 values."""
    keep = [index for index in _carriers(head) if index not in without]
    moves = shapes[:, keep].astype(np.float64).transpose(1, 0, 2).reshape(len(keep), -1)
    still = np.zeros((len(anchors), moves.shape[1]))
    points = np.concatenate([head.landmarks[keep, :2].astype(np.float64), anchors])
    return ThinPlate(points, np.concatenate([moves, still]), smoothing=0.02 * head.unit)


def _carriers(head: Head) -> list[int]:
    """Landmarks that carry the fields: all about mouth and brows, a third of the rest.

    The rings within the lips are left out: each lip is held by its two contours, and the
    rings of the other lip, a pixel away, would tear the field at the line between them.
    """
    needed = {*mesh.UPPER_LIP, *mesh.LOWER_LIP, *mesh.MOUTH_CORNERS, *mesh.BROWS, *mesh.FACE_OVAL}
    nose = head.points[mesh.BELOW_NOSE, 1]
    return [
        index
        for index in range(mesh.FIRST_IRIS)
        if index not in mesh.WITHIN_LIPS
        and (index in needed or head.points[index, 1] > nose or index % 3 == 0)
    ]


def _on_grid(spline: ThinPlate, grid: Grid, n_shapes: int) -> _Array:
    x, y = grid.centres()
    dense = spline.at(np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64))
    return dense.reshape(grid.rows, grid.columns, n_shapes, 2).transpose(2, 0, 1, 3)


def _pose_layers(head: Head, depth: Floats, region: Grid, grid: Grid) -> Floats:
    """Yaw, pitch, roll and the two shifts as fields on a grid, shape (5, rows, columns, 2)."""
    x, y = grid.centres()
    here = cv2.remap(
        depth, *region.cell_coordinates(x, y), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    weight = _head_weight(head, x, y)
    neck = head.centre + head.down * head.height * 0.75
    layers = np.zeros((N_POSES, grid.rows, grid.columns, 2), np.float32)
    layers[0] = here[..., None] * head.right
    layers[1] = here[..., None] * head.down
    layers[2, ..., 0] = -weight * (y - neck[1])
    layers[2, ..., 1] = weight * (x - neck[0])
    layers[3, ..., 0] = weight * head.height
    layers[4, ..., 1] = weight * head.height
    return layers


def _depth(head: Head, anchors: _Array, grid: Grid) -> Floats:
    """How far each cell stands out towards the viewer, pixels, 0 outside the head."""
    skin = head.landmarks[: mesh.FIRST_IRIS].astype(np.float64)
    outline = [mesh.RIGHT_EAR, mesh.LEFT_EAR, mesh.FOREHEAD, mesh.CHIN, 127, 356]
    outwards = np.median(skin[outline, 2]) - skin[:, 2]
    spline = ThinPlate(
        np.concatenate([skin[:, :2], anchors]),
        np.concatenate([outwards, np.zeros(len(anchors))])[:, None],
        smoothing=0.02 * head.unit,
    )
    x, y = grid.centres()
    dense = spline.at(np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64))
    dome = np.maximum(dense.reshape(grid.rows, grid.columns), 0.0).astype(np.float32)
    blurred = cv2.GaussianBlur(dome, (0, 0), _DEPTH_BLUR * head.height / grid.cell)
    return np.asarray(blurred, np.float32)


def _head_weight(head: Head, x: Floats, y: Floats) -> Floats:
    """1 where the picture moves with the skull, falling to 0 outside and down the neck."""
    dx, dy = x - head.centre[0], y - head.centre[1]
    across = dx * head.right[0] + dy * head.right[1]
    along = dx * head.down[0] + dy * head.down[1]
    oval = head.landmarks[list(mesh.FACE_OVAL), :2] - head.centre
    half_width = float(np.abs(oval @ head.right).max())
    a = across / half_width / 1.25
    b = along / (head.height * 0.5)
    b = np.where(b < 0, b / 1.45, b / 1.15)
    return np.asarray(1.0 - smoothstep((np.hypot(a, b) - 0.75) / 0.75), np.float32)
