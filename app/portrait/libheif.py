"""The tiles of a HEIC, which libheif decodes one by one.

``pi_heif`` brings libheif and decodes pictures whole: 4.5 bytes and more for each pixel at
one moment.  libheif itself can do less at a time; its functions are called here as
``libheif/heif_tiling.h`` of its release 1.23 declares them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_uint8, c_uint32, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

import _pi_heif
import numpy as np
import numpy.typing as npt

_RGB = 1
_INTERLEAVED_RGB, _INTERLEAVED_RGBA = 10, 11
_INTERLEAVED = 10
"""Of heif_colorspace, heif_chroma and heif_channel."""


class LibheifError(Exception):
    """libheif says no; its own words are its message."""


class Tiling(ctypes.Structure):
    """heif_image_tiling, of the upright picture."""

    _fields_ = (
        ("version", c_int),
        ("columns", c_uint32),
        ("rows", c_uint32),
        ("tile_width", c_uint32),
        ("tile_height", c_uint32),
        ("width", c_uint32),
        ("height", c_uint32),
        ("top", c_uint32),
        ("left", c_uint32),
        ("n_extra_dimensions", c_uint8),
        ("extra_dimensions", c_uint32 * 8),
    )
    columns: int
    rows: int
    tile_width: int
    tile_height: int
    width: int
    height: int
    top: int
    left: int
    """Not 0 when the picture is turned so that its first tiles reach beyond it.  How far, is
    left to :meth:`beyond`: release 1.23 tells the rest of the last tile instead."""

    def beyond(self) -> tuple[int, int]:
        """Columns and rows of the first tiles that lie beside and above the picture."""
        beside = self.columns * self.tile_width - self.width if self.left else 0
        above = self.rows * self.tile_height - self.height if self.top else 0
        return beside, above


class _Error(ctypes.Structure):
    _fields_ = (("code", c_int), ("subcode", c_int), ("message", c_char_p))


class Tiles:
    """An open picture, tile by tile."""

    def __init__(self, handle: c_void_p, channels: int) -> None:
        self._handle = handle
        self.channels = channels
        self.tiling = Tiling()
        _call("heif_image_handle_get_image_tiling", handle, 1, byref(self.tiling))

    def decode(self, column: int, row: int) -> npt.NDArray[np.uint8]:
        """One tile, upright, shape (height, width, channels).

        Raises:
            LibheifError: It is damaged.
        """
        chroma = _INTERLEAVED_RGB if self.channels == 3 else _INTERLEAVED_RGBA
        image = c_void_p()
        place = (c_uint32(column), c_uint32(row))
        _call(
            "heif_image_handle_decode_image_tile",
            *(self._handle, byref(image), _RGB, chroma, None, *place),
        )
        try:
            return self._copied(image)
        finally:
            _library().heif_image_release(image)

    def _copied(self, image: c_void_p) -> npt.NDArray[np.uint8]:
        library, stride = _library(), c_int()
        width = library.heif_image_get_width(image, _INTERLEAVED)
        height = library.heif_image_get_height(image, _INTERLEAVED)
        plane = library.heif_image_get_plane_readonly(image, _INTERLEAVED, byref(stride))
        if not plane or width <= 0 or height <= 0:
            raise LibheifError("a tile without pixels")
        rows = np.ctypeslib.as_array(plane, (height, stride.value))
        return rows[:, : width * self.channels].reshape(height, width, self.channels).copy()


@contextmanager
def open_tiles(path: Path, channels: int) -> Iterator[Tiles]:
    """The primary picture of a file.

    Args:
        channels: 3, or 4 with alpha.

    Raises:
        LibheifError: It cannot be read.
    """
    library = _library()
    with ExitStack() as resources:
        context = c_void_p(library.heif_context_alloc())
        resources.callback(library.heif_context_free, context)
        _call("heif_context_read_from_file", context, str(path).encode(), None)
        handle = c_void_p()
        _call("heif_context_get_primary_image_handle", context, byref(handle))
        resources.callback(library.heif_image_handle_release, handle)
        yield Tiles(handle, channels)


@cache
def _library() -> Any:
    """The libheif that pi_heif is linked to: its symbols are found through it."""
    library = ctypes.CDLL(_pi_heif.__file__)
    library.heif_context_alloc.restype = c_void_p
    library.heif_image_get_plane_readonly.restype = POINTER(c_uint8)
    for name in (
        "heif_context_read_from_file",
        "heif_context_get_primary_image_handle",
        "heif_image_handle_get_image_tiling",
        "heif_image_handle_decode_image_tile",
    ):
        getattr(library, name).restype = _Error
    return library


def _call(name: str, *arguments: Any) -> None:
    error = getattr(_library(), name)(*arguments)
    if error.code:
        raise LibheifError((error.message or b"").decode("utf-8", "replace"))
