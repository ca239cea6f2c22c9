"""Pictures from files: what is accepted, and how each kind becomes upright RGB."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.errors import SourceImageError
from app.portrait.colours import upright_srgb
from app.portrait.heic import read_heic
from app.portrait.kinds import START, Kind, kind_of, refusal
from app.portrait.pixels import Pixels
from app.portrait.streamed import read_streamed
from app.portrait.tiff_header import holds_plain_ycbcr
from app.portrait.whole import read_whole


def read_picture(path: Path) -> npt.NDArray[np.uint8]:
    """Read a picture as a screen shows it: upright, in sRGB, without transparency.

    The first picture of a file with several is taken.  Embedded colour profiles are
    converted, 16 bits per colour cut to 8, transparency composed over light grey.  A picture
    whose long side exceeds 4000 pixels is reduced to at most that, while it is decoded: a face
    stays far larger than needed.  Nothing is decoded before the header says that the size is
    bearable.

    Returns:
        RGB, shape (height, width, 3).

    Raises:
        SourceImageError: The file cannot be read, is of another kind, damaged, larger than 200
            megapixels (16 to 40 for kinds that are decoded whole) or smaller than 32 pixels
            on a side.  The message does not name the file: a caller knows it by another name.
    """
    try:
        with path.open("rb") as file:
            start = file.read(START)
        return upright_srgb(_decoded(path, start))
    except OSError as error:
        raise SourceImageError(f"the picture cannot be read: {error.strerror}") from error


def _decoded(path: Path, start: bytes) -> Pixels:
    match kind_of(start):
        case None:
            raise SourceImageError(refusal(start))
        case Kind.HEIC:
            return read_heic(path)
        case Kind.BMP | Kind.AVIF as kind:
            return read_whole(path, kind, start)
        case Kind.TIFF if _is_plain_ycbcr(path):
            return read_whole(path, Kind.TIFF, start)
        case kind:
            return read_streamed(path, kind)


def _is_plain_ycbcr(path: Path) -> bool:
    with path.open("rb") as file:
        return holds_plain_ycbcr(file)
