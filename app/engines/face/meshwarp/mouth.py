"""The inside of the mouth, painted between the moved lips.

Lengths are units of the head (about 1.8 mm): ``across`` runs along the lips, from -1
to 1 at the corners at rest; ``down`` is 0 at the line between the closed lips and
moves with the skull, as the upper teeth do; the lower teeth move with the jaw.
Everything is soft: a hard edge inside a mouth is what makes a face look drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head, smoothstep
from app.engines.face.meshwarp.rounding import rounded
from app.engines.face.meshwarp.shapes import JAW_DROP
from app.engines.face.meshwarp.skin import mouth_colours, unlike_lips
from app.engines.face.meshwarp.warp import Lips

_SMALLEST_OPENING = 0.25
"""Units; the picture's own dark line between closed lips is better below it."""

_UPPER_EDGE = 1.35
"""How far the upper incisors reach below the line of the closed lips."""

_HIDDEN_BY_PUCKER = 1.3
"""Of that, behind lips that are round and forward."""

_LOWER_EDGE = 0.75
"""Where the lower incisors begin behind them."""

_OWN_TEETH_GAP = 1.5
"""Units; a picture whose lips are further apart shows an inside worth keeping."""

_SHOWN_EDGE = 0.6
"""How far painted upper teeth reach where a picture shows its own: they only fill in beside them,
or a second row would stand out below the first."""

_PIXELS_PER_UNIT = 4.0
"""Resolution of the painting; it is soft and is enlarged for bigger pictures."""


@dataclass(frozen=True, slots=True)
class MouthState:
    """What of a frame's shape matters inside the mouth."""

    jaw: float
    """How far the chin has fallen, in shares of ``JAW_DROP``: 0 at rest, 1 at a wide open "aa" of
    a face of middle proportions, up to about 2 with the scales of expression and opening."""
    pucker: float
    """0 to 1: round lips, which hide the teeth."""
    tongue: float
    """0 down, 1 at the teeth."""
    shown: float
    """0 leaves the picture's own mouth alone, 1 paints the inside."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Coordinates of the painted pixels, each of shape (h, w)."""

    across: Floats
    down: Floats
    upper: Floats
    """``down`` of the upper lip above each pixel."""
    lower: Floats
    """``down`` of the lower lip below each pixel."""


class MouthInterior:
    """Paints cavity, tongue and teeth of one face."""

    def __init__(self, picture: Frame, head: Head) -> None:
        """Take colours, and an open mouth's own inside, from the picture."""
        self._head = head
        self._picture = picture
        self._colours = mouth_colours(picture, head.landmarks)
        self._origin = head.landmarks[[mesh.UPPER_LIP_MIDDLE, mesh.LOWER_LIP_MIDDLE], :2].mean(
            axis=0
        )
        foreshortening = float(np.linalg.norm(head.axes[:2, 0]))
        self._half_width = head.unit * head.half_mouth * foreshortening
        self._own = self._own_inside()
        self._edge = _UPPER_EDGE if self._own is None else _SHOWN_EDGE

    def paint(self, frame: Frame, lips: Lips, state: MouthState, *, within: Box) -> None:
        """Paint into a frame, in place.

        Args:
            frame: RGB, as large as the picture.
            lips: Where they are in it.
            state: Of the mouth.
            within: Pixels that may be painted.
        """
        head = self._head
        opening = float(((lips.lower - lips.upper) @ head.down).max()) / head.unit
        strength = state.shown * float(smoothstep(opening / _SMALLEST_OPENING - 1.0))
        box = self._box(lips).clipped(within)
        if strength <= 0.0 or box.width < 3 or box.height < 3:
            return
        mask = self._opening_mask(lips, box) * np.float32(strength)
        inside = self._inside(lips, state, box)
        part = frame[box.y0 : box.y1, box.x0 : box.x1]
        mixed = part + (inside - part) * mask[..., None]
        frame[box.y0 : box.y1, box.x0 : box.x1] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)

    def _box(self, lips: Lips) -> Box:
        contour = np.concatenate([lips.upper, lips.lower])
        margin = 3 + round(1.5 * self._head.unit)
        x0, y0 = np.floor(contour.min(axis=0)).astype(int) - margin
        x1, y1 = np.ceil(contour.max(axis=0)).astype(int) + margin
        return Box(int(x0), int(y0), int(x1), int(y1))

    def _opening_mask(self, lips: Lips, box: Box) -> Floats:
        """1 between the lips, with a soft edge, shape (h, w)."""
        contour = np.concatenate([rounded(lips.upper), rounded(lips.lower)[::-1]])
        contour = contour - (box.x0, box.y0)
        mask = np.zeros((box.height, box.width), np.uint8)
        points = np.rint(contour * 16.0).astype(np.int32)
        cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, 4)
        soft = cv2.GaussianBlur(mask, (0, 0), max(0.55, 0.16 * self._head.unit))
        return soft.astype(np.float32) / 255.0

    def _inside(self, lips: Lips, state: MouthState, box: Box) -> Floats:
        """The inside for every pixel of a box, RGB float32, shape (h, w, 3)."""
        scale = min(1.0, _PIXELS_PER_UNIT / self._head.unit)
        width, height = max(2, round(box.width * scale)), max(2, round(box.height * scale))
        x = (np.arange(width, dtype=np.float32) + 0.5) * (box.width / width) - 0.5 + box.x0
        y = (np.arange(height, dtype=np.float32) + 0.5) * (box.height / height) - 0.5 + box.y0
        grid_x, grid_y = np.meshgrid(x, y)
        place = self._place(grid_x, grid_y, lips)
        painted = self._painted(place, state)
        if self._own is not None:
            painted = self._with_own(painted, self._own, x, y, lips.skull)
        painted *= _shade(place)[..., None] ** self._colours.shadow
        if scale < 1.0:
            size = (box.width, box.height)
            return np.asarray(cv2.resize(painted, size, interpolation=cv2.INTER_LINEAR))
        return painted

    def _place(self, x: Floats, y: Floats, lips: Lips) -> _Place:
        head = self._head
        origin = self._origin + lips.skull
        dx, dy = x - origin[0], y - origin[1]
        across = (dx * head.right[0] + dy * head.right[1]) / self._half_width
        down = (dx * head.down[0] + dy * head.down[1]) / head.unit

        def height_of(contour: Floats) -> Floats:
            away = contour - origin
            found = np.interp(
                across, away @ head.right / self._half_width, away @ head.down / head.unit
            )
            return np.asarray(found, np.float32)

        return _Place(across, down, height_of(lips.upper), height_of(lips.lower))

    def _painted(self, place: _Place, state: MouthState) -> Floats:
        colours = self._colours
        fallen = JAW_DROP * 0.92 * state.jaw
        depth = np.clip(
            (place.down - place.upper) / np.maximum(place.lower - place.upper, 0.3), 0.0, 1.0
        )
        lit = (0.24 + 0.24 * depth) * (1.0 + _light_let_in(place))
        inside = colours.cavity * lit[..., None]
        cheek = 0.75 * smoothstep((np.abs(place.across) - 0.45) / 0.5)
        inside = _over(inside, 0.40 * colours.lip, cheek)
        lower_edge = _LOWER_EDGE + fallen + 0.9 * place.across**2
        inside = _over(inside, *_tongue(place, state, lower_edge, colours.tongue))
        inside = _over(inside, *_lower_teeth(place, state, lower_edge, colours.teeth))
        return _over(inside, *_upper_teeth(place, state, self._edge, colours.teeth))

    def _own_inside(self) -> Frame | None:
        """Where the picture shows the inside of its own open mouth, uint8 mask."""
        if float(self._head.lip_gap[5]) < _OWN_TEETH_GAP:
            return None
        contour = [*mesh.UPPER_INNER, *mesh.LOWER_INNER[::-1]]
        mask = np.zeros(self._picture.shape[:2], np.uint8)
        cv2.fillPoly(mask, [np.rint(self._head.landmarks[contour, :2]).astype(np.int32)], 255)
        border = 2 * max(1, round(0.4 * self._head.unit)) + 1
        shrunk = cv2.erode(mask, np.ones((border, border), np.uint8))
        kept = shrunk * unlike_lips(self._picture, shrunk > 0, self._colours.lip)
        soft = cv2.GaussianBlur(kept, (0, 0), max(0.6, 0.3 * self._head.unit))
        return np.asarray(soft, np.uint8)

    def _with_own(self, painted: Floats, own: Frame, x: Floats, y: Floats, skull: Floats) -> Floats:
        """Lay the picture's own inside, which moves with the skull, over the painting."""
        from_x, from_y = np.meshgrid(x - skull[0], y - skull[1])
        share = cv2.remap(own, from_x, from_y, cv2.INTER_LINEAR).astype(np.float32) / 255.0
        there = cv2.remap(self._picture, from_x, from_y, cv2.INTER_LINEAR).astype(np.float32)
        return _over(painted, there, share)


def _upper_teeth(
    place: _Place, state: MouthState, reach: float, colour: Floats
) -> tuple[Floats, Floats]:
    """Colour and cover of the upper teeth: widest in front, fading into the cheeks' shadow."""
    across = np.abs(place.across)
    edge = reach * (1.0 - 0.40 * (across / 0.8) ** 2) - _HIDDEN_BY_PUCKER * state.pucker
    gap = _between_teeth(across, (0.0, 0.34, 0.60, 0.80), 0.022)
    edge = edge - 0.16 * gap
    cover = smoothstep((edge - place.down) / 0.5 + 0.5) * smoothstep((0.84 - across) / 0.30)
    curved = 0.90 - 0.70 * (across / 0.8) ** 2
    lit = 0.70 + 0.30 * smoothstep((place.down - place.upper) / 1.4)
    tone = np.maximum(curved, 0.1) * lit * (1.0 - 0.07 * gap)
    return colour * tone[..., None], np.asarray(cover, np.float32)


def _lower_teeth(
    place: _Place, state: MouthState, edge: Floats, colour: Floats
) -> tuple[Floats, Floats]:
    """Colour and cover of the lower teeth: darker, and darker still in an open mouth."""
    across = np.abs(place.across)
    gap = _between_teeth(across, (0.0, 0.20, 0.41, 0.62), 0.02)
    cover = smoothstep((place.down - edge) / 0.5 + 0.5) * smoothstep((0.66 - across) / 0.2)
    cover = cover * (1.0 - smoothstep((state.jaw - 0.15) / 0.5))
    tone = 0.72 * (1.0 - 0.5 * (across / 0.66) ** 2) * (1.0 - 0.08 * gap)
    return colour * np.maximum(tone, 0.08)[..., None], np.asarray(cover * 0.9, np.float32)


def _tongue(
    place: _Place, state: MouthState, edge: Floats, colour: Floats
) -> tuple[Floats, Floats]:
    """Colour and cover of the tongue, a mound behind the lower teeth."""
    across = np.abs(place.across) / 0.74
    top = edge - 0.4 - 2.6 * min(state.jaw, 1.0) - 2.2 * state.tongue + 1.7 * across**2
    below = place.down - top
    cover = smoothstep(below / 2.2 + 0.4) * smoothstep((1.0 - across) / 0.3)
    cover = cover * np.clip(1.6 * state.jaw + 0.6 * state.tongue, 0.0, 1.0)
    # At the teeth its tip is in the light.
    reached = np.maximum(0.35 + 0.65 * _light_let_in(place), 1.15 * state.tongue)
    lit = reached * (0.54 + 0.46 * np.exp(-(((below - 2.2) / 1.9) ** 2)))
    groove = 1.0 - 0.12 * np.exp(-((place.across / 0.06) ** 2))
    return colour * (lit * groove)[..., None], np.asarray(cover, np.float32)


def _between_teeth(across: Floats, places: tuple[float, ...], width: float) -> Floats:
    """1 where two teeth meet, 0 elsewhere."""
    return np.asarray(sum(np.exp(-(((across - at) / width) ** 2)) for at in places), np.float32)


def _light_let_in(place: _Place) -> Floats:
    """0 where the opening is low, 1 where it is as high as in a wide vowel.

    Behind lips that part a little it is nearly black: were it as red as they are, tongue and
    cavity would pass for a part of the lower lip.
    """
    return np.asarray(smoothstep((place.lower - place.upper - 3.0) / 8.0), np.float32)


def _shade(place: _Place) -> Floats:
    """How much light reaches each place past the lips."""
    under_upper = 0.50 + 0.50 * smoothstep((place.down - place.upper) / 1.6 + 0.1)
    over_lower = 0.74 + 0.26 * smoothstep((place.lower - place.down) / 1.0)
    corners = 1.0 - 0.35 * smoothstep((np.abs(place.across) - 0.5) / 0.5)
    # Through a narrow opening little light falls in: without this, teeth are a white stripe.
    opening = 0.66 + 0.34 * smoothstep((place.lower - place.upper) / 5.0)
    return np.asarray(under_upper * over_lower * corners * opening, np.float32)


def _over(below: Floats, above: Floats, cover: Floats) -> Floats:
    return np.asarray(below + (above - below) * cover[..., None], np.float32)
