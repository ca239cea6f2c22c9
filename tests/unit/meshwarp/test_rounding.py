from __future__ import annotations

import numpy as np
import pytest

from app.engines.face.meshwarp.rounding import rounded

ZIGZAG = np.array([[0, 0], [1, 2], [2, 0], [3, 1]], np.float32)


def test_a_rounded_contour_goes_through_every_point() -> None:
    assert rounded(ZIGZAG)[::4] == pytest.approx(ZIGZAG)


def test_a_rounded_contour_has_no_corner_at_a_point() -> None:
    curve = rounded(ZIGZAG)
    before, after = curve[4] - curve[3], curve[5] - curve[4]
    cosine = before @ after / (np.linalg.norm(before) * np.linalg.norm(after))
    straight = ZIGZAG[1] - ZIGZAG[0], ZIGZAG[2] - ZIGZAG[1]
    assert cosine > straight[0] @ straight[1] / 5.0 + 0.5


def test_a_straight_contour_stays_straight() -> None:
    line = np.stack([np.arange(5), 2.0 * np.arange(5)], axis=1).astype(np.float32)
    curve = rounded(line)
    assert curve[:, 1] == pytest.approx(2.0 * curve[:, 0])
    assert len(curve) == 17
