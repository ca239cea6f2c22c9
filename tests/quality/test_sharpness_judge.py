from __future__ import annotations

import cv2
import numpy as np
import pytest

import config
from app.portrait import FaceFinder, read_picture
from benchmarks.quality.judges.sharpness import face_in, laplacian, sharpness_left
from benchmarks.quality.judges.sighting import Floats, Frame, landmarks_in


@pytest.fixture(scope="module")
def photo() -> Frame:
    return read_picture(config.ROOT / "samples" / "lecturer-woman.jpg")


@pytest.fixture(scope="module")
def landmarks(photo: Frame) -> Floats:
    return landmarks_in(photo, FaceFinder())


def left(frame: Frame, photo: Frame, landmarks: Floats) -> float:
    seen = face_in(frame, landmarks)
    return sharpness_left(np.array([laplacian(seen)]), face_in(photo, landmarks), seen.shape[0])


def test_the_photograph_itself_is_as_sharp_as_it_is(photo: Frame, landmarks: Floats) -> None:
    assert left(photo, photo, landmarks) == 1.0


def test_a_blurred_face_is_found_out(photo: Frame, landmarks: Floats) -> None:
    blurred = np.asarray(cv2.GaussianBlur(photo, (0, 0), 2.5), np.uint8)

    assert left(blurred, photo, landmarks) < 0.8


def test_a_face_found_one_pixel_lower_does_not_blur_the_photograph(
    photo: Frame, landmarks: Floats
) -> None:
    face = face_in(photo, landmarks)

    left_over = sharpness_left(np.array([laplacian(face)]), face, face.shape[0] - 1)

    assert left_over == 1.0


def test_a_picture_without_a_face_has_no_landmarks() -> None:
    grey = np.full((200, 200, 3), 128, np.uint8)

    assert np.isnan(landmarks_in(grey, FaceFinder())).all()
