"""Colours of a file as sRGB, upright, on a light ground where they are transparent."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from app.portrait.pixels import BACKDROP, Pixels, Space

log = logging.getLogger(__name__)

Samples = npt.NDArray[np.uint8]

_ROWS = 256
"""Converted at a time, so that no second picture is in memory."""

_MODES = {Space.GREY: "L", Space.RGB: "RGB", Space.CMYK: "CMYK"}
_SIGNATURES = {Space.GREY: "GRAY", Space.RGB: "RGB", Space.CMYK: "CMYK"}

_TURNS: dict[int, Callable[[Samples], Samples]] = {
    2: lambda shown: shown[:, ::-1],
    3: lambda shown: shown[::-1, ::-1],
    4: lambda shown: shown[::-1],
    5: lambda shown: shown.transpose(1, 0, 2),
    6: lambda shown: shown.transpose(1, 0, 2)[:, ::-1],
    7: lambda shown: shown[::-1, ::-1].transpose(1, 0, 2),
    8: lambda shown: shown.transpose(1, 0, 2)[::-1],
}
"""What makes a picture upright, by EXIF orientation."""


def upright_srgb(pixels: Pixels) -> Samples:
    """The picture as a screen shows it: RGB, shape (height, width, 3).

    The samples are overwritten where they can be: a second picture costs up to 48 MB.
    """
    height, width, n_samples = pixels.samples.shape
    in_place = n_samples == 3 and pixels.samples.flags.writeable
    shown = pixels.samples if in_place else np.empty((height, width, 3), np.uint8)
    convert = _conversion(pixels)
    for top in range(0, height, _ROWS):
        rows = pixels.samples[top : top + _ROWS]
        colours = convert(rows[:, :, : pixels.space.value])
        if n_samples > pixels.space.value:
            colours = _over_backdrop(colours, rows[:, :, -1:])
        shown[top : top + _ROWS] = colours
    turn = _TURNS.get(pixels.orientation)
    return shown if turn is None else np.ascontiguousarray(turn(shown))


def _conversion(pixels: Pixels) -> Callable[[Samples], Samples]:
    mode = _MODES[pixels.space]
    transform = _transform(pixels, mode)
    if transform is None and pixels.space is Space.RGB:
        return lambda rows: rows

    def convert(rows: Samples) -> Samples:
        plain = np.ascontiguousarray(rows if rows.shape[2] > 1 else rows[:, :, 0])
        image = Image.frombytes(mode, (rows.shape[1], rows.shape[0]), plain.tobytes())
        shown = ImageCms.applyTransform(image, transform) if transform else image.convert("RGB")
        return np.asarray(shown)

    return convert


def _transform(pixels: Pixels, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From the embedded profile to sRGB; None without a profile that fits."""
    if not pixels.profile:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(pixels.profile))
        if profile.profile.xcolor_space.strip() != _SIGNATURES[pixels.space]:
            log.warning("colour profile of another colour space left aside mode=%s", mode)
            return None
        return ImageCms.buildTransform(
            profile,
            cast(Any, ImageCms.createProfile("sRGB")),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (OSError, ImageCms.PyCMSError):
        log.warning("colour profile unreadable, colours taken as sRGB mode=%s", mode)
        return None


def _over_backdrop(colours: Samples, alpha: Samples) -> Samples:
    share = alpha.astype(np.uint16)
    mixed = colours * share + np.array(BACKDROP, np.uint16) * (255 - share)
    return ((mixed + 127) // 255).astype(np.uint8)
