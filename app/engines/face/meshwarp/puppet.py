"""A picture made ready to move, and its frames."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from app.engines.face.meshwarp.curves import PARTS, MouthCurves
from app.engines.face.meshwarp.eyes import Eyes
from app.engines.face.meshwarp.fields import N_POSES, Fields, build_fields
from app.engines.face.meshwarp.framing import Framed
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head, measure_head
from app.engines.face.meshwarp.idle import IdleMotion
from app.engines.face.meshwarp.mouth import MouthInterior, MouthState
from app.engines.face.meshwarp.seal import LipSeal
from app.engines.face.meshwarp.shapes import SHAPES, ShapeName
from app.engines.face.meshwarp.warp import Warp

_SHARP_UP_TO = 700
"""Pixels of the region's longer side up to which it is sampled cubically: above, the same
softness is a smaller part of the face, and cubic sampling costs three times as much."""

_REST = 1e-3
"""Weights below this move nothing that can be seen."""


@dataclass(frozen=True, slots=True)
class Puppet:
    """What is computed once per picture; never changed, so it may be shared."""

    picture: Frame
    head: Head
    fields: Fields


def make_puppet(framed: Framed) -> Puppet:
    """Measure the head and spread its movements over the picture; about 0.4 s of one core."""
    height, width = framed.picture.shape[:2]
    head = measure_head(framed.landmarks)
    return Puppet(framed.picture, head, build_fields(head, width, height))


@dataclass(frozen=True, slots=True)
class Score:
    """All movement of a fragment, one row per frame."""

    mouth: MouthCurves
    idle: IdleMotion
    expression: float
    """Scale of the mouth's movement; closures stay closures."""

    def __len__(self) -> int:
        return len(self.idle.blink)

    def weights(self, index: int) -> Floats:
        """Weights of all layers of the fields, shape (14,)."""
        parts = dict(zip(PARTS, self.mouth.parts[index].tolist(), strict=True))
        shapes: dict[ShapeName, float] = {
            "jaw": parts["jaw"] * self.expression,
            "raise": parts["raise"] * self.expression,
            "drop": parts["drop"] * self.expression,
            "wide": parts["wide"] * self.expression,
            "pucker": parts["pucker"] * min(self.expression, 1.2),
            "press": parts["press"],
            "tuck": parts["tuck"],
            "close": max(float(self.mouth.speaking[index]), parts["press"]),
            "brow": float(self.idle.brow[index]),
        }
        row = np.zeros(len(SHAPES) + N_POSES, np.float32)
        row[: len(SHAPES)] = [shapes[name] for name in SHAPES]
        row[len(SHAPES) :] = self.idle.pose[index]
        return row

    def mouth_state(self, index: int) -> MouthState:
        """What the inside of the mouth depends on."""
        parts = self.mouth.parts[index]
        # An open mouth at rest is the picture's own; painting fades in with its movement.
        moved = max(float(np.abs(parts).max()), float(self.mouth.speaking[index]))
        return MouthState(
            jaw=float(parts[PARTS.index("jaw")]) * self.expression,
            tongue=float(parts[PARTS.index("tongue")]),
            shown=min(1.0, 4.0 * moved),
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A frame, valid until the next one is rendered."""

    frame: Frame
    """RGB uint8, as large as the picture."""
    changed: Box
    """What may differ from the frame before; everything in the first frame."""


class Renderer:
    """Frames of one puppet; holds scratch memory, so one per clip."""

    def __init__(self, puppet: Puppet) -> None:
        self._puppet = puppet
        height, width = puppet.picture.shape[:2]
        self._whole = Box(0, 0, width, height)
        self._eyes = Eyes(puppet.picture, puppet.head)
        self._warp = Warp(puppet.head, puppet.fields, width, height, always=self._eyes.box)
        self._seal = LipSeal(puppet.picture, puppet.head)
        self._mouth = MouthInterior(puppet.picture, puppet.head)
        grid = puppet.fields.whole.grid
        sharp = max(grid.width, grid.height) <= _SHARP_UP_TO
        self._kind = cv2.INTER_CUBIC if sharp else cv2.INTER_LINEAR
        self._source, self._frame = puppet.picture.copy(), puppet.picture.copy()
        self._last = self._whole

    def render(self, score: Score, index: int) -> Drawn:
        """One frame of a score.

        Nothing outside the head's region ever differs from the picture.
        """
        weights = score.weights(index)
        state = score.mouth_state(index)
        source = self._source
        self._eyes.draw(source, float(score.idle.blink[index]), score.idle.gaze[index])
        self._seal.draw(source, state.shown)
        if np.abs(weights).max() < _REST:
            box = self._warp.always
            return self._drawn(source[box.within(self._whole)], box)
        lips = self._warp.lips(weights)
        sources = self._warp.sources(weights, lips)
        # OpenCV takes x and y side by side with no second map; its stubs do not know.
        moved = cv2.remap(  # type: ignore[call-overload]
            source, sources.coordinates, None, self._kind, borderMode=cv2.BORDER_REPLICATE
        )
        drawn = self._drawn(np.asarray(moved, np.uint8), sources.box)
        self._mouth.paint(drawn.frame, lips, state, within=sources.box)
        return drawn

    def _drawn(self, part: Frame, box: Box) -> Drawn:
        """The picture with one part replaced."""
        last = self._last.within(self._whole)
        self._frame[last] = self._puppet.picture[last]
        self._frame[box.within(self._whole)] = part
        changed = box.joined(self._last)
        self._last = box
        return Drawn(self._frame, changed)
