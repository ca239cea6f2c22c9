"""From weights of the layers to the place in the picture each shown pixel comes from.

The fields say where a point goes; showing needs the opposite.  A damped fixed-point
iteration turns one into the other.  About the mouth this is done on a finer grid and
twice, once for the upper and once for the lower lip, and the two are joined along the
line between the moved lips, pixel by pixel.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.fields import Fields, Layers
from app.engines.face.meshwarp.grid import Box, Grid
from app.engines.face.meshwarp.head import Floats, Head, smoothstep

_DAMPING = 0.62
"""Undamped, the iteration diverges at the corners of the mouth."""

_FIRST_GUESS = 0.7
_COARSE_STEPS = 5
_FINE_STEPS = 7

_LEAST_WEIGHT = 1e-3
"""Of a shape, below which the lips need no joining."""

_NO_MOVE = 0.05
"""Pixels below which a place counts as not moving."""


@dataclass(frozen=True, slots=True)
class Lips:
    """The moved inner contours of the lips, pixels, each of shape (11, 2), corner to corner."""

    upper: Floats
    lower: Floats
    skull: Floats
    """How far the skull has moved at the mouth, pixels, shape (2,)."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the pixels of a rectangle come from."""

    box: Box
    coordinates: Floats
    """x and y in the picture, shape (h, w, 2)."""


class Warp:
    """Computes the source coordinates of one frame after another."""

    def __init__(
        self, head: Head, fields: Fields, width: int, height: int, *, always: Box | None
    ) -> None:
        """Precompute what does not change from frame to frame.

        Args:
            head: In the picture that is moved.
            fields: Of that head.
            width: Of the picture, pixels.
            height: Same.
            always: Pixels that every answer holds, besides the mouth and what moves.
        """
        self._head = head
        self._shapes = fields.shapes
        self._whole = _Inverse(fields.whole, _COARSE_STEPS)
        self._upper = _Inverse(fields.upper, _FINE_STEPS)
        self._lower = _Inverse(fields.lower, _FINE_STEPS)
        self._contours = [*mesh.UPPER_INNER, *mesh.LOWER_INNER]
        self._region = fields.whole.grid.box(width, height)
        self._mouth = fields.upper.grid.box(width, height)
        self.always = self._mouth.joined(always) if always else self._mouth
        self._along, self._across = _mouth_axes(self._mouth, head)
        self._edge = _twice(_edge_weight(self._mouth))

    def lips(self, weights: Floats) -> Lips:
        """Where the inner contours of the lips are; the lower never above the upper one."""
        n_shapes = len(self._shapes)
        rest = self._head.landmarks[self._contours, :2]
        pose = self._whole.sample(weights, rest, first=n_shapes)
        moved = rest + pose + np.tensordot(weights[:n_shapes], self._shapes[:, self._contours], 1)
        upper, lower = moved[:11], moved[11:]
        crossing = np.minimum((lower - upper) @ self._head.down, 0.0)[:, None] * 0.5
        return Lips(
            upper=np.asarray(upper + crossing * self._head.down, np.float32),
            lower=np.asarray(lower - crossing * self._head.down, np.float32),
            skull=np.asarray(pose[5], np.float32),
        )

    def sources(self, weights: Floats, lips: Lips) -> Sources:
        """Source coordinates of everything that moves."""
        back = self._whole.solve(weights)
        box = self._moving(back)
        coordinates = self._whole.at_pixels(back, box)
        if np.abs(weights[: len(self._shapes)]).max() > _LEAST_WEIGHT:
            self._join_lips(weights, lips, coordinates[self._mouth.within(box)])
        return Sources(box, coordinates)

    def _moving(self, back: Floats) -> Box:
        """The pixels of all cells that move, with a cell's margin."""
        moves = np.abs(back).max(axis=2) > _NO_MOVE
        if not moves.any():
            return self.always
        grid = self._whole.grid
        rows, columns = np.flatnonzero(moves.any(axis=1)), np.flatnonzero(moves.any(axis=0))
        x0, x1 = (grid.x0 + (int(columns[i]) + d) * grid.cell for i, d in ((0, -1), (-1, 2)))
        y0, y1 = (grid.y0 + (int(rows[i]) + d) * grid.cell for i, d in ((0, -1), (-1, 2)))
        return Box(x0, y0, x1, y1).clipped(self._region).joined(self.always)

    def _join_lips(self, weights: Floats, lips: Lips, coordinates: Floats) -> None:
        """Replace the coordinates about the mouth, in place, by those of the two lips."""
        above = self._upper.at_pixels(self._upper.solve(weights), self._mouth)
        below = self._lower.at_pixels(self._lower.solve(weights), self._mouth)
        # In place, and with the weights doubled: numpy is slow at arrays of pairs.
        below -= above
        below *= _twice(self._below_line(lips))
        below += above
        below -= coordinates
        below *= self._edge
        coordinates += below

    def _below_line(self, lips: Lips) -> Floats:
        """0 above the line between the lips, 1 below it, sharp between the corners."""
        middle = (lips.upper + lips.lower) / 2.0
        across, along = middle @ self._head.right, middle @ self._head.down
        centre, half = (across[0] + across[-1]) / 2.0, (across[-1] - across[0]) / 2.0
        line = np.interp(self._across, across, along).astype(np.float32)
        outside = np.maximum(np.abs(self._across - centre) - half, 0.0)
        band = 0.7 + 0.8 * outside
        return np.asarray(np.clip(0.5 + (self._along - line) / (2.0 * band), 0.0, 1.0), np.float32)


class _Inverse:
    """Inverts one field on its grid."""

    def __init__(self, layers: Layers, steps: int) -> None:
        self.grid = grid = layers.grid
        self._layers = layers.values.reshape(len(layers.values), -1)
        self._steps = steps
        columns = np.arange(grid.columns, dtype=np.float32)
        rows = np.arange(grid.rows, dtype=np.float32)
        self._column, self._row = np.meshgrid(columns, rows)
        # One cell beyond every edge, so that interpolation reaches the outermost pixels.
        border = Grid(
            grid.x0 - grid.cell, grid.y0 - grid.cell, grid.cell, grid.columns + 2, grid.rows + 2
        )
        self._border = border
        self._home = np.stack(border.centres(), axis=2)

    def solve(self, weights: Floats) -> Floats:
        """How far back each cell's pixel comes from, pixels, shape (rows, columns, 2)."""
        shape = (self.grid.rows, self.grid.columns, 2)
        forward = (weights @ self._layers).reshape(shape)
        per_pixel = np.float32(1.0 / self.grid.cell)
        back = forward * np.float32(-_FIRST_GUESS)
        for _ in range(self._steps):
            there = cv2.remap(
                forward,
                self._column + back[..., 0] * per_pixel,
                self._row + back[..., 1] * per_pixel,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
            back = back * np.float32(1.0 - _DAMPING) - there * np.float32(_DAMPING)
        return back

    def sample(self, weights: Floats, points: Floats, *, first: int) -> Floats:
        """The field of the layers from ``first`` on at single points, pixels, shape (n, 2)."""
        shape = (self.grid.rows, self.grid.columns, 2)
        forward = (weights[first:] @ self._layers[first:]).reshape(shape)
        column, row = self.grid.cell_coordinates(points[:, 0], points[:, 1])
        found = cv2.remap(
            forward, column[None], row[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(found[0], np.float32)

    def at_pixels(self, back: Floats, box: Box) -> Floats:
        """Where each pixel of a box inside the grid comes from: x and y, shape (h, w, 2)."""
        grid = self._border
        # A cell more on every side, so that the box's edge is interpolated and not held.
        first_column, first_row = (
            (box.x0 - grid.x0) // grid.cell - 1,
            (box.y0 - grid.y0) // grid.cell - 1,
        )
        last_column = -(-(box.x1 - grid.x0) // grid.cell) + 1
        last_row = -(-(box.y1 - grid.y0) // grid.cell) + 1
        rows, columns = slice(first_row, last_row), slice(first_column, last_column)
        framed = cv2.copyMakeBorder(back, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
        cells = self._home[rows, columns] + framed[rows, columns]
        size = (cells.shape[1] * grid.cell, cells.shape[0] * grid.cell)
        pixels = cv2.resize(cells, size, interpolation=cv2.INTER_LINEAR)
        x0 = box.x0 - grid.x0 - first_column * grid.cell
        y0 = box.y0 - grid.y0 - first_row * grid.cell
        return np.asarray(pixels[y0 : y0 + box.height, x0 : x0 + box.width])


def _mouth_axes(box: Box, head: Head) -> tuple[Floats, Floats]:
    """Coordinates of a box's pixels down the face and across it, pixels."""
    x = np.arange(box.x0, box.x1, dtype=np.float32)
    y = np.arange(box.y0, box.y1, dtype=np.float32)
    grid_x, grid_y = np.meshgrid(x, y)
    along = grid_x * head.down[0] + grid_y * head.down[1]
    across = grid_x * head.right[0] + grid_y * head.right[1]
    return along, across


def _edge_weight(box: Box) -> Floats:
    """1 inside, 0 at the border of a box, so that fine and coarse coordinates meet."""
    x, y = np.arange(box.width), np.arange(box.height)
    across = smoothstep(np.minimum(x, box.width - 1 - x) / (0.15 * box.width))
    along = smoothstep(np.minimum(y, box.height - 1 - y) / (0.15 * box.height))
    return np.asarray(along[:, None] * across[None], np.float32)


def _twice(weight: Floats) -> Floats:
    """The same weight for x and y, shape (h, w) to (h, w, 2)."""
    return np.asarray(cv2.merge([weight, weight]), np.float32)
