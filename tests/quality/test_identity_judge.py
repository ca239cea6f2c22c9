from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

import config
from app.portrait import FaceFinder, read_picture
from benchmarks.quality.judges.identity import FaceEncoder, judge_identity
from benchmarks.quality.judges.sighting import Floats, Frame, landmarks_in

SAMPLES = config.ROOT / "samples"


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture(scope="module")
def encoder() -> FaceEncoder:
    return FaceEncoder()


def encoded(picture: Frame, encoder: FaceEncoder, finder: FaceFinder) -> Floats:
    return encoder.encode(picture, landmarks_in(picture, finder))


def read(path: Path) -> Frame:
    return read_picture(path)


def test_the_same_face_a_little_smaller_is_near(encoder: FaceEncoder, finder: FaceFinder) -> None:
    photo = read(SAMPLES / "lecturer-woman.jpg")
    smaller = np.asarray(cv2.resize(photo, (512, 512), interpolation=cv2.INTER_AREA), np.uint8)

    judged = judge_identity(encoded(photo, encoder, finder), [encoded(smaller, encoder, finder)])

    assert judged.largest < 0.15


def test_another_persons_photo_is_far(encoder: FaceEncoder, finder: FaceFinder) -> None:
    woman = encoded(read(SAMPLES / "lecturer-woman.jpg"), encoder, finder)
    man = encoded(read(SAMPLES / "lecturer-man.jpg"), encoder, finder)

    judged = judge_identity(woman, [woman, man])

    assert judged.largest > 0.5
    assert judged.mean > 0.2


def test_a_face_pulled_out_of_shape_is_farther(encoder: FaceEncoder, finder: FaceFinder) -> None:
    photo = read(SAMPLES / "lecturer-woman.jpg")
    wide = np.asarray(cv2.resize(photo, None, fx=1.35, fy=1.0), np.uint8)
    own = encoded(photo, encoder, finder)

    assert judge_identity(own, [encoded(wide, encoder, finder)]).largest > 0.28
