"""JPEG, PNG, WebP, TIFF and GIF, read by libvips a few rows at a time.

A picture of 200 megapixels has 600 MB of pixels; they are reduced as they come, and at no
moment are all of them in memory.  Kinds that must be decoded whole have a lower bound.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyvips

from app.errors import SourceImageError
from app.portrait.kinds import Kind
from app.portrait.pixels import (
    BACKDROP,
    MOST_WHOLE_MEGAPIXELS,
    Pixels,
    Space,
    check_size,
    reduction,
)

_MOST_GIF_MEGAPIXELS = 25
"""Read in 290 MB."""

_SPACES = {
    "b-w": Space.GREY,
    "grey16": Space.GREY,
    "srgb": Space.RGB,
    "rgb": Space.RGB,
    "rgb16": Space.RGB,
    "cmyk": Space.CMYK,
}
_DEPTHS = {"uchar": 8, "ushort": 16}


def read_streamed(path: Path, kind: Kind) -> Pixels:
    """Read the first picture of a file.

    Raises:
        SourceImageError: It is damaged, too large or too small, or its pixels are of a kind
            that is not photographed.
    """
    try:
        header = _open(path, kind)
    except pyvips.Error as error:
        raise SourceImageError("the picture is damaged: its header cannot be read") from error
    check_size(header.width, header.height)
    whole = _decoded_whole(header, kind, path)
    if whole:
        most = _MOST_GIF_MEGAPIXELS if kind is Kind.GIF else MOST_WHOLE_MEGAPIXELS
        check_size(header.width, header.height, most, whole)
    space = _space(header)
    try:
        image = _flattened(_open(path, kind, **_coarser(header, kind)), space)
        samples = _samples(_reduced(image))
        return Pixels(samples, space, _profile(header), _orientation(header))
    except pyvips.Error as error:
        raise SourceImageError("the picture is damaged or truncated") from error


def _open(path: Path, kind: Kind, **options: object) -> Any:
    load = {
        Kind.JPEG: pyvips.Image.jpegload,
        Kind.PNG: pyvips.Image.pngload,
        Kind.WEBP: pyvips.Image.webpload,
        Kind.TIFF: pyvips.Image.tiffload,
        Kind.GIF: pyvips.Image.gifload,
    }[kind]
    # libvips takes the end of a TIFF for an error of its own; in other kinds, errors are what
    # cameras and editors leave behind, and every viewer shows the picture.
    fail_on = "error" if kind is Kind.TIFF else "truncated"
    return load(str(path), access="sequential", fail_on=fail_on, **options)


def _decoded_whole(header: Any, kind: Kind, path: Path) -> str:
    """What kind of picture cannot be decoded row by row; empty when it can."""
    if kind in (Kind.JPEG, Kind.PNG) and header.get_typeof("interlaced"):
        return {Kind.JPEG: "a progressive JPEG", Kind.PNG: "an interlaced PNG"}[kind]
    if kind is Kind.WEBP and not _is_plain_webp(path):
        return "a WebP that is lossless, animated or transparent"
    return "a GIF" if kind is Kind.GIF else ""


def _is_plain_webp(path: Path) -> bool:
    """Whether it holds one lossy picture without alpha.

    Source: RFC 9649, section 2.
    """
    with path.open("rb") as file:
        file.seek(12)
        while len(head := file.read(8)) == 8:
            kind, length = head[:4], int.from_bytes(head[4:], "little")
            if kind in (b"VP8 ", b"VP8L", b"ALPH", b"ANIM"):
                return kind == b"VP8 "
            file.seek(length + length % 2, 1)
    return False


def _space(header: Any) -> Space:
    """What its samples mean.

    Raises:
        SourceImageError: Something that no camera writes.
    """
    space = _SPACES.get(header.interpretation)
    if space is None or header.format not in _DEPTHS or header.coding != "none":
        raise SourceImageError(
            f"the picture has pixels of kind {header.interpretation}, {header.format}: "
            "save it with 8 bits per colour"
        )
    if header.bands < space.value:
        raise SourceImageError("the picture is damaged: colours are missing")
    return space


def _coarser(header: Any, kind: Kind) -> dict[str, object]:
    """Have a decoder that can do so give a smaller picture, not below the one that is wanted."""
    scale = reduction(header.width, header.height)
    if kind is Kind.WEBP and scale < 1:
        return {"scale": scale}
    if kind is Kind.JPEG:
        return {"shrink": max(step for step in (1, 2, 4, 8) if step * scale <= 1)}
    return {}


def _reduced(image: Any) -> Any:
    """At most so large as is needed, with 8 bits per sample."""
    image = image.copy()
    # One thread: a worker's other cores are taken by other lectures.
    image.set_type(pyvips.GValue.gint_type, "concurrency", 1)
    scale = reduction(image.width, image.height)
    if scale < 1:
        image = image.resize(scale)
    return image.cast("uchar", shift=True) if image.format == "ushort" else image


def _flattened(image: Any, space: Space) -> Any:
    """Without alpha, over the ground: to reduce it with alpha costs twice the memory."""
    if image.bands > space.value and space is not Space.CMYK:
        full = 257 if image.format == "ushort" else 1
        ground = [full * BACKDROP[1]] if space is Space.GREY else [full * c for c in BACKDROP]
        image = image.extract_band(0, n=space.value + 1).flatten(background=ground)
    return image.extract_band(0, n=space.value) if image.bands > space.value else image


def _samples(image: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    decoded = np.frombuffer(image.write_to_memory(), np.uint8)
    return decoded.reshape(image.height, image.width, image.bands)


def _profile(header: Any) -> bytes:
    name = "icc-profile-data"
    return bytes(header.get(name)) if header.get_typeof(name) else b""


def _orientation(header: Any) -> int:
    return int(header.get("orientation")) if header.get_typeof("orientation") else 1
