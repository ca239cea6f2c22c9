"""Pixels of the picture, taken from where the warp says.

The face is sampled cubically, because a lecturer whose skin softens whenever the head moves
looks ill; hair and shoulders around it bilinearly, at a fifth of the price.
"""

from __future__ import annotations

import cv2
import numpy as np

from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head, smoothstep
from app.engines.face.meshwarp.topology import FIRST_IRIS

_SHARP_UP_TO = 340.0
"""Height of a face, pixels, up to which it is sampled cubically, whatever it shows: above, the
same softness is a smaller part of the face, and cubic sampling costs four times as much."""

_LEAST_DETAIL = 0.80
"""Of a larger face's fine structure that bilinear sampling must leave, or it is cubic too."""

_SEEN_AT = 256
"""Pixels across a face at which its fine structure is compared: what viewers see of it."""

_AROUND_FACE = 0.06
"""Face heights of margin, so that cubic sampling ends in hair or background, not on skin."""

_CUBIC_REACH = 3
"""Pixels beyond a coordinate that its cubic sample may look at, with one to spare."""

_MOST_RESTORED = 0.45
"""Largest weight of the second differences that are given back half way between pixels."""

_LEAST_RESTORED = 0.02
"""Below it nothing was lost that can be seen."""

_MOST_ADDED = 24.0
"""Brightness out of 255 by which a pixel may be changed: an outline must not get a halo."""

_FOR_THE_ENCODER = 1.25
"""Of the picture's fine structure that a moving face is given: x264 at its usual quality leaves
80 % of it in moving pictures and more in still ones."""

_FADE = 0.04
"""Face heights in which the restoring fades out towards the border of what is cubic."""

_SECOND_DIFFERENCE = np.array([[-1.0, 2.0, -1.0]], np.float32)


class Sampler:
    """A picture that can be drawn on and looked up."""

    def __init__(self, picture: Frame, head: Head) -> None:
        """Copy the picture, four bytes for each pixel.

        OpenCV samples four in 60 % of the time of three (5.0.0, AVX2, 1080 by 1080).
        """
        self._wide = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA), np.uint8)
        face = _face_box(picture, head)
        sharp = head.height <= _SHARP_UP_TO or _detail_left(picture, face) < _LEAST_DETAIL
        self._sharp = face if sharp else None
        self._restored = _weight_to_restore(picture, face) if sharp else 0.0
        self._fade = _fade(face, _FADE * head.height) * np.float32(self._restored)

    @property
    def source(self) -> Frame:
        """The picture, RGB, to draw on."""
        return self._wide[..., :3]

    def sample(self, coordinates: Floats, box: Box, target: Frame) -> None:
        """Fill a part of a frame.

        Args:
            coordinates: x and y in the picture for each pixel, shape (h, w, 2).
            box: Where these pixels are in the frame.
            target: That part of the frame, RGB, shape (h, w, 3); written.
        """
        moved = _remapped(self._wide, coordinates, cv2.INTER_LINEAR)
        cv2.cvtColor(moved, cv2.COLOR_RGBA2RGB, dst=target)
        if self._sharp is None:
            return
        area = self._sharp.clipped(box)
        if area.width > 0 and area.height > 0:
            inside = area.within(box)
            places = coordinates[inside]
            sharp = self._sharply(places)
            if self._restored > _LEAST_RESTORED:
                sharp = _restored(sharp, places, self._fade[area.within(self._sharp)])
            target[inside] = sharp

    def _sharply(self, coordinates: Floats) -> Frame:
        """Cubic samples; only the pixels that they need are brought to three bytes."""
        whole = Box(0, 0, self._wide.shape[1], self._wide.shape[0])
        # By OpenCV: numpy is twenty times slower at arrays of pairs.
        lowest = cv2.reduce(coordinates, 0, cv2.REDUCE_MIN).min(axis=(0, 1))
        highest = cv2.reduce(coordinates, 0, cv2.REDUCE_MAX).max(axis=(0, 1))
        x0, y0 = np.floor(lowest).astype(int) - _CUBIC_REACH
        x1, y1 = np.ceil(highest).astype(int) + _CUBIC_REACH
        needed = Box(int(x0), int(y0), int(x1), int(y1)).clipped(whole)
        part = cv2.cvtColor(self._wide[needed.within(whole)], cv2.COLOR_RGBA2RGB)
        origin = (float(needed.x0), float(needed.y0), 0.0, 0.0)
        # OpenCV takes a value for each channel; its stubs do not know.
        within = cv2.subtract(coordinates, origin)  # type: ignore[call-overload]
        return _remapped(
            np.asarray(part, np.uint8), np.asarray(within, np.float32), cv2.INTER_CUBIC
        )


def _remapped(picture: Frame, coordinates: Floats, kind: int) -> Frame:
    # OpenCV takes x and y side by side with no second map; its stubs do not know.
    found = cv2.remap(  # type: ignore[call-overload]
        picture, coordinates, None, kind, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(found, np.uint8)


def _restored(moved: Frame, coordinates: Floats, weight: Floats) -> Frame:
    """Give back the fine structure that sampling between pixels took away.

    The loss is none at whole pixels and greatest half way, in each direction for itself;
    without this a face grows soft and sharp again at every pixel that it moves.  Brightness
    alone is changed: the eye and 4:2:0 have little use for finer colours.

    Args:
        moved: Samples, RGB.
        coordinates: Where they come from.
        weight: Of the restoring at each pixel, were it half way.
    """
    grey = np.asarray(cv2.cvtColor(moved, cv2.COLOR_RGB2GRAY), np.uint8)
    across, along = (np.asarray(places, np.float32) for places in cv2.split(coordinates))
    added = _lost(grey, across, _SECOND_DIFFERENCE)
    added += _lost(grey, along, _SECOND_DIFFERENCE.T)
    added *= weight
    np.clip(added, -_MOST_ADDED, _MOST_ADDED, out=added)
    return np.asarray(cv2.add(moved, cv2.merge([added] * 3), dtype=cv2.CV_8U), np.uint8)


def _lost(grey: Frame, places: Floats, difference: Floats) -> Floats:
    """Second differences in one direction: none at whole pixels, all of them half way.

    Between, a polynomial of the squared distance, with which shifts of 0.2 to 0.5 pixels
    leave faces equally sharp, to 10 %.
    """
    off = places - np.rint(places)
    off *= off
    share = off * np.float32(-9.6)
    share += np.float32(6.4)
    share *= off
    share *= cv2.filter2D(grey, cv2.CV_32F, difference)
    return np.asarray(share, np.float32)


def _weight_to_restore(picture: Frame, face: Box) -> float:
    """Weight at which a face half way between pixels has its fine structure again.

    With second differences added in proportion, the variance of the Laplacian is a parabola
    of the weight; this is where it meets what is wanted.
    """
    part = picture[face.y0 : face.y1, face.x0 : face.x1]
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    x, y = np.arange(grey.shape[1], dtype=np.float32), np.arange(grey.shape[0], dtype=np.float32)
    half_way = cv2.merge([*np.meshgrid(x + np.float32(0.5), y + np.float32(0.5))])
    moved = cv2.remap(  # type: ignore[call-overload]
        grey, half_way, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    across = cv2.filter2D(moved, cv2.CV_32F, _SECOND_DIFFERENCE)
    differences = cv2.add(across, cv2.filter2D(moved, cv2.CV_32F, _SECOND_DIFFERENCE.T))
    wanted, left, gained = (cv2.Laplacian(one, cv2.CV_32F) for one in (grey, moved, differences))
    square = float(gained.var())
    linear = 2.0 * float(((left - left.mean()) * (gained - gained.mean())).mean())
    missing = _FOR_THE_ENCODER * float(wanted.var()) - float(left.var())
    if missing <= 0.0 or square <= 0.0:
        return 0.0
    root = (-linear + float(np.sqrt(linear**2 + 4.0 * square * missing))) / (2.0 * square)
    return min(root, _MOST_RESTORED)


def _fade(face: Box, reach: float) -> Floats:
    """1 inside a box, down to 0 at its border, shape (h, w)."""
    x, y = np.arange(face.width), np.arange(face.height)
    across = smoothstep(np.minimum(x, face.width - 1 - x) / reach)
    along = smoothstep(np.minimum(y, face.height - 1 - y) / reach)
    return np.asarray(along[:, None] * across[None], np.float32)


def _face_box(picture: Frame, head: Head) -> Box:
    """Around the skin of the face, with a margin."""
    skin = head.landmarks[:FIRST_IRIS, :2]
    margin = _AROUND_FACE * head.height
    x0, y0 = np.floor(skin.min(axis=0) - margin).astype(int)
    x1, y1 = np.ceil(skin.max(axis=0) + margin).astype(int)
    height, width = picture.shape[:2]
    return Box(int(x0), int(y0), int(x1), int(y1)).clipped(Box(0, 0, width, height))


def _detail_left(picture: Frame, face: Box) -> float:
    """Share of a face's fine structure that is left when it moves by half a pixel each way."""
    part = picture[face.y0 : face.y1, face.x0 : face.x1]
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    moved = cv2.blur(grey, (2, 2))
    before, after = (
        cv2.Laplacian(
            cv2.resize(one, (_SEEN_AT, _SEEN_AT), interpolation=cv2.INTER_AREA), cv2.CV_32F
        )
        for one in (grey, moved)
    )
    return float(after.var() / max(float(before.var()), 1e-6))
