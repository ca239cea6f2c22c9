"""Smooth curves through the few landmarks of a lip."""

from __future__ import annotations

import numpy as np

from app.engines.face.meshwarp.head import Floats

_BETWEEN = 4
"""Pieces of curve for each step from one point to the next."""

_T = np.arange(_BETWEEN)[:, None] / _BETWEEN
_BLEND = 0.5 * np.concatenate(
    [
        -_T + 2.0 * _T**2 - _T**3,
        2.0 - 5.0 * _T**2 + 3.0 * _T**3,
        _T + 4.0 * _T**2 - 3.0 * _T**3,
        _T**3 - _T**2,
    ],
    axis=1,
)
"""Weights of the points before, at, after and after next; Catmull and Rom, "A class of local
interpolating splines", Computer Aided Geometric Design, 1974."""


def rounded(contour: Floats) -> Floats:
    """A curve through all points of an open contour, ends included.

    Args:
        contour: Shape (n, 2), n at least 2.

    Returns:
        Shape (4 * n - 3, 2); every fourth point is one of the contour's.
    """
    before, behind = 2.0 * contour[:1] - contour[1:2], 2.0 * contour[-1:] - contour[-2:-1]
    points = np.concatenate([before, contour, behind])
    neighbours = np.stack([points[:-3], points[1:-2], points[2:-1], points[3:]])
    between = np.tensordot(_BLEND, neighbours, 1).transpose(1, 0, 2).reshape(-1, 2)
    return np.asarray(np.concatenate([between, contour[-1:]]), np.float32)
