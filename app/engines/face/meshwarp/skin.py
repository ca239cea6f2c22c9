"""Colours of the inside of the mouth, taken from the light on the face."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.head import Floats, Frame, smoothstep

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)

_REDDER = 0.03
"""By which lips must be redder than the least red of a mouth's inside to be told from it."""

_BEHIND_LIPS = 0.8
"""Brightness of the tongue, of the lips', at most."""


@dataclass(frozen=True, slots=True)
class MouthColours:
    """RGB, float32, shape (3,); colours are 0 to 255."""

    teeth: Floats
    cavity: Floats
    tongue: Floats
    shadow: Floats
    """Exponents of the light that falls in: below 1 for red, which flesh lets through."""
    lip: Floats
    """Of the lips themselves, for what shows of their inner side at the corners."""


def mouth_colours(picture: Frame, landmarks: Floats) -> MouthColours:
    """Teeth, cavity and tongue as bright and as colourful as the face they belong to.

    A black-and-white picture gets a grey mouth, a warm painting warm teeth.
    """
    pixels = _skin(picture, landmarks)
    luma = pixels @ _LUMA
    bright, middle = float(np.percentile(luma, 92)), float(np.median(luma))
    light = pixels[luma >= bright].mean(axis=0)
    light = light / max(float(light @ _LUMA), 1.0)
    lip = _lip_colour(picture, landmarks)
    # Pale skin has little colour of its own, its lips have.
    saturation = max(_saturation(np.median(pixels, axis=0)), _saturation(lip))
    colourful = float(np.clip(saturation / 0.15, 0.0, 1.0))
    ivory = _tinted((1.0, 0.935, 0.79), colourful)
    white = 0.6 * ivory / float(ivory @ _LUMA) + 0.4 * light
    # Dark skin reflects less than teeth, bright skin about as much.
    brightness = np.clip(0.60 * bright + 50.0, 85.0, 192.0)
    level = float(np.clip(middle / 120.0, 0.35, 1.15))
    return MouthColours(
        teeth=np.asarray(brightness * white, np.float32),
        cavity=_tinted((66.0, 25.0, 19.0), colourful) * np.float32(0.45 + 0.55 * level),
        shadow=np.asarray(1.0 + colourful * np.array([-0.20, 0.05, 0.07]), np.float32),
        lip=lip,
        tongue=_behind(
            _tinted((168.0, 90.0, 86.0), colourful) * np.float32(0.3 + 0.7 * level), lip
        ),
    )


def unlike_lips(picture: Frame, within: npt.NDArray[np.bool_], lip: Floats) -> Floats:
    """How far each pixel of a mouth is not lip but tooth or shadow, 0 to 1, shape (h, w).

    Landmarks leave a rim of lip inside their contour; lips are redder than what they cover.
    In a picture without colour everything counts as unlike.
    """
    red = _redness(picture)
    if not within.any():
        return np.ones_like(red)
    least = float(np.percentile(red[within], 20))
    span = float(_redness(lip[None])[0]) - least
    if span < _REDDER:
        return np.ones_like(red)
    return np.asarray(1.0 - smoothstep(1.6 * (red - least) / span - 0.5), np.float32)


def _redness(colour: npt.NDArray[np.generic]) -> Floats:
    """Red beyond the mean of the others, shares of all light; shape (..., 3) to (...)."""
    each = colour.astype(np.float32)
    beyond = each[..., 0] - (each[..., 1] + each[..., 2]) / 2.0
    return np.asarray(beyond / (each.sum(axis=-1) + 12.0), np.float32)


def _skin(picture: Frame, landmarks: Floats) -> Floats:
    """Pixels of the face without eyes and mouth, shape (n, 3)."""
    mask = np.zeros(picture.shape[:2], np.uint8)

    def fill(contour: tuple[int, ...], value: int) -> None:
        cv2.fillPoly(mask, [np.rint(landmarks[list(contour), :2]).astype(np.int32)], value)

    fill(mesh.FACE_OVAL, 255)
    fill(mesh.UPPER_OUTER + mesh.LOWER_OUTER[::-1], 0)
    for eye in mesh.EYES:
        fill(eye.upper + eye.lower[::-1], 0)
    return picture[mask > 0].astype(np.float32)


def _lip_colour(picture: Frame, landmarks: Floats) -> Floats:
    """Median of the lower lip."""
    mask = np.zeros(picture.shape[:2], np.uint8)
    contour = [*mesh.LOWER_OUTER, *mesh.LOWER_INNER[::-1]]
    cv2.fillPoly(mask, [np.rint(landmarks[contour, :2]).astype(np.int32)], 255)
    return np.asarray(np.median(picture[mask > 0].astype(np.float32), axis=0), np.float32)


def _saturation(colour: Floats) -> float:
    """0 for grey, 1 for a pure colour."""
    return float((colour.max() - colour.min()) / (colour.max() + 1.0))


def _tinted(colour: tuple[float, float, float], colourful: float) -> Floats:
    """A colour, with as much of its saturation as the face has."""
    full = np.array(colour, np.float32)
    grey = np.full(3, float(full @ _LUMA), np.float32)
    return np.asarray(colourful * full + (1.0 - colourful) * grey, np.float32)


def _behind(colour: Floats, lip: Floats) -> Floats:
    """A colour, darkened where it would be nearly as bright as the lips that shade it."""
    most = _BEHIND_LIPS * float(lip @ _LUMA) / max(float(colour @ _LUMA), 1.0)
    return np.asarray(colour * np.float32(min(1.0, most)), np.float32)
