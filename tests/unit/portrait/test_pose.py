"""The signs of the angles, on a face made of six points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from app.portrait.pose import head_pose

POINTS = {33: (-50, -20, 0), 263: (50, -20, 0), 234: (-70, 0, 60), 454: (70, 0, 60)}
LINE = {10: (0, -90, 0), 152: (0, 90, 0)}


def turned(axis: str, degrees: float) -> npt.NDArray[np.float32]:
    """Landmarks of a head turned about an axis of the picture: x right, y down, z away."""
    face = np.zeros((478, 3), np.float32)
    for index, point in (POINTS | LINE).items():
        face[index] = point
    sine, cosine = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    turn = {
        "yaw": [[cosine, 0, -sine], [0, 1, 0], [sine, 0, cosine]],
        "pitch": [[1, 0, 0], [0, cosine, sine], [0, -sine, cosine]],
        "roll": [[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]],
    }[axis]
    return (face @ np.array(turn).T).astype(np.float32)


def test_a_straight_face_has_no_angles() -> None:
    pose = head_pose(turned("yaw", 0))
    assert (pose.yaw, pose.pitch, pose.roll) == pytest.approx((0, 0, 0), abs=1e-4)


def test_yaw_is_positive_when_the_nose_points_to_the_right_of_the_picture() -> None:
    nose = (
        np.array([0, 0, -1])
        @ np.array([[np.cos(0.5), 0, -np.sin(0.5)], [0, 1, 0], [np.sin(0.5), 0, np.cos(0.5)]]).T
    )
    assert nose[0] > 0
    assert head_pose(turned("yaw", np.degrees(0.5))).yaw == pytest.approx(28.65, abs=0.01)


def test_pitch_is_positive_when_the_chin_comes_forward() -> None:
    raised = turned("pitch", 15)
    assert raised[152, 2] < raised[10, 2]
    assert head_pose(raised).pitch == pytest.approx(15, abs=0.01)


def test_roll_is_positive_when_the_head_tilts_clockwise() -> None:
    assert head_pose(turned("roll", 10)).roll == pytest.approx(10, abs=0.01)
