"""The kinds of picture files that are accepted, known by their first bytes.

``PIL.Image.open`` is not used: it judges by every format it knows, and warns or
raises about large pictures before their size can be told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

KINDS = "JPEG, PNG, WEBP, BMP and TIFF"

_BY_FIRST_BYTES: tuple[tuple[bytes, Callable[[IO[bytes]], ImageFile]], ...] = (
    (b"\xff\xd8\xff", JpegImageFile),  # and MPO, whose first picture it reads
    (b"\x89PNG\r\n\x1a\n", PngImageFile),
    (b"BM", BmpImageFile),
    (b"II\x2a\x00", TiffImageFile),
    (b"MM\x00\x2a", TiffImageFile),
)

_HEADER = 30


def open_header(file: IO[bytes]) -> ImageFile | None:
    """Read the header of a picture, pixels not yet; None for another kind of file.

    Raises:
        OSError, SyntaxError, ValueError and others: The header is damaged.
    """
    start = _start(file)
    if _is_webp(start):
        return WebPImageFile(file)
    for first_bytes, reader in _BY_FIRST_BYTES:
        if start.startswith(first_bytes):
            return reader(file)
    return None


def size_of_webp(file: IO[bytes]) -> tuple[int, int] | None:
    """Width and height of a WEBP; None for other files.

    Source: RFC 9649, sections 2.5 to 2.7.
    """
    start = _start(file)
    if not _is_webp(start) or len(start) < _HEADER:
        return None
    kind = start[12:16]
    if kind == b"VP8X":
        return _little(start[24:27]) + 1, _little(start[27:30]) + 1
    if kind == b"VP8L":
        bits = _little(start[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(start[26:28]) & 0x3FFF, _little(start[28:30]) & 0x3FFF


def _start(file: IO[bytes]) -> bytes:
    file.seek(0)
    start = file.read(_HEADER)
    file.seek(0)
    return start


def _is_webp(start: bytes) -> bool:
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def _little(stored: bytes) -> int:
    return int.from_bytes(stored, "little")
