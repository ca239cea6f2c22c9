"""How a face comes from rest and goes back to it."""

from __future__ import annotations

from typing import Any

import numpy as np


def away_from_rest(n_frames: int, ease: int) -> Any:
    """How far each frame is from rest, 0 to 1: 0 at both ends, 1 after ``ease`` frames.

    Returns:
        float32, shape ``(n_frames,)``; all ones when ``ease`` is 0.
    """
    if not ease:
        return np.ones(n_frames, np.float32)
    frames = np.arange(n_frames)
    share = np.minimum(np.minimum(frames, n_frames - 1 - frames) / ease, 1.0)
    return (share * share * (3.0 - 2.0 * share)).astype(np.float32)
