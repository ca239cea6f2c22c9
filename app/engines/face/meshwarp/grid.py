"""Coarse rasters over the picture, and rectangles of its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engines.face.meshwarp.head import Floats, Head, smoothstep

_CELLS = 80
"""Along the longer side of the whole region: cheeks, brows and the head need no more."""

_REACH = 1.2
"""Half of the whole region's width, face heights."""

_MOUTH_REACH = (26.0, 24.0)
"""Half of the mouth's own region across and along the picture, units of the head."""

_MOUTH_CELLS_PER_UNIT = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels; the ends are excluded."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels."""
        return self.y1 - self.y0

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def clipped(self, outer: Box) -> Box:
        """The part inside another box; of no or negative size when there is none."""
        return Box(
            max(self.x0, outer.x0),
            max(self.y0, outer.y0),
            min(self.x1, outer.x1),
            min(self.y1, outer.y1),
        )

    def within(self, outer: Box) -> tuple[slice, slice]:
        """Rows and columns of this box in an array that shows ``outer``."""
        return (
            slice(self.y0 - outer.y0, self.y1 - outer.y0),
            slice(self.x0 - outer.x0, self.x1 - outer.x0),
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells of whole pixels over a part of the picture."""

    x0: int
    y0: int
    cell: int
    """Pixels along a cell's side."""
    columns: int
    rows: int

    @property
    def width(self) -> int:
        """Pixels."""
        return self.columns * self.cell

    @property
    def height(self) -> int:
        """Pixels."""
        return self.rows * self.cell

    def centres(self) -> tuple[Floats, Floats]:
        """Pixel coordinates (x, y) of the cells' centres in the picture, each (rows, columns)."""
        across = (np.arange(self.columns) + 0.5) * self.cell - 0.5 + self.x0
        along = (np.arange(self.rows) + 0.5) * self.cell - 0.5 + self.y0
        x, y = np.meshgrid(across.astype(np.float32), along.astype(np.float32))
        return x, y

    def cell_coordinates(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Column and row, with fractions, of pixel coordinates."""
        column = (x - self.x0 + 0.5) / self.cell - 0.5
        row = (y - self.y0 + 0.5) / self.cell - 0.5
        return column.astype(np.float32), row.astype(np.float32)

    def box(self, width: int, height: int) -> Box:
        """The grid's pixels that lie in a picture of that size."""
        whole = Box(self.x0, self.y0, self.x0 + self.width, self.y0 + self.height)
        return whole.clipped(Box(0, 0, width, height))


def whole_grid(head: Head, width: int, height: int) -> Grid:
    """Cells that cover the head and all that moves with it, inside the picture."""
    reach = _REACH * head.height
    x, y = (float(value) for value in head.centre)
    x0, y0 = max(0, round(x - reach)), max(0, round(y - 1.05 * reach))
    x1, y1 = min(width, round(x + reach)), min(height, round(y + 1.05 * reach))
    cell = max(1, -(-max(x1 - x0, y1 - y0) // _CELLS))
    return Grid(x0, y0, cell, -(-(x1 - x0) // cell), -(-(y1 - y0) // cell))


def mouth_grid(head: Head, whole: Box) -> Grid:
    """Finer cells about the mouth, inside the box of the whole grid."""
    upper, lower = head.landmarks[13, :2], head.landmarks[14, :2]
    # Lips open downwards, so the region's middle lies below them.
    x, y = (upper + lower) / 2.0 + head.down * 3.0 * head.unit
    across, along = (reach * head.unit for reach in _MOUTH_REACH)
    x0, x1 = max(whole.x0, round(x - across)), min(whole.x1, round(x + across))
    y0, y1 = max(whole.y0, round(y - along)), min(whole.y1, round(y + along))
    cell = max(1, round(head.unit / _MOUTH_CELLS_PER_UNIT))
    return Grid(x0, y0, cell, (x1 - x0) // cell, (y1 - y0) // cell)


def border_weight(grid: Grid, region: Grid, width: int, height: int) -> Floats:
    """How much a cell may move: 0 at those edges of the region that lie inside the picture.

    Args:
        grid: Cells it is wanted for.
        region: The whole grid.
        width: Of the picture, pixels.
        height: Same.
    """
    x, y = grid.centres()
    fade_x, fade_y = 0.12 * region.width, 0.12 * region.height
    weight = np.ones(x.shape)
    if region.x0 > 0:
        weight = np.minimum(weight, smoothstep((x - region.x0) / fade_x))
    if region.y0 > 0:
        weight = np.minimum(weight, smoothstep((y - region.y0) / fade_y))
    if region.x0 + region.width < width:
        weight = np.minimum(weight, smoothstep((region.x0 + region.width - 1 - x) / fade_x))
    if region.y0 + region.height < height:
        weight = np.minimum(weight, smoothstep((region.y0 + region.height - 1 - y) / fade_y))
    return np.asarray(weight, np.float32)
