"""The landmarks against real MediaPipe, and what they must not depend on."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.portrait import Face, FaceFinder, read_picture
from tests.unit.portrait.conftest import SAMPLES, Picture

Floats = npt.NDArray[np.float32]

LEFT_EYE, RIGHT_EYE = 33, 263
FOREHEAD, NOSE_TIP, CHIN = 10, 4, 152
UPPER_LIP, LOWER_LIP = 13, 14
MOUTH = [61, 291, 0, 17, UPPER_LIP, LOWER_LIP, 78, 308]
LEFT_IRIS, RIGHT_IRIS = 468, 473


def distance(found: npt.NDArray[np.floating], expected: Floats) -> npt.NDArray[np.floating]:
    """Distance of each landmark in the plane, in distances between the eye corners."""
    eyes = np.linalg.norm(expected[LEFT_EYE, :2] - expected[RIGHT_EYE, :2])
    return np.asarray(np.linalg.norm(found[:, :2] - expected[:, :2], axis=1) / eyes)


@pytest.mark.parametrize("sample", ["lecturer-man", "lecturer-man-tie", "lecturer-woman"])
def test_the_landmarks_are_those_of_mediapipe(finder: FaceFinder, sample: str) -> None:
    """Compare with mediapipe 0.10.14, run on Python 3.11.

    Recorded with ``FaceMesh(static_image_mode=False, max_num_faces=1,
    refine_landmarks=True)``: each sample was given three times and the third result
    kept, because MediaPipe frames a face by the landmarks of the frame before.
    """
    with np.load(Path(__file__).with_name("mediapipe_landmarks.npz")) as recorded:
        expected = recorded[sample]
    found = finder.find(read_picture(SAMPLES / f"{sample}.jpg")).landmarks
    assert found.shape == (478, 3)
    assert found.dtype == np.float32
    apart = distance(found, expected)
    assert apart.mean() < 0.003
    assert apart.max() < 0.012
    eyes = np.linalg.norm(expected[LEFT_EYE] - expected[RIGHT_EYE])
    assert np.abs(found[:, 2] - expected[:, 2]).max() < 0.02 * eyes


def test_irises_lie_between_the_lids(face: Face) -> None:
    for iris, corner, inner in ((LEFT_IRIS, 33, 133), (RIGHT_IRIS, 263, 362)):
        across = sorted((face.landmarks[corner, 0], face.landmarks[inner, 0]))
        assert across[0] < face.landmarks[iris, 0] < across[1]


def test_depth_grows_away_from_the_camera(face: Face) -> None:
    assert face.landmarks[NOSE_TIP, 2] < face.landmarks[LEFT_EYE, 2]


def test_a_picture_of_another_size_gives_the_same_landmarks(
    finder: FaceFinder, woman: Picture, face: Face
) -> None:
    half = cv2.resize(woman, (512, 512), interpolation=cv2.INTER_AREA)
    found = finder.find(np.asarray(half, np.uint8)).landmarks * 2 + 0.5
    assert distance(found, face.landmarks).mean() < 0.006


def test_an_enlarged_picture_gives_the_same_landmarks(
    finder: FaceFinder, woman: Picture, face: Face
) -> None:
    large = cv2.resize(woman, (3072, 3072), interpolation=cv2.INTER_LINEAR)
    found = (finder.find(np.asarray(large, np.uint8)).landmarks - 1) / 3
    assert distance(found, face.landmarks).mean() < 0.003
    shift = (found - face.landmarks)[:, :2].mean(axis=0)
    assert np.abs(shift).max() < 0.3


def test_a_face_45_pixels_wide_still_has_its_landmarks(
    finder: FaceFinder, woman: Picture, face: Face
) -> None:
    side = round(1024 * 45 / face.box[2])
    small = cv2.resize(woman, (side, side), interpolation=cv2.INTER_AREA)
    found = finder.find(np.asarray(small, np.uint8))
    assert found.box[2] < 50
    apart = distance(found.landmarks * (1024 / side), face.landmarks)
    assert apart.mean() < 0.025


def test_a_tilted_face_has_the_tilted_landmarks(
    finder: FaceFinder, woman: Picture, face: Face
) -> None:
    matrix = cv2.getRotationMatrix2D((512, 512), -20, 1)
    tilted = cv2.warpAffine(woman, matrix, (1024, 1024), borderMode=cv2.BORDER_REPLICATE)
    found = finder.find(np.asarray(tilted, np.uint8))
    expected = face.landmarks.copy()
    expected[:, :2] = expected[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    assert distance(found.landmarks, expected).mean() < 0.01
    assert found.roll == pytest.approx(20, abs=2)


def test_a_mirrored_face_has_its_mouth_in_the_mirrored_place(
    finder: FaceFinder, man: Picture
) -> None:
    mouth = finder.find(man).landmarks[MOUTH, 0].mean()
    mirrored = finder.find(np.ascontiguousarray(man[:, ::-1])).landmarks[MOUTH, 0].mean()
    assert mirrored == pytest.approx(1023 - mouth, abs=3)


def test_a_face_that_looks_into_the_camera_is_neither_turned_nor_tilted(face: Face) -> None:
    assert abs(face.yaw) < 4
    assert abs(face.roll) < 2
