"""The opening of the mouth that the embedded face engine is told to show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.curves import PARTS, mouth_curves
from app.engines.face.meshwarp.opening import OPENERS
from app.phonetics import Viseme
from app.ports.face import FRAMES_PER_SECOND


def commanded_opening(
    visemes: Sequence[Viseme], samples: npt.NDArray[np.float32], rate: int
) -> npt.NDArray[np.float64]:
    """How far the lips are to be apart, per frame of a fragment, in the engine's own unit."""
    n_frames = -(-len(samples) * FRAMES_PER_SECOND // rate)
    parts = mouth_curves(visemes, samples, rate, n_frames).parts
    columns = [PARTS.index(name) for name in PARTS if name in OPENERS]
    weights = np.array([OPENERS[name] for name in PARTS if name in OPENERS])
    return np.asarray(parts[:, columns] @ weights, np.float64)
