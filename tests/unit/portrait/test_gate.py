"""Which pictures are refused, and the sentence that says why."""

from __future__ import annotations

import re

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.errors import PictureSeen, SourceImageError
from app.portrait import Face, FaceFinder
from app.portrait.detector import Detection
from app.portrait.gate import refuse_turned, the_one_face, usable
from app.portrait.pose import HeadPose
from tests.unit.portrait.conftest import Picture


def refused(finder: FaceFinder, picture: Picture) -> SourceImageError:
    with pytest.raises(SourceImageError) as caught:
        finder.find(picture)
    return caught.value


def refusal(finder: FaceFinder, picture: Picture) -> str:
    return str(refused(finder, picture))


def scaled(picture: Picture, side: int) -> Picture:
    return np.asarray(cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def test_a_picture_without_a_face_is_refused(finder: FaceFinder) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    assert refusal(finder, noise) == "no face found in the picture of 400 x 300 pixels"


def test_two_people_are_counted_and_placed(
    finder: FaceFinder, woman: Picture, man: Picture
) -> None:
    sentence = refusal(finder, np.hstack([woman, man]))
    assert sentence.startswith("the picture shows 2 faces (")
    assert sentence.endswith("): crop it to one of them")


def test_two_people_are_boxed_from_left_to_right(
    finder: FaceFinder, woman: Picture, man: Picture, face: Face
) -> None:
    error = refused(finder, np.hstack([woman, man]))
    assert error.reason == "several_faces" and error.seen is not None
    assert (error.seen.width, error.seen.height) == (2048, 1024)
    left, right = error.seen.faces
    assert left == pytest.approx(face.box, abs=0.1 * face.box[2])
    assert right[0] > 1024


def test_a_picture_without_a_face_tells_its_size(finder: FaceFinder) -> None:
    error = refused(finder, np.full((300, 400, 3), 128, np.uint8))
    assert (error.reason, error.seen) == ("no_face", PictureSeen(400, 300))


def test_a_face_that_is_too_small_is_boxed(finder: FaceFinder, woman: Picture) -> None:
    error = refused(finder, scaled(woman, 110))
    assert error.reason == "too_small" and error.seen is not None
    [(_, _, width, _)] = error.seen.faces
    assert width == pytest.approx(34, abs=1)


def test_a_face_that_is_cut_off_is_boxed_within_the_picture(
    finder: FaceFinder, woman: Picture
) -> None:
    error = refused(finder, np.ascontiguousarray(woman[:560]))
    assert error.reason == "cut_off" and error.seen is not None
    [(_, top, _, height)] = error.seen.faces
    assert top + height == 560


def test_a_small_face_in_the_background_does_not_disturb(
    finder: FaceFinder, woman: Picture, man: Picture, face: Face
) -> None:
    picture = woman.copy()
    picture[:200, :200] = scaled(man, 200)
    assert finder.find(picture).box == pytest.approx(face.box, abs=3)


def test_a_face_under_40_pixels_is_refused_with_its_width(
    finder: FaceFinder, woman: Picture
) -> None:
    sentence = refusal(finder, scaled(woman, 110))
    assert sentence == "the face is 34 pixels wide, at least 40 are needed"


def test_a_small_face_in_a_large_picture_is_found(finder: FaceFinder, woman: Picture) -> None:
    picture = np.full((1500, 2000, 3), 150, np.uint8)
    picture[300:492, 900:1092] = scaled(woman, 192)
    found = finder.find(picture)
    assert found.box[2] == pytest.approx(60, abs=6)
    assert found.landmarks[4, 0] == pytest.approx(900 + 192 / 2, abs=3)


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ((slice(None, 560), slice(None)), "bottom border of the picture: chin"),
        ((slice(None, 500), slice(None)), "bottom border of the picture: mouth, chin"),
        ((slice(330, None), slice(None)), "top border of the picture: forehead"),
        ((slice(None), slice(440, None)), "left border of the picture: eyes"),
        ((slice(None), slice(None, 580)), "right border of the picture: eyes"),
    ],
    ids=["chin", "mouth", "forehead", "left eye", "right eye"],
)
def test_a_face_cut_by_the_border_is_refused_with_side_and_parts(
    finder: FaceFinder, woman: Picture, kept: tuple[slice, slice], reason: str
) -> None:
    sentence = refusal(finder, np.ascontiguousarray(woman[kept]))
    assert re.fullmatch(
        rf"the face is cut off by the {reason} up to \d+ pixels beyond it", sentence
    )


def test_a_face_whose_cheek_alone_is_cut_passes(finder: FaceFinder, woman: Picture) -> None:
    cut = np.ascontiguousarray(woman[:, 400:])
    assert finder.find(cut).landmarks[234, 0] < 0


def test_an_upside_down_picture_is_refused(finder: FaceFinder, woman: Picture) -> None:
    error = refused(finder, np.ascontiguousarray(woman[::-1, ::-1]))
    assert str(error) == "the picture is upside down: turn it by 180 degrees"
    assert (error.reason, error.seen) == ("upside_down", PictureSeen(1024, 1024))


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_face_that_lies_on_its_side_is_refused(
    finder: FaceFinder, woman: Picture, quarters: int
) -> None:
    lying = np.ascontiguousarray(np.rot90(woman, quarters))
    assert refusal(finder, lying).startswith("the face lies on its side")


PICTURE = np.zeros((1000, 800, 3), np.uint8)
STRAIGHT = HeadPose(yaw=0, pitch=0, roll=0)


def landmarks_in_the_middle() -> npt.NDArray[np.float32]:
    return np.full((478, 3), 400, np.float32)


@pytest.mark.parametrize(("yaw", "side"), [(46, "right"), (-46, "left")])
def test_a_face_seen_from_the_side_is_refused(yaw: float, side: str) -> None:
    pose = HeadPose(yaw=yaw, pitch=0, roll=0)
    with pytest.raises(SourceImageError, match=f"turned 46 degrees to the {side}, at most 40"):
        usable(landmarks_in_the_middle(), 1.0, pose, PICTURE)


def test_a_face_in_half_profile_passes() -> None:
    usable(landmarks_in_the_middle(), 1.0, HeadPose(yaw=35, pitch=0, roll=0), PICTURE)


def test_a_hidden_face_is_refused_with_its_score() -> None:
    with pytest.raises(SourceImageError, match="only 30% sure, 80% are needed"):
        usable(landmarks_in_the_middle(), 0.3, STRAIGHT, PICTURE)


def test_a_cup_that_is_sure_only_when_turned_is_not_called_upside_down() -> None:
    refuse_turned(0.67, STRAIGHT)


def detection(x: float, width: float, score: float) -> Detection:
    eyes = np.array([[x, 0], [x + width, 0]], np.float32)
    return Detection(x=x, y=0, width=width, height=width, score=score, eyes=eyes)


def test_a_sure_face_is_preferred_to_a_larger_doubtful_one() -> None:
    sure = detection(0, 100, 0.9)
    assert the_one_face([sure, detection(300, 250, 0.45)], PICTURE) is sure


def test_a_doubtful_second_face_does_not_refuse_the_first() -> None:
    sure = detection(0, 100, 0.9)
    assert the_one_face([sure, detection(300, 90, 0.5)], PICTURE) is sure


def test_three_faces_are_named_from_left_to_right() -> None:
    faces = [detection(500, 100, 0.9), detection(0, 80, 0.8), detection(250, 60, 0.7)]
    with pytest.raises(SourceImageError, match=r"3 faces \(80 .* at x 0, .*x 250, .*x 500"):
        the_one_face(faces, PICTURE)
