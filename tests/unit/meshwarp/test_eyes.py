from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.eyes import Eyes
from app.engines.face.meshwarp.framing import Framed, frame_picture
from app.engines.face.meshwarp.head import Floats, Head, measure_head
from app.portrait import Face, FaceFinder, read_picture
from tests.unit.meshwarp.test_puppet import Frame

SAMPLES = Path(__file__).parents[3] / "samples"
AHEAD = np.zeros(2, np.float32)


@pytest.fixture(scope="module", params=["lecturer-man", "lecturer-man-tie", "lecturer-woman"])
def framed(request: pytest.FixtureRequest) -> Framed:
    picture = np.asarray(read_picture(SAMPLES / f"{request.param}.jpg"), np.uint8)
    return frame_picture(picture, FaceFinder().find(picture).landmarks, "crop", 512)


@pytest.fixture
def large(picture: Frame, face: Face) -> Framed:
    return frame_picture(picture, face.landmarks, "crop", 512)


def blinked(framed: Framed, blink: float, gaze: Floats = AHEAD) -> Frame:
    drawn = framed.picture.copy()
    Eyes(framed.picture, measure_head(framed.landmarks)).draw(drawn, blink, gaze)
    return drawn


def opening_of(framed: Framed, eye: mesh.EyePoints) -> Frame:
    """The pixels between the lids, without their soft edges."""
    mask = np.zeros(framed.picture.shape[:2], np.uint8)
    contour = framed.landmarks[[*eye.upper, *eye.lower[::-1]], :2]
    cv2.fillPoly(mask, [np.rint(contour).astype(np.int32)], 255)
    return np.asarray(cv2.erode(mask, np.ones((3, 3), np.uint8)), np.uint8)


@pytest.mark.parametrize("eye", mesh.EYES)
def test_a_closed_lid_leaves_no_white_of_the_eye(framed: Framed, eye: mesh.EyePoints) -> None:
    """Between the lids nothing is bluer than the skin below the eye; whites are."""
    inside = opening_of(framed, eye) > 0
    closed = blinked(framed, 1.0)[..., 2]
    lower = framed.landmarks[list(eye.lower), :2].mean(axis=0)
    width = float(np.ptp(framed.landmarks[list(eye.lower), 0]))
    x, y, reach = int(lower[0]), int(lower[1] + 0.35 * width), int(0.2 * width)
    cheek = closed[y - reach // 2 : y + reach // 2, x - reach : x + reach]
    assert closed[inside].max() <= 1.25 * cheek.mean() + 5


def test_a_rim_of_spectacles_above_the_eye_stays_as_it_is(large: Framed) -> None:
    rims = large.picture.copy()
    for eye in mesh.EYES:
        upper = large.landmarks[list(eye.upper), :2]
        width = float(np.ptp(upper[:, 0]))
        y = int(upper[:, 1].min() - 0.30 * width)
        x0, x1 = int(upper[:, 0].min() - 0.3 * width), int(upper[:, 0].max() + 0.3 * width)
        rims[y - 4 : y, x0:x1] = 12
    framed = replace(large, picture=rims)
    changed = np.abs(blinked(framed, 1.0).astype(int) - rims).max(axis=2)
    assert changed[(rims == 12).all(axis=2)].max() == 0
    # Nor does a rim leave a shadow on the lid.
    lids = blinked(framed, 1.0)[opening_of(framed, mesh.RIGHT_EYE) > 0].mean()
    assert lids > 0.9 * blinked(large, 1.0)[opening_of(large, mesh.RIGHT_EYE) > 0].mean()


def test_a_closed_lid_hides_the_bright_rim_of_the_lower_one(large: Framed) -> None:
    """A wet rim shines; of a closed eye it would be a white line under the lashes."""
    shining = large.picture.copy()
    for eye in mesh.EYES:
        contour = large.landmarks[list(eye.lower), :2]
        width = float(np.ptp(contour[:, 0]))
        rim = np.rint(contour[1:-1] + np.array([0.0, 0.05 * width])).astype(np.int32)
        cv2.polylines(shining, [rim], False, (255, 255, 255))
    white = (shining == 255).all(axis=2)
    beside = cv2.dilate(white.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    closed = blinked(replace(large, picture=shining), 0.8).mean(axis=2)
    assert white.sum() > 40
    assert closed[beside].max() < 200


def test_a_blink_begins_from_the_open_eye(framed: Framed) -> None:
    difference = np.abs(blinked(framed, 0.03).astype(int) - framed.picture)
    eyes = Eyes(framed.picture, measure_head(framed.landmarks)).box
    assert eyes is not None
    assert difference[eyes.y0 : eyes.y1, eyes.x0 : eyes.x1].mean() < 1.0


def test_eyes_that_were_closed_open_again(large: Framed) -> None:
    drawn = large.picture.copy()
    eyes = Eyes(large.picture, measure_head(large.landmarks))
    for blink in (0.3, 1.0, 1.0, 0.4, 0.0):
        eyes.draw(drawn, blink, AHEAD)
    assert np.array_equal(drawn, large.picture)


def test_both_eyes_glance_the_same_way(large: Framed) -> None:
    right = np.array([0.25, 0.0], np.float32)
    moved = blinked(large, 0.0, right)
    for eye in mesh.EYES:
        assert shift_of(large, moved, eye) > 0.3


def test_an_eye_does_not_glance_alone(large: Framed) -> None:
    """One that is turned away cannot follow, and the other would squint."""
    landmarks = large.landmarks.copy()
    left = [*mesh.LEFT_EYE.upper, *mesh.LEFT_EYE.lower]
    landmarks[left, :2] = landmarks[left, :2].mean(axis=0)
    head = measure_head(large.landmarks)
    alone = Head(landmarks, head.axes, head.height, head.points, head.right, head.down)
    drawn = large.picture.copy()
    Eyes(large.picture, alone).draw(drawn, 0.0, np.array([0.25, 0.0], np.float32))
    assert np.array_equal(drawn, large.picture)


def shift_of(framed: Framed, moved: Frame, eye: mesh.EyePoints) -> float:
    """By how many pixels what is in the middle of an eye has gone to the right."""
    x, y = (round(float(value)) for value in framed.landmarks[eye.iris, :2])
    reach = round(0.2 * float(np.ptp(framed.landmarks[list(eye.upper), 0])))
    area = (slice(y - reach // 2, y + reach // 2), slice(x - reach, x + reach))
    before, after = (cv2.cvtColor(p[area], cv2.COLOR_RGB2GRAY) for p in (framed.picture, moved))
    (shift, _), _ = cv2.phaseCorrelate(before.astype(np.float32), after.astype(np.float32))
    return float(shift)
