"""A picture made ready to move, and its frames."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from app.engines.face.meshwarp.curves import PARTS, MouthCurves
from app.engines.face.meshwarp.eyes import Eyes
from app.engines.face.meshwarp.fields import N_POSES, Fields, build_fields
from app.engines.face.meshwarp.framing import Framed
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, Frame, Head, measure_head
from app.engines.face.meshwarp.idle import IdleMotion
from app.engines.face.meshwarp.mouth import MouthInterior, MouthState
from app.engines.face.meshwarp.opening import AS_COMMANDED, Opening
from app.engines.face.meshwarp.sampling import Sampler
from app.engines.face.meshwarp.seal import LipSeal
from app.engines.face.meshwarp.shapes import SHAPES, ShapeName
from app.engines.face.meshwarp.warp import Warp

_REST = 1e-3
"""Weights below this move nothing that can be seen."""

_TOGETHER = 0.5
"""Units between the lips, below which they count as closed."""

_SMILING = 4.5
"""Units, 8 mm: lips that are further apart show the teeth on purpose."""


@dataclass(frozen=True, slots=True)
class Puppet:
    """What is computed once per picture; never changed, so it may be shared."""

    picture: Frame
    head: Head
    fields: Fields
    opening: Opening = AS_COMMANDED
    """Scales of the mouth's opening that suit this face."""

    @property
    def slightly_parted(self) -> bool:
        """Whether the lips are apart without a smile or a laugh that is the picture's own."""
        return _TOGETHER <= float(self.head.lip_gap.max()) < _SMILING


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
    opening: Opening = AS_COMMANDED
    """Scales of its opening alone, by which one face differs from another."""

    def __len__(self) -> int:
        return len(self.idle.blink)

    def weights(self, index: int) -> Floats:
        """Weights of all layers of the fields, shape (14,)."""
        parts = dict(zip(PARTS, self.mouth.parts[index].tolist(), strict=True))
        opened = self.expression * self.opening.scale(self.mouth.parts[index])
        shapes: dict[ShapeName, float] = {
            "jaw": parts["jaw"] * opened,
            "raise": parts["raise"] * opened,
            "drop": parts["drop"] * opened,
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
            jaw=float(parts[PARTS.index("jaw")]) * self.expression * self.opening.scale(parts),
            pucker=float(np.clip(parts[PARTS.index("pucker")], 0.0, 1.0)),
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
        self._sampler = Sampler(puppet.picture, puppet.head)
        self._frame = puppet.picture.copy()
        self._last, self._shown = self._whole, b""

    def render(self, score: Score, index: int) -> Drawn:
        """One frame of a score.

        Nothing outside the head's region ever differs from the picture.
        """
        weights, state = score.weights(index), score.mouth_state(index)
        blink, gaze = float(score.idle.blink[index]), score.idle.gaze[index]
        shown = np.array([*weights, *astuple(state), blink, *gaze]).tobytes()
        if shown == self._shown:
            return Drawn(self._frame, Box(0, 0, 0, 0))
        self._shown = shown
        source = self._sampler.source
        self._eyes.draw(source, blink, gaze)
        self._seal.draw(source, state.shown)
        if np.abs(weights).max() < _REST:
            box = self._warp.always
            self._part(box)[:] = source[box.within(self._whole)]
            return self._drawn(box)
        lips = self._warp.lips(weights)
        sources = self._warp.sources(weights, lips)
        self._sampler.sample(sources.coordinates, sources.box, self._part(sources.box))
        self._mouth.paint(self._frame, lips, state, within=sources.box)
        return self._drawn(sources.box)

    def _part(self, box: Box) -> Frame:
        """A part of the frame, to be drawn; what the last frame changed outside it is undone."""
        if self._last.joined(box) != box:
            last = self._last.within(self._whole)
            self._frame[last] = self._puppet.picture[last]
        return self._frame[box.within(self._whole)]

    def _drawn(self, box: Box) -> Drawn:
        changed = box.joined(self._last)
        self._last = box
        return Drawn(self._frame, changed)
