from __future__ import annotations

import numpy as np
import pytest

from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.planes import Planes


@pytest.mark.parametrize(
    ("rgb", "planes"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_are_those_of_bt709(
    rgb: tuple[int, int, int], planes: tuple[int, int, int]
) -> None:
    frame = np.full((4, 4, 3), rgb, np.uint8)
    converted = Planes(4, 4).update(frame, Box(0, 0, 4, 4))
    assert (converted[0], converted[16], converted[20]) == planes


def test_a_part_brought_up_to_date_gives_the_whole_new_frame() -> None:
    random = np.random.default_rng(2)
    before = random.integers(0, 256, (20, 30, 3), np.uint8)
    after = before.copy()
    after[5:12, 7:19] = random.integers(0, 256, (7, 12, 3), np.uint8)
    stepwise, whole = Planes(30, 20), Planes(30, 20)
    stepwise.update(before, Box(0, 0, 30, 20))
    assert np.array_equal(
        stepwise.update(after, Box(7, 5, 19, 12)), whole.update(after, Box(0, 0, 30, 20))
    )


def test_a_frame_that_has_not_changed_is_kept() -> None:
    planes = Planes(8, 8)
    before = planes.update(np.full((8, 8, 3), 77, np.uint8), Box(0, 0, 8, 8)).copy()
    assert np.array_equal(planes.update(np.zeros((8, 8, 3), np.uint8), Box(0, 0, 0, 0)), before)
