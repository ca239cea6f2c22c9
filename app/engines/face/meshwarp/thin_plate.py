"""Smooth surfaces through scattered values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_Array = npt.NDArray[np.float64]


class ThinPlate:
    """Thin-plate splines through values at scattered points.

    >>> corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    >>> plate = ThinPlate(corners, np.array([[0.0], [1.0], [0.0], [1.0]]))
    >>> plate.at(np.array([[0.25, 0.5]])).round(6).tolist()
    [[0.25]]

    Source: Bookstein, "Principal Warps", IEEE PAMI 11(6), 1989.
    """

    def __init__(self, points: _Array, values: _Array, *, smoothing: float = 0.0) -> None:
        """Solve for the surfaces; n points cost n³.

        Args:
            points: Shape (n, 2); those that coincide to a tenth are used once.
            values: Shape (n, k).
            smoothing: How loosely the values are met, in units of length squared.
        """
        _, unique = np.unique(np.round(points, 1), axis=0, return_index=True)
        points, values = points[unique], values[unique]
        self._origin = points.mean(axis=0)
        # Lengths about 1 keep the system well conditioned.
        self._scale = float(np.abs(points - self._origin).max())
        self._nodes = (points - self._origin) / self._scale
        n = len(self._nodes)
        system = np.zeros((n + 3, n + 3))
        system[:n, :n] = _kernel(self._nodes, self._nodes)
        system[:n, :n] += np.eye(n) * (smoothing / self._scale**2)
        system[:n, n:] = np.hstack([np.ones((n, 1)), self._nodes])
        system[n:, :n] = system[:n, n:].T
        self._weights = np.linalg.solve(system, np.vstack([values, np.zeros((3, values.shape[1]))]))

    def at(self, points: _Array) -> _Array:
        """Values at other points, shape (m, 2) to shape (m, k)."""
        wanted = (points - self._origin) / self._scale
        n = len(self._nodes)
        plane = np.hstack([np.ones((len(wanted), 1)), wanted]) @ self._weights[n:]
        return np.asarray(_kernel(wanted, self._nodes) @ self._weights[:n] + plane)


def _kernel(left: _Array, right: _Array) -> _Array:
    """r² log r between every point of ``left`` and of ``right``."""
    lengths = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None]
    squared = np.maximum(lengths - 2.0 * left @ right.T, 1e-20)
    return np.asarray(0.5 * squared * np.log(squared))
