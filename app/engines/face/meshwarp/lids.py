"""The closed lid of an eye: skin that the picture does not show, and the lashes on it.

A lid that is stretched from the skin above an open eye drags its lashes along as dark
streaks, and with them the crease, strands of hair and rims of spectacles.  So the lid's
skin is grown inwards from all that surrounds the eye, as a membrane, and the lashes are
kept apart, as the share of the skin's light that they leave; with the lid they come down
and turn over.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.eye_shape import EyeShape
from app.engines.face.meshwarp.head import Floats, Frame, smoothstep

_LASHES_ABOVE = 0.26
"""How far above the lid's edge its lashes and its crease may reach, eye widths."""

_LASHES_BELOW = 0.035
"""Same, below the edge, where the lash line is thickest."""

_BELOW_EYE = 0.10
"""How far rim and lashes of the lower lid reach below the lower lid's edge, eye widths."""

_THICKEST_LASH = 0.17
"""Eye widths; thinner dark lines are lashes or the lid's crease, not skin."""

_RIM = 0.06
"""How far the wet rim of the lower lid reaches below the lid's edge, eye widths."""

_MEETING = 0.4
"""Blink from which the rim begins to be hidden."""

_MEMBRANE_WIDTH = 36.0
"""Pixels of an eye at which its membrane is relaxed: it is smooth, and enlarged afterwards."""

_MEMBRANE_STEPS = 160

_TURN = 0.5
"""Blink at which the lashes point at the viewer."""

_FOLDED = 0.5
"""Length of lashes that point down, seen from in front."""

_GRAIN_BELOW, _LARGEST_GRAIN = 0.12, 9.0
"""Where the lid's grain is taken from, eye widths below the eye, and its height, grey levels."""

_BULGE, _FOLD = 0.07, 0.13
"""Of its brightness, by which a closed lid is lit and shaded."""

_LINE = 0.5
"""Share of the light that is left on the line at which the lids meet."""

_LINE_WIDTH = 0.02
"""Eye widths."""


@dataclass(frozen=True, slots=True)
class ClosedLid:
    """What covers one eye; arrays have the shape of its box."""

    skin: Floats
    """RGB, 0 to 255, shape (h, w, 3)."""
    lashes: Floats
    """Share of the skin's light, by colour, shape (h, w, 3): 1 where there are none."""
    start: Floats
    """0 where the picture stays as it is, 1 where the lid has taken over."""
    closing: Floats
    """1 where nothing brighter than skin is left when the lids have met, 0 outside the eye."""

    def draw(self, eye: EyeShape, ball: Frame, edge: Floats, blink: float) -> Frame:
        """The lid lowered over an eyeball.

        Args:
            eye: Whose lid it is.
            ball: What is below the lid, RGB.
            edge: ``down`` of the lid's edge in each pixel's column.
            blink: 0 open to 1 closed; at 0 the lid is as in the picture.
        """
        soft = max(0.7, 0.02 * eye.width)
        below = eye.down - edge
        above_edge = (1.0 - smoothstep(below / soft + 0.5)) * eye.inside
        cover = (above_edge * self.start).astype(np.float32)[..., None]
        # Where the lids meet, the white and the wet rim below them have gone.
        gone = (self.closing * smoothstep((blink - _MEETING) / (1.0 - _MEETING)))[..., None]
        ball_seen = ball + (np.minimum(ball, self.skin) - ball) * gone
        shown = ball_seen + (self.skin - ball_seen) * cover
        # Below the edge lashes lie on whatever is there, once they have turned over.
        lashes_below = 1.0 if blink >= _TURN else 0.0
        strength = (np.maximum(above_edge * self.start, lashes_below) * eye.inside).astype(
            np.float32
        )[..., None]
        shown *= 1.0 + (self._turned(eye, edge, blink) - 1.0) * strength
        line = np.exp(-((below / max(0.8, _LINE_WIDTH * eye.width)) ** 2))
        shown *= (1.0 - (1.0 - _LINE) * blink**2 * line * eye.inside).astype(np.float32)[..., None]
        return np.asarray(np.clip(shown + 0.5, 0, 255), np.uint8)

    def _turned(self, eye: EyeShape, edge: Floats, blink: float) -> Floats:
        """The lashes where a lid with that edge has them."""
        length = 1.0 - blink if blink < _TURN else -_FOLDED * blink
        source = eye.upper + (eye.down - edge) / np.float32(length)
        move = (source - eye.down).astype(np.float32)
        found = cv2.remap(
            self.lashes,
            eye.x - eye.box.x0 + move * eye.axis[0],
            eye.y - eye.box.y0 + move * eye.axis[1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(1.0, 1.0, 1.0),
        )
        return np.asarray(found, np.float32)


def closed_lid(picture: Frame, eye: EyeShape) -> ClosedLid:
    """Grow the lid's skin over an eye and take its lashes from the picture."""
    box = eye.box
    part = np.ascontiguousarray(picture[box.y0 : box.y1, box.x0 : box.x1])
    reach = _LASHES_ABOVE * eye.width
    from_top = eye.down - (eye.upper - reach)
    hidden = (from_top > 0) & (eye.down < eye.lower + _BELOW_EYE * eye.width) & (eye.inside > 0)
    skin = _membrane(_without_lashes(part, hidden, eye.width), hidden, eye.width)
    skin = skin * _rounded(eye, from_top)[..., None] + _grain(part, eye)
    start = smoothstep(from_top / (0.7 * reach)) * (eye.inside > 0)
    below = eye.down - eye.upper
    band = smoothstep((_LASHES_BELOW * eye.width - below) / (0.5 * _LASHES_BELOW * eye.width))
    share = np.clip(part / np.maximum(skin, 1.0), 0.0, 1.0)
    lashes = 1.0 + (share - 1.0) * (band * start)[..., None]
    rim = (eye.lower + _RIM * eye.width - eye.down) / (0.5 * _RIM * eye.width)
    return ClosedLid(
        skin=skin,
        lashes=np.asarray(lashes, np.float32),
        start=np.asarray(start, np.float32),
        closing=np.asarray(smoothstep(rim) * eye.inside, np.float32),
    )


def _rounded(eye: EyeShape, from_top: Floats) -> Floats:
    """Light on a lid that lies over a ball: most on its middle, least in the fold above it."""
    length = np.maximum(eye.lower - eye.upper + _LASHES_ABOVE * eye.width, 1.0)
    share = np.clip(from_top / length, 0.0, 1.0)
    middle = np.exp(-(((share - 0.62) / 0.20) ** 2))
    fold = np.exp(-(((share - 0.27) / 0.09) ** 2))
    return np.asarray(1.0 + (_BULGE * middle - _FOLD * fold) * eye.inside, np.float32)


def _grain(part: Frame, eye: EyeShape) -> Floats:
    """Pores, noise or brushwork, from the skin below the eye, mirrored."""
    fine = part - cv2.GaussianBlur(part, (0, 0), max(0.8, 0.05 * eye.width)).astype(np.float32)
    away = np.maximum(eye.lower - eye.down, 0.0)
    move = (1.6 * away + _GRAIN_BELOW * eye.width).astype(np.float32)
    found = cv2.remap(
        np.clip(fine, -_LARGEST_GRAIN, _LARGEST_GRAIN),
        eye.x - eye.box.x0 + move * eye.axis[0],
        eye.y - eye.box.y0 + move * eye.axis[1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(found, np.float32)


def _without_lashes(part: Frame, hidden: npt.NDArray[np.bool_], width: float) -> Floats:
    """The skin about an eye, with thin dark lines filled up; not what is hidden."""
    size = 2 * max(1, round(_THICKEST_LASH * width / 2.0)) + 1
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    known = np.where(hidden, 0, 255).astype(np.uint8)
    around = cv2.bitwise_and(part, part, mask=known)
    bright = cv2.morphologyEx(around, cv2.MORPH_CLOSE, element).astype(np.float32)
    sigma, share = max(0.6, 0.04 * width), (known / np.float32(255.0))[..., None]
    weight = cv2.GaussianBlur(np.repeat(share, 3, axis=2), (0, 0), sigma)
    soft = cv2.GaussianBlur(bright * share, (0, 0), sigma) / np.maximum(weight, 1e-3)
    return np.asarray(soft, np.float32)


def _membrane(skin: Floats, hidden: npt.NDArray[np.bool_], width: float) -> Floats:
    """A surface without bumps through what surrounds a hidden part, shape (h, w, 3)."""
    height, across = skin.shape[:2]
    scale = min(1.0, _MEMBRANE_WIDTH / width)
    size = max(4, round(across * scale)), max(4, round(height * scale))
    small = cv2.resize(skin, size, interpolation=cv2.INTER_AREA)
    hole = cv2.resize(hidden.astype(np.float32), size, interpolation=cv2.INTER_AREA)[..., None] > 0
    known = np.where(hole, 0.0, 1.0).astype(np.float32)
    weight = cv2.GaussianBlur(known, (0, 0), 0.2 * width * scale)[..., None]
    grown = cv2.GaussianBlur(small * known, (0, 0), 0.2 * width * scale) / np.maximum(weight, 1e-3)
    surface = np.where(hole, grown, small).astype(np.float32)
    for _ in range(_MEMBRANE_STEPS):
        surface = np.where(hole, cv2.blur(surface, (3, 3)), small).astype(np.float32)
    large = cv2.resize(surface, (across, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.where(hidden[..., None], large, skin), np.float32)
