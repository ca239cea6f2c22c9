"""Faces that cannot be seen well are refused with the reason that a person would give."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.errors import SourceImageError
from app.portrait import FaceFinder, read_picture
from benchmarks.pictures.cases import blurred, lit
from benchmarks.pictures.covers import COVERS
from tests.unit.portrait.conftest import SAMPLES, Picture

PORTRAITS = ("lecturer-woman", "lecturer-man", "lecturer-man-tie")
"""Light and dark skin, with and without a beard's shadow."""


@pytest.fixture(scope="module", params=PORTRAITS)
def portrait(request: pytest.FixtureRequest) -> Picture:
    return read_picture(SAMPLES / f"{request.param}.jpg")


def refused(finder: FaceFinder, picture: Picture) -> SourceImageError:
    with pytest.raises(SourceImageError) as caught:
        finder.examine(np.ascontiguousarray(picture))
    return caught.value


def refusal(finder: FaceFinder, picture: Picture) -> str:
    return str(refused(finder, picture))


def test_a_portrait_passes_and_its_face_is_the_one_that_is_found(
    finder: FaceFinder, portrait: Picture
) -> None:
    assert (finder.examine(portrait).landmarks == finder.find(portrait).landmarks).all()


@pytest.mark.parametrize("cover", COVERS)
def test_a_covered_mouth_is_refused(finder: FaceFinder, portrait: Picture, cover: str) -> None:
    covered = COVERS[cover](portrait, finder.find(portrait).landmarks)
    sentence = refusal(finder, covered)
    assert sentence.startswith("the mouth is covered or cannot be seen: nothing may be before it")


@pytest.mark.parametrize("cover", ["mask-blue", "hand-left"])
def test_a_covered_mouth_is_seen_in_a_small_picture_too(
    finder: FaceFinder, portrait: Picture, cover: str
) -> None:
    covered = COVERS[cover](portrait, finder.find(portrait).landmarks)
    small = cv2.resize(covered, (256, 256), interpolation=cv2.INTER_AREA)
    assert "mouth is covered" in refusal(finder, np.asarray(small, np.uint8))


def test_a_face_in_the_dark_is_refused(finder: FaceFinder, portrait: Picture) -> None:
    sentence = refusal(finder, lit(portrait, 0.2))
    assert sentence.startswith("the face is too dark: its brightest parts reach ")
    assert sentence.endswith("% of white, at least 18% are needed, more light helps")


def test_a_face_that_cannot_be_seen_well_is_boxed(finder: FaceFinder, portrait: Picture) -> None:
    face = finder.find(portrait)
    covered = COVERS["mask-blue"](portrait, face.landmarks)
    for picture, reason in (
        (lit(portrait, 0.2), "too_dark"),
        (blurred(portrait, face.landmarks, 0.08), "blurred"),
        (covered, "mouth_covered"),
    ):
        error = refused(finder, picture)
        assert error.reason == reason and error.seen is not None
        [box] = error.seen.faces
        assert box == pytest.approx(face.box, abs=0.15 * face.box[2])


def test_a_face_that_is_burnt_out_is_refused(finder: FaceFinder, woman: Picture) -> None:
    sentence = refusal(finder, lit(woman, 3.0))
    assert sentence.startswith("the face is too bright: ")
    assert "of it is white without any detail, at most 40% may be" in sentence


def test_a_blurred_face_is_refused(finder: FaceFinder, portrait: Picture) -> None:
    sentence = refusal(finder, blurred(portrait, finder.find(portrait).landmarks, 0.08))
    assert sentence.startswith("the face is blurred: its eyes have no sharp edge")


def test_a_picture_without_light_is_called_dark_and_not_empty(finder: FaceFinder) -> None:
    noise = np.random.default_rng(1).integers(0, 9, (300, 400, 3), np.uint8)
    assert refusal(finder, noise) == "the picture is too dark: no face can be found in it"


@pytest.mark.parametrize("share", [0.55, 1.3])
def test_a_face_in_poor_light_passes(finder: FaceFinder, portrait: Picture, share: float) -> None:
    finder.examine(lit(portrait, share))


def test_a_soft_face_passes(finder: FaceFinder, portrait: Picture) -> None:
    finder.examine(blurred(portrait, finder.find(portrait).landmarks, 0.02))


def test_a_grainy_face_passes(finder: FaceFinder, portrait: Picture) -> None:
    grain = np.random.default_rng(2).normal(0, 15, portrait.shape)
    finder.examine((portrait + grain).clip(0, 255).astype(np.uint8))


def test_a_grey_face_passes(finder: FaceFinder, portrait: Picture) -> None:
    grey = cv2.cvtColor(portrait, cv2.COLOR_RGB2GRAY)
    finder.examine(np.repeat(np.asarray(grey, np.uint8)[:, :, None], 3, axis=2))


def test_a_small_face_passes(finder: FaceFinder, portrait: Picture) -> None:
    small = cv2.resize(portrait, (180, 180), interpolation=cv2.INTER_AREA)
    finder.examine(np.asarray(small, np.uint8))


def test_a_face_that_fills_the_picture_passes(finder: FaceFinder, portrait: Picture) -> None:
    points = finder.find(portrait).landmarks[:, :2]
    (left, top), (right, bottom) = points.min(axis=0).astype(int), points.max(axis=0).astype(int)
    margin = (bottom - top) // 10
    finder.examine(
        np.ascontiguousarray(
            portrait[top - margin : bottom + margin, left - margin : right + margin]
        )
    )


def test_a_painted_moustache_and_red_lips_cover_no_mouth(
    finder: FaceFinder, man: Picture, woman: Picture
) -> None:
    points = finder.find(man).landmarks[:, :2]
    bearded = man.copy()
    upper = [points[index] for index in (61, 40, 37, 0, 267, 270, 291)]
    lifted = [point - (0, 24) for point in reversed(upper)]
    cv2.fillPoly(bearded, [np.round([*upper, *lifted]).astype(np.int32)], (40, 28, 22))
    finder.examine(bearded)
    points = finder.find(woman).landmarks[:, :2]
    outline = points[[61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0]]
    red = woman.copy()
    cv2.fillPoly(red, [np.round(outline).astype(np.int32)], (190, 20, 40))
    finder.examine(cv2.addWeighted(red, 0.5, woman, 0.5, 0).astype(np.uint8))
