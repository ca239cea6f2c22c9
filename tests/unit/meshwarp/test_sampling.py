from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Floats, measure_head
from app.engines.face.meshwarp.sampling import Sampler
from app.portrait import Face
from tests.unit.meshwarp.test_puppet import Frame


def places(size: int, shift: float) -> Floats:
    """For each pixel the one so many pixels to its right."""
    x, y = np.meshgrid(np.arange(size, dtype=np.float32), np.arange(size, dtype=np.float32))
    return np.stack([x + np.float32(shift), y], axis=2)


def sampled(picture: Frame, landmarks: Floats, shift: float) -> Frame:
    size = len(picture)
    target = np.zeros_like(picture)
    sampler = Sampler(picture, measure_head(landmarks))
    sampler.sample(places(size, shift), Box(0, 0, size, size), target)
    return target


@pytest.mark.parametrize("size", [256, 512, 1080])
def test_a_picture_that_does_not_move_is_itself(picture: Frame, face: Face, size: int) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", size)
    assert np.array_equal(sampled(framed.picture, framed.landmarks, 0.0), framed.picture)


def test_a_move_by_whole_pixels_moves_every_pixel(picture: Frame, face: Face) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", 256)
    moved = sampled(framed.picture, framed.landmarks, 2.0)
    assert np.array_equal(moved[:, :-2], framed.picture[:, 2:])


def test_a_small_face_loses_less_of_its_detail_than_its_surroundings(
    picture: Frame, face: Face
) -> None:
    """Noise, which half a pixel hurts most, is kept better on the face."""
    framed = frame_picture(picture, face.landmarks, "crop", 256)
    noise = np.random.default_rng(4).integers(100, 156, framed.picture.shape, np.uint8)
    moved = sampled(noise, framed.landmarks, 0.5).astype(float)
    x, y = (int(value) for value in framed.landmarks[1, :2])
    assert moved[y - 30 : y + 30, x - 30 : x + 30].std() > 1.1 * moved[:30, :60].std()


@pytest.mark.parametrize(("freckled", "sharp"), [(True, True), (False, False)])
def test_a_large_face_is_sampled_sharply_where_softness_would_show(
    picture: Frame, face: Face, freckled: bool, sharp: bool
) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", 1080)
    shown = framed.picture
    if freckled:
        dots = np.random.default_rng(4).random(shown.shape[:2]) < 0.02
        shown = np.where(dots[..., None], shown // 3, shown).astype(np.uint8)
    x, y = (int(value) for value in framed.landmarks[1, :2])
    middle = (slice(y - 60, y + 60), slice(x - 60, x + 60))
    moved = sampled(shown, framed.landmarks, 0.5)[middle].astype(int)
    # Bilinear samples half way are means of two neighbours.
    means = (shown.astype(int) + np.roll(shown, -1, axis=1))[middle] / 2.0
    assert (np.abs(moved - means).max() > 2.0) == sharp


def test_what_is_drawn_on_the_source_is_sampled(picture: Frame, face: Face) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", 256)
    sampler = Sampler(framed.picture, measure_head(framed.landmarks))
    sampler.source[100:110, 120:130] = (1, 2, 3)
    target = np.zeros_like(framed.picture)
    sampler.sample(places(256, 0.0), Box(0, 0, 256, 256), target)
    assert (target[102:108, 122:128] == (1, 2, 3)).all()


def fine_structure(frame: Frame, landmarks: Floats) -> float:
    """Variance of the Laplacian on the skin of the face."""
    x, y = (int(value) for value in landmarks[1, :2])
    grey = cv2.cvtColor(frame[y - 90 : y + 60, x - 60 : x + 60], cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_32F).var())


@pytest.mark.parametrize("shift", [0.2, 0.35, 0.5, 0.7])
def test_a_face_is_as_sharp_between_pixels_as_on_them(
    picture: Frame, face: Face, shift: float
) -> None:
    """A little sharper rather, because the encoder softens what moves."""
    framed = frame_picture(picture, face.landmarks, "crop", 512)
    moved = sampled(framed.picture, framed.landmarks, shift)
    left = fine_structure(moved, framed.landmarks) / fine_structure(
        framed.picture, framed.landmarks
    )
    assert 0.95 < left < 1.3


def test_a_hard_outline_gets_no_halo(picture: Frame, face: Face) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", 512)
    stripes = np.full_like(framed.picture, 60)
    stripes[:, (np.arange(512) // 8) % 2 == 0] = 180
    moved = sampled(stripes, framed.landmarks, 0.5).astype(int)
    assert moved.min() >= 60 - 36
    assert moved.max() <= 180 + 36


def test_a_face_without_fine_structure_is_not_sharpened(picture: Frame, face: Face) -> None:
    framed = frame_picture(picture, face.landmarks, "crop", 512)
    soft = np.asarray(cv2.GaussianBlur(framed.picture, (0, 0), 4.0), np.uint8)
    moved = sampled(soft, framed.landmarks, 0.5).astype(int)
    means = (soft[:, :-1].astype(int) + soft[:, 1:]) / 2.0
    assert np.abs(moved[:, :-1] - means).max() <= 2.0
