"""HEIC, read by libheif: tile by tile where it is stored in tiles, as phones do, else whole."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pi_heif

from app.errors import SourceImageError
from app.portrait.coding import UNSPECIFIED, profile_of
from app.portrait.libheif import LibheifError, Tiles, open_tiles
from app.portrait.pixels import Pixels, Space, check_size, reduced, reduction
from app.portrait.whole import FAULTS

Samples = npt.NDArray[np.uint8]

_MOST_PIXELS_TOGETHER = 20_000_000
"""Of the tiles of a picture, reduced: 60 MB."""
_MOST_MEGAPIXELS_IN_ONE_PIECE = 25
"""Read in 290 MB: each pixel takes 7.3 bytes at one moment."""


def read_heic(path: Path) -> Pixels:
    """Read the primary picture; libheif turns it upright as the file says.

    Raises:
        SourceImageError: It is damaged, too large or too small.
    """
    try:
        image = pi_heif.open_heif(path)
        width, height = image.size
    except FAULTS as error:
        raise SourceImageError("the picture is damaged: its header cannot be read") from error
    check_size(width, height)
    coding = image.info.get("nclx_profile") or {}
    primaries, transfer = (
        int(coding.get(name, UNSPECIFIED))
        for name in ("color_primaries", "transfer_characteristics")
    )
    profile = profile_of(image.info, primaries, transfer)
    try:
        samples = _read(path, image)
    except (*FAULTS, LibheifError) as error:
        raise SourceImageError("the picture is damaged or truncated") from error
    space = Space.RGB if samples.shape[2] >= Space.RGB.value else Space.GREY
    return Pixels(samples, space, profile)


def _read(path: Path, image: pi_heif.HeifFile) -> Samples:
    if reduction(*image.size) == 1:
        return _whole(image).copy()
    with open_tiles(path, 4 if image.has_alpha else 3) as tiles:
        tiling = tiles.tiling
        # A picture that the file crops is left to libheif, which cuts no tiles.
        uncut = (tiling.width, tiling.height) == image.size
        if uncut and tiling.columns * tiling.rows > 1:
            return reduced(_in_tiles(tiles))
    width, height = image.size
    check_size(width, height, _MOST_MEGAPIXELS_IN_ONE_PIECE, "a HEIC in one piece")
    return reduced(_whole(image))


def _whole(image: pi_heif.HeifFile) -> Samples:
    """What pi_heif decoded; it is gone with the picture."""
    decoded = np.frombuffer(image.data, np.uint8)
    width, height = image.size
    rows = decoded.reshape(height, image.stride)
    channels = len(image.mode)
    return rows[:, : width * channels].reshape(height, width, channels)


def _in_tiles(tiles: Tiles) -> Samples:
    """A picture from its tiles, each reduced by a power of two before it is laid down."""
    tiling = tiles.tiling
    step = 1
    while tiling.width * tiling.height > _MOST_PIXELS_TOGETHER * step**2:
        step *= 2
    shape = (tiling.height // step, tiling.width // step, tiles.channels)
    laid = np.zeros(shape, np.uint8)
    for row in range(tiling.rows):
        for column in range(tiling.columns):
            _lay(laid, tiles, column, row, step)
    return laid


def _lay(laid: Samples, tiles: Tiles, column: int, row: int, step: int) -> None:
    """Put one tile, reduced, in its place; what lies beyond the picture is left out."""
    tiling = tiles.tiling
    tile = tiles.decode(column, row)
    beside, above = tiling.beyond()
    left, top = column * tiling.tile_width - beside, row * tiling.tile_height - above
    first_row, first_column = max(-top, 0), max(-left, 0)
    seen = tile[first_row : tiling.height - top, first_column : tiling.width - left]
    start_x, start_y = (left + first_column) // step, (top + first_row) // step
    end_x = min((left + first_column + seen.shape[1]) // step, laid.shape[1])
    end_y = min((top + first_row + seen.shape[0]) // step, laid.shape[0])
    if end_x > start_x and end_y > start_y:
        size = (end_x - start_x, end_y - start_y)
        laid[start_y:end_y, start_x:end_x] = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
