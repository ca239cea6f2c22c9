from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.framing import Framed, frame_picture
from app.portrait import Face

Picture = npt.NDArray[np.uint8]
Landmarks = npt.NDArray[np.float32]


def face_share(framed: Framed) -> float:
    chin, forehead = framed.landmarks[mesh.CHIN, :2], framed.landmarks[mesh.FOREHEAD, :2]
    return float(np.linalg.norm(chin - forehead) / framed.picture.shape[0])


def is_inside(framed: Framed) -> bool:
    height, width = framed.picture.shape[:2]
    points = framed.landmarks[list(mesh.FACE_OVAL), :2]
    return bool((points >= 0).all() and (points < (width, height)).all())


@pytest.mark.parametrize("size", [256, 512, 1080])
def test_a_crop_is_a_square_of_the_wanted_size(picture: Picture, face: Face, size: int) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", size)
    assert framed.picture.shape == (size, size, 3)


def test_a_crop_shows_head_and_shoulders(picture: Picture, face: Face) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", 512)
    assert 0.48 < face_share(framed) < 0.60
    assert is_inside(framed)


@pytest.mark.parametrize("side", ["left", "right", "above", "below"])
def test_a_face_at_the_border_is_not_cut(picture: Picture, face: Face, side: str) -> None:
    x0, y0 = np.floor(face.landmarks[:, :2].min(axis=0)).astype(int) - 2
    x1, y1 = np.ceil(face.landmarks[:, :2].max(axis=0)).astype(int) + 2
    cuts = {
        "left": (slice(None), slice(x0, None)),
        "right": (slice(None), slice(None, x1)),
        "above": (slice(y0, None), slice(None)),
        "below": (slice(None, y1), slice(None)),
    }
    moved = face.landmarks.copy()
    moved[:, 0] -= x0 if side == "left" else 0
    moved[:, 1] -= y0 if side == "above" else 0
    framed = frame_picture(np.ascontiguousarray(picture[cuts[side]]), moved, "crop", 256)
    assert framed.picture.shape == (256, 256, 3)
    assert is_inside(framed)
    assert framed.landmarks[mesh.CHIN, 1] < 256 - 0.1 * face_share(framed) * 256


def test_a_picture_of_nothing_but_the_face_is_widened(picture: Picture, face: Face) -> None:
    x0, y0 = np.floor(face.landmarks[:, :2].min(axis=0)).astype(int)
    x1, y1 = np.ceil(face.landmarks[:, :2].max(axis=0)).astype(int)
    moved = face.landmarks - np.array([x0, y0, 0], np.float32)
    framed = frame_picture(np.ascontiguousarray(picture[y0:y1, x0:x1]), moved, "crop", 256)
    assert face_share(framed) == pytest.approx(0.72, abs=0.02)
    assert is_inside(framed)


def small_face(picture: Picture, face: Face, height: int) -> tuple[Picture, Landmarks]:
    """The sample in the middle of a picture of 1920 by 1080, its face that many pixels high."""
    chin, forehead = face.landmarks[mesh.CHIN, :2], face.landmarks[mesh.FOREHEAD, :2]
    factor = height / float(np.linalg.norm(chin - forehead))
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    wide = np.full((1080, 1920, 3), small[0, 0], np.uint8)
    wide[400 : 400 + small.shape[0], 800 : 800 + small.shape[1]] = small
    return wide, np.asarray(face.landmarks * factor + (800, 400, 0), np.float32)


def test_a_small_face_is_not_blown_up(picture: Picture, face: Face) -> None:
    wide, landmarks = small_face(picture, face, 60)
    framed = frame_picture(wide, landmarks, "crop", 512)
    assert framed.picture.shape == (512, 512, 3)
    assert face_share(framed) * 512 == pytest.approx(180, abs=3)
    assert is_inside(framed)


@pytest.mark.parametrize("size", [512, 1080])
def test_a_small_face_stays_the_subject_of_a_crop(picture: Picture, face: Face, size: int) -> None:
    wide, landmarks = small_face(picture, face, 60)
    assert face_share(frame_picture(wide, landmarks, "crop", size)) > 0.21


def test_a_narrow_picture_is_widened_so_that_hair_is_not_cut(picture: Picture, face: Face) -> None:
    x0, x1 = (round(float(value)) for value in np.percentile(face.landmarks[:, 0], [0, 100]))
    margin = round(0.12 * (x1 - x0))
    narrow = np.ascontiguousarray(picture[:, x0 - margin : x1 + margin])
    moved = face.landmarks - np.array([x0 - margin, 0, 0], np.float32)
    framed = frame_picture(narrow, moved, "crop", 512)
    above = framed.landmarks[mesh.FOREHEAD, 1] / (face_share(framed) * 512)
    assert above > 0.5
    assert face_share(framed) == pytest.approx(0.58, abs=0.01)


def test_landmarks_stay_on_their_pixels(picture: Picture, face: Face) -> None:
    marked = picture.copy()
    nose = face.landmarks[1, :2]
    x, y = (round(float(value)) for value in nose)
    marked[y - 4 : y + 5, x - 4 : x + 5] = (0, 255, 0)
    framed = frame_picture(marked, face.landmarks, "crop", 512)
    green = framed.picture.astype(int) @ np.array([-1, 2, -1])
    rows, columns = np.nonzero(green > 300)
    found = np.array([columns.mean(), rows.mean()])
    assert np.abs(found - framed.landmarks[1, :2]).max() < 0.7


def test_full_keeps_the_picture_as_it_is(picture: Picture, face: Face) -> None:
    framed = frame_picture(picture, face.landmarks, "full", 512)
    assert np.array_equal(framed.picture, picture)


def test_full_cuts_an_odd_last_row_and_column(picture: Picture, face: Face) -> None:
    odd = np.ascontiguousarray(picture[:1023, :1021])
    framed = frame_picture(odd, face.landmarks, "full", 512)
    assert np.array_equal(framed.picture, picture[:1022, :1020])


def test_full_is_at_most_1920_long(face: Face) -> None:
    framed = frame_picture(np.zeros((1500, 3000, 3), np.uint8), face.landmarks, "full", 512)
    assert framed.picture.shape == (960, 1920, 3)


def test_resize_brings_the_long_side_to_the_size(picture: Picture, face: Face) -> None:
    wide = np.ascontiguousarray(picture[:700])
    framed = frame_picture(wide, face.landmarks, "resize", 512)
    assert framed.picture.shape == (350, 512, 3)
