"""Which frames of a clip to look at: those in which a face that is wrong looks most wrong."""

from __future__ import annotations

import numpy as np

from benchmarks.quality.judges.mouth import opening, width
from benchmarks.quality.judges.sighting import Floats, Sightings
from benchmarks.quality.judges.steadiness import openness_of_lids

NAMES = ("first", "open", "half-open", "wide", "narrow", "blink", "left", "right")
"""In the order in which they are shown."""

_NOSE = 1


def telling_frames(sightings: Sightings) -> dict[str, int]:
    """Numbers of the frames by :data:`NAMES`; none when no face was found."""
    if not sightings.found.any():
        return {}
    lips, corners = opening(sightings), width(sightings)
    nose = sightings.landmarks[:, _NOSE, 0]
    numbers = (
        0,
        _most(lips),
        _nearest(lips, float(np.nanpercentile(lips, 80))),
        _most(corners),
        _most(-corners),
        _most(-openness_of_lids(sightings)),
        _most(-nose),
        _most(nose),
    )
    return dict(zip(NAMES, numbers, strict=True))


def _most(curve: Floats) -> int:
    return int(np.nanargmax(curve))


def _nearest(curve: Floats, value: float) -> int:
    return _most(-np.abs(curve - value))
