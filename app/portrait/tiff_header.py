"""The first directory of a TIFF, which tells photographs from the raw files of cameras."""

from __future__ import annotations

import struct
from typing import IO

_MAKE, _SUBFILE, _DIRECTORIES, _DNG = 0x010F, 0x00FE, 0x014A, 0xC612
_COMPRESSION, _PHOTOMETRIC = 0x0103, 0x0106
_JPEG, _YCBCR = 7, 6
_ENTRY = 12
_MOST_ENTRIES = 1000


def raw_of_a_camera(start: bytes) -> str | None:
    """Name of the raw picture that a TIFF is; None for a picture that can be shown.

    Raw files of Canon, Nikon, Sony, Pentax and, as DNG, of phones are TIFFs that begin with
    a small preview and hold what the sensor saw in further directories.

    Args:
        start: Of a file that begins as a TIFF does.
    """
    if start[8:10] == b"CR":
        return "a RAW picture of a Canon camera (CR2)"
    try:
        order, place = _first_place(start)
        tags = _directory(start, place, order)
    except struct.error:
        return None
    if _DNG in tags:
        return "a RAW picture (DNG)"
    preview = tags.get(_SUBFILE) == 1 and _DIRECTORIES in tags
    if not preview and not (_DIRECTORIES in tags and _MAKE in tags and _is_sony(start, tags)):
        return None
    make = _text(start, tags.get(_MAKE, 0)).title()
    return f"a RAW picture of a {make} camera" if make else "a RAW picture of a camera"


def holds_plain_ycbcr(file: IO[bytes]) -> bool:
    """Whether brightness and colour are stored apart, without JPEG, which libvips takes for RGB."""
    try:
        order, place = _first_place(file.read(8))
        file.seek(place)
        tags = _directory(file.read(2 + _ENTRY * _MOST_ENTRIES), 0, order)
    except struct.error:
        return False
    return tags.get(_PHOTOMETRIC) == _YCBCR and tags.get(_COMPRESSION) != _JPEG


def _first_place(head: bytes) -> tuple[str, int]:
    """Order of bytes, and where the first directory lies."""
    order = "<" if head[:2] == b"II" else ">"
    (place,) = struct.unpack_from(order + "I", head, 4)
    return order, place


def _directory(content: bytes, place: int, order: str) -> dict[int, int]:
    """Value, or place of the values, by tag."""
    (count,) = struct.unpack_from(order + "H", content, place)
    tags = {}
    for number in range(count):
        entry = place + 2 + _ENTRY * number
        tag, kind, _ = struct.unpack_from(order + "HHI", content, entry)
        (value,) = struct.unpack_from(order + ("H" if kind == 3 else "I"), content, entry + 8)
        tags[tag] = value
    return tags


def _is_sony(start: bytes, tags: dict[int, int]) -> bool:
    """Whether the maker writes raw files whose preview does not say that it is one."""
    return _text(start, tags[_MAKE]).upper().startswith("SONY")


def _text(start: bytes, place: int) -> str:
    """First word that stands there, when it is one."""
    word = start[place : place + 32].split(b"\0")[0].split(b" ")[0] if place else b""
    return word.decode("ascii", "replace") if word.isalpha() else ""
