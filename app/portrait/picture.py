"""Pictures from files: what is accepted, and how each kind becomes upright RGB."""

from __future__ import annotations

import logging
import struct
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile

from app.errors import SourceImageError
from app.portrait.formats import KINDS, open_header, size_of_webp

log = logging.getLogger(__name__)

MOST_PIXELS = 40_000_000
LEAST_SIDE = 32
LONGEST_SIDE = 4000

_BACKDROP = (226, 227, 229)
"""Light grey behind transparent pictures; H.264 holds it without banding."""

_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises on damaged files, by experience and its own list in ``ImageFile``."""

_MODES = {"1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr"}


def read_picture(path: Path) -> npt.NDArray[np.uint8]:
    """Read a picture, upright and without transparency.

    The first picture of a TIFF, MPO or animated WEBP is taken.  EXIF orientation is
    applied, transparency composed over light grey, 16 bits per colour cut to 8;
    embedded colour profiles are ignored.  Nothing is decoded before the header says
    that the size is bearable.  A picture whose long side exceeds 4000 pixels is
    reduced to at most that: a face stays far larger than needed.  40 megapixels cost
    up to 2 s and 740 MB while they are decoded (WEBP; PNG 590, JPEG 160).

    Returns:
        RGB, shape (height, width, 3).

    Raises:
        SourceImageError: The file cannot be read, is of another kind, damaged,
            larger than 40 megapixels or smaller than 32 pixels on a side.  The message
            does not name the file: a caller knows it by another name.
    """
    try:
        with path.open("rb") as file:
            image = _decode(file)
    except OSError as error:
        raise SourceImageError(f"the picture cannot be read: {error.strerror}") from error
    return np.array(_compose(image))


def _decode(file: IO[bytes]) -> Image.Image:
    """Open, check and decode; the result is upright, ``L``, ``RGB`` or ``RGBA``."""
    size = size_of_webp(file)
    if size is not None:
        # Pillow allocates the pixels of a WEBP as soon as it is opened.
        _check_size(*size)
    try:
        image = open_header(file)
    except _FAULTS as error:
        raise SourceImageError("the picture is damaged: its header cannot be read") from error
    if image is None:
        raise SourceImageError(f"the file is not a picture: {KINDS} are read")
    _check_size(*image.size)
    if image.mode not in _MODES and not image.mode.startswith("I;16"):
        raise SourceImageError(
            f"the picture has pixels of kind {image.mode}: save it with 8 bits per colour"
        )
    _draft(image)
    try:
        image.load()
        return _upright(_reduced(_plain(image)), _orientation(image))
    except _FAULTS as error:
        raise SourceImageError("the picture is damaged or truncated") from error


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise SourceImageError(
            f"the picture has {width} x {height} pixels, more than the "
            f"{MOST_PIXELS // 1_000_000} megapixels that are read"
        )
    if min(width, height) < LEAST_SIDE:
        raise SourceImageError(
            f"the picture has {width} x {height} pixels; each side needs at least {LEAST_SIDE}"
        )


def _draft(image: ImageFile.ImageFile) -> None:
    """Let a JPEG be decoded at a half, quarter or eighth of its size; others do nothing."""
    width, height = image.size
    for divisor in (1, 2, 4, 8):
        if max(width, height) <= LONGEST_SIDE * divisor:
            break
    if divisor > 1:
        image.draft(None, (width // divisor, height // divisor))


def _plain(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode == "L" else image.convert("RGB")


def _reduced(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= LONGEST_SIDE:
        return image
    width, height = (max(round(n * LONGEST_SIDE / longest), 1) for n in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _orientation(image: ImageFile.ImageFile) -> int:
    """EXIF orientation, 1 to 8; a TIFF has turned itself on loading and says 1."""
    try:
        return int(image.getexif().get(0x0112, 1))
    except _FAULTS:
        log.warning("exif unreadable, picture taken as upright format=%s", image.format)
        return 1


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _compose(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    backdrop = Image.new("RGB", image.size, _BACKDROP)
    backdrop.paste(image, mask=image.getchannel("A"))
    return backdrop
