"""What people hold or wear before their mouths, drawn on a portrait.

Each cover is drawn with shading, folds or a grille and a soft edge, so that it is no flat
patch: where a landmark lies on it, a network sees edges as it does in photographs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Colour = tuple[int, int, int]

_CORNERS, _EYES, _NOSE, _CHIN = (61, 291), (33, 263), 4, 152
_JAW = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361)
_RIGHT_EAR = 454
_CHEEKS = (50, 280, 205, 425)
_BRIDGE = 197


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the mouth is: middle, directions across and down the face, and its unit."""

    middle: Floats
    across: Floats
    down: Floats
    unit: float
    """Distance between the outer corners of the eyes."""

    def at(self, across: float, down: float) -> Floats:
        """A point so many units away from the mouth."""
        moved = self.middle + self.unit * (across * self.across + down * self.down)
        return cast(Floats, moved.astype(np.float32))


def surgical_mask(picture: Picture, landmarks: Floats, colour: Colour) -> Picture:
    """Cloth from the bridge of the nose to below the chin, with folds and two straps."""
    place = _place(landmarks)
    points = landmarks[:, :2]
    below = points[[index for index in _JAW if index not in (234, 93)]] + 0.06 * place.unit * (
        place.down
    )
    outline = np.vstack([points[[132]], points[[_BRIDGE]], points[[361]], below[::-1]])
    covered = _filled(picture, outline, colour)
    for fold in (-0.35, -0.05, 0.25):
        line = [place.at(across, fold + 0.06 * across**2) for across in np.linspace(-0.7, 0.7, 9)]
        _line(covered, np.array(line), _darker(colour, 0.82), 0.02 * place.unit)
    shaded = _shaded(covered, place)
    result = _laid(picture, shaded, outline, 0.012 * place.unit)
    for start, end in ((132, 234), (361, _RIGHT_EAR)):
        strap = np.array([points[start], points[end] - 0.1 * place.unit * place.down])
        _line(result, strap, (225, 225, 225), 0.02 * place.unit)
    return result


def hand(picture: Picture, landmarks: Floats, side: int) -> Picture:
    """Four fingers in the colour of the cheeks, laid over the mouth from one side.

    Args:
        side: -1 from the left of the picture, 1 from the right.
    """
    place = _place(landmarks)
    skin = _skin(picture, landmarks)
    result = picture
    for number in range(4):
        down = -0.3 + 0.22 * number
        reach = (-0.55, -0.65, -0.6, -0.45)[number]
        finger = _capsule(
            place.at(side * reach, down), place.at(side * 1.6, down + 0.15), 0.125 * place.unit
        )
        tone = _darker(skin, 1.0 - 0.05 * number)
        drawn = _filled(result, finger, tone)
        nail = _capsule(
            place.at(side * reach, down), place.at(side * (reach + 0.08), down), 0.06 * place.unit
        )
        cv2.fillPoly(drawn, [np.round(nail).astype(np.int32)], _darker(skin, 1.12))
        _line(drawn, np.vstack([finger, finger[:1]]), _darker(skin, 0.6), 0.012 * place.unit)
        for crease in (0.35, 0.75):
            knuckle = [place.at(side * crease, down + 0.02 + step) for step in (-0.07, 0.0, 0.07)]
            _line(drawn, np.array(knuckle), _darker(skin, 0.75), 0.012 * place.unit)
        result = _laid(result, _shaded(drawn, place), finger, 0.012 * place.unit)
    return result


def scarf(picture: Picture, landmarks: Floats, colour: Colour) -> Picture:
    """A knitted band from below the nose down to the border of the picture."""
    place = _place(landmarks)
    top = [place.at(across, -0.22 + 0.1 * across**2) for across in np.linspace(-1.3, 1.3, 15)]
    outline = np.vstack([np.array(top), [place.at(1.5, 2.5)], [place.at(-1.5, 2.5)]])
    covered = _filled(picture, outline, colour)
    for number in range(14):
        row = [
            place.at(across, -0.1 + 0.15 * number + 0.03 * np.sin(9 * across) + 0.1 * across**2)
            for across in np.linspace(-1.4, 1.4, 40)
        ]
        _line(covered, np.array(row), _darker(colour, 0.75), 0.025 * place.unit)
    return _laid(picture, _shaded(covered, place), outline, 0.02 * place.unit)


def microphone(picture: Picture, landmarks: Floats) -> Picture:
    """A ball with a grille before the lips, on a handle that comes from below."""
    place = _place(landmarks)
    handle = _capsule(place.at(0.05, 0.3), place.at(0.45, 2.4), 0.17 * place.unit)
    ball = _capsule(place.at(0.0, 0.02), place.at(0.02, 0.06), 0.4 * place.unit)
    covered = _filled(_filled(picture, handle, (32, 32, 36)), ball, (62, 62, 66))
    for step in np.arange(-0.4, 0.41, 0.08):
        for slope in (-1.0, 1.0):
            wire = np.array([place.at(step - 0.4, slope * -0.4), place.at(step + 0.4, slope * 0.4)])
            _line(covered, wire, (104, 104, 108), 0.015 * place.unit)
    shaded = _shaded(covered, place)
    return _laid(
        _laid(picture, shaded, handle, 0.015 * place.unit), shaded, ball, 0.015 * place.unit
    )


def cup(picture: Picture, landmarks: Floats, colour: Colour) -> Picture:
    """A cup that somebody drinks from: rim under the nose, a stripe around it."""
    place = _place(landmarks)
    outline = np.array(
        [place.at(-0.48, -0.16), place.at(0.48, -0.16), place.at(0.38, 1.0), place.at(-0.38, 1.0)]
    )
    covered = _filled(picture, outline, colour)
    rim = np.array([place.at(-0.48, -0.12), place.at(0.0, -0.08), place.at(0.48, -0.12)])
    _line(covered, rim, _darker(colour, 0.7), 0.03 * place.unit)
    stripe = np.array([place.at(-0.43, 0.4), place.at(0.0, 0.46), place.at(0.43, 0.4)])
    _line(covered, stripe, _darker(colour, 0.5), 0.1 * place.unit)
    return _laid(picture, _shaded(covered, place), outline, 0.012 * place.unit)


COVERS: Mapping[str, Callable[[Picture, Floats], Picture]] = {
    "mask-blue": lambda picture, points: surgical_mask(picture, points, (150, 190, 215)),
    "mask-white": lambda picture, points: surgical_mask(picture, points, (236, 236, 232)),
    "mask-black": lambda picture, points: surgical_mask(picture, points, (34, 34, 36)),
    "mask-skin": lambda picture, points: surgical_mask(picture, points, _skin(picture, points)),
    "hand-left": lambda picture, points: hand(picture, points, -1),
    "hand-right": lambda picture, points: hand(picture, points, 1),
    "scarf-red": lambda picture, points: scarf(picture, points, (160, 40, 44)),
    "scarf-grey": lambda picture, points: scarf(picture, points, (120, 122, 126)),
    "microphone": microphone,
    "cup-white": lambda picture, points: cup(picture, points, (230, 228, 222)),
    "cup-brown": lambda picture, points: cup(picture, points, (128, 84, 52)),
}
"""By name: takes RGB and landmarks of shape (478, 3), gives a new picture."""


def _place(landmarks: Floats) -> _Place:
    points = landmarks[:, :2]
    across = points[_EYES[1]] - points[_EYES[0]]
    unit = float(np.linalg.norm(across))
    across = (across / unit).astype(np.float32)
    middle = points[list(_CORNERS)].mean(axis=0).astype(np.float32)
    return _Place(middle, across, np.array([-across[1], across[0]], np.float32), unit)


def _skin(picture: Picture, landmarks: Floats) -> Colour:
    """The median colour of the cheeks."""
    columns, rows = np.round(landmarks[list(_CHEEKS), :2]).astype(int).T
    height, width = picture.shape[:2]
    seen = picture[rows.clip(0, height - 1), columns.clip(0, width - 1)]
    red, green, blue = (int(value) for value in np.median(seen, axis=0))
    return red, green, blue


def _darker(colour: Colour, share: float) -> Colour:
    red, green, blue = (min(round(value * share), 255) for value in colour)
    return red, green, blue


def _capsule(start: Floats, end: Floats, radius: float) -> Floats:
    """Outline of a thick line with round ends."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-6)
    turn = float(np.arctan2(along[1], along[0]))
    first = np.linspace(turn + np.pi / 2, turn + 3 * np.pi / 2, 24)
    second = np.linspace(turn - np.pi / 2, turn + np.pi / 2, 24)
    ends = [
        middle + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        for middle, angles in ((start, first), (end, second))
    ]
    return cast(Floats, np.vstack(ends).astype(np.float32))


def _filled(picture: Picture, outline: Floats, colour: Colour) -> Picture:
    filled = picture.copy()
    cv2.fillPoly(filled, [np.round(outline).astype(np.int32)], colour)
    return filled


def _line(picture: Picture, points: Floats, colour: Colour, width: float) -> None:
    thickness = max(round(width), 1)
    line = np.round(points).astype(np.int32)
    cv2.polylines(picture, [line], False, colour, thickness, cv2.LINE_AA)


def _shaded(picture: Picture, place: _Place) -> Picture:
    """Darker towards the sides, as round things are."""
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float32)
    beside = (columns - place.middle[0]) * place.across[0]
    beside += (rows - place.middle[1]) * place.across[1]
    light = 1.03 - 0.22 * np.minimum(np.abs(beside) / place.unit, 1.0) ** 2
    shaded = picture.astype(np.float32) * light[:, :, None]
    return cast(Picture, shaded.clip(0, 255).astype(np.uint8))


def _laid(picture: Picture, covered: Picture, outline: Floats, softness: float) -> Picture:
    """The covered picture inside an outline, the other outside, a soft edge between."""
    inside = np.zeros(picture.shape[:2], np.float32)
    cv2.fillPoly(inside, [np.round(outline).astype(np.int32)], 1.0)
    soft = np.asarray(cv2.GaussianBlur(inside, (0, 0), max(softness, 0.5)))[:, :, None]
    mixed = picture * (1 - soft) + covered * soft
    return cast(Picture, mixed.round().astype(np.uint8))
