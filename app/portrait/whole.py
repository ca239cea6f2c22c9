"""BMP, AVIF and rare TIFFs, decoded whole by Pillow.

``PIL.Image.open`` is not used: it judges by every format it knows, and warns or
raises about large pictures before their size can be told.
"""

from __future__ import annotations

import logging
import struct
from pathlib import Path
from typing import IO

import numpy as np
from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from app.errors import SourceImageError
from app.portrait.coding import UNSPECIFIED, profile_of
from app.portrait.kinds import Kind
from app.portrait.pixels import MOST_WHOLE_MEGAPIXELS, Pixels, Space, check_size, reduced

log = logging.getLogger(__name__)

_MOST_AVIF_MEGAPIXELS = 16
"""Read in 290 MB: each pixel takes 11 bytes at one moment."""

FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    RuntimeError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow and its plugins raise on damaged files, by experience and its own list in
``ImageFile``."""


def read_whole(path: Path, kind: Kind, start: bytes) -> Pixels:
    """Read a BMP, an AVIF or a TIFF that libvips cannot read.

    Args:
        start: The first bytes of the file.

    Raises:
        SourceImageError: It is damaged, too large or too small.
    """
    with path.open("rb") as file:
        try:
            image = _header(file, kind)
        except FAULTS as error:
            raise SourceImageError("the picture is damaged: its header cannot be read") from error
        most = _MOST_AVIF_MEGAPIXELS if kind is Kind.AVIF else MOST_WHOLE_MEGAPIXELS
        check_size(*image.size, most, f"{'an' if kind is Kind.AVIF else 'a'} {kind.value}")
        coding = _coding(start) if kind is Kind.AVIF else (UNSPECIFIED, UNSPECIFIED)
        profile = profile_of(image.info, *coding)
        try:
            image.load()
            wanted = "RGBA" if image.has_transparency_data else "RGB"
            samples = np.asarray(image if image.mode == wanted else image.convert(wanted))
        except FAULTS as error:
            raise SourceImageError("the picture is damaged or truncated") from error
        # A BMP tells none, and a TIFF has turned itself on loading.
        turn = _orientation(image) if kind is Kind.AVIF else 1
        image.close()
    return Pixels(reduced(samples), Space.RGB, profile, turn)


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8."""
    try:
        return int(image.getexif().get(0x0112, 1))
    except FAULTS:
        log.warning("exif unreadable, picture taken as upright format=%s", image.format)
        return 1


def _header(file: IO[bytes], kind: Kind) -> ImageFile:
    match kind:
        case Kind.AVIF:
            return AvifImageFile(file)
        case Kind.TIFF:
            return TiffImageFile(file)
        case _:
            return BmpImageFile(file)


def _coding(start: bytes) -> tuple[int, int]:
    """Primaries and transfer of an AVIF."""
    place = start.find(b"colrnclx")
    if place < 0:
        return UNSPECIFIED, UNSPECIFIED
    primaries, transfer = struct.unpack_from(">HH", start.ljust(place + 12, b"\0"), place + 8)
    return primaries, transfer
