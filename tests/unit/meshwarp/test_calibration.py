from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.calibration import natural_opening
from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.puppet import Puppet, Renderer, Score, make_puppet
from app.errors import SourceImageError
from app.portrait import Face, FaceFinder, read_picture
from tests.unit.meshwarp.test_puppet import Frame, one_frame

SAMPLES = Path(__file__).parents[3] / "samples"


class Blind(FaceFinder):
    """Sees no face in any picture."""

    def __init__(self) -> None:
        pass

    def find(self, picture: Frame) -> Face:
        raise SourceImageError("no face found")


def puppet_of(name: str) -> Puppet:
    picture = np.asarray(read_picture(SAMPLES / f"{name}.jpg"), np.uint8)
    landmarks = FaceFinder().find(picture).landmarks
    return make_puppet(frame_picture(picture, landmarks, "crop", 512))


def opening(puppet: Puppet, scale: float) -> float:
    wide = one_frame(jaw=1.0, drop=0.35, wide=0.05, **{"raise": 0.25})
    score = replace(wide, opening=scale)
    landmarks = FaceFinder().find(Renderer(puppet).render(score, 0).frame).landmarks
    eyes = np.linalg.norm(landmarks[mesh.RIGHT_EYE_OUTER] - landmarks[mesh.LEFT_EYE_OUTER])
    gap = landmarks[mesh.UPPER_LIP_MIDDLE, :2] - landmarks[mesh.LOWER_LIP_MIDDLE, :2]
    return float(np.linalg.norm(gap) / eyes)


@pytest.mark.parametrize("name", ["lecturer-man", "lecturer-man-tie", "lecturer-woman"])
def test_every_face_opens_its_mouth_about_as_wide(name: str) -> None:
    puppet = puppet_of(name)
    scale = natural_opening(puppet, FaceFinder())
    assert 0.19 < opening(puppet, scale) < 0.26


def test_a_mouth_that_would_open_too_wide_is_held_back() -> None:
    puppet = puppet_of("lecturer-man-tie")
    assert natural_opening(puppet, FaceFinder()) < 0.9
    assert opening(puppet, 1.0) > 0.26


def test_a_drawing_in_which_no_face_is_found_keeps_the_common_movement(puppet: Puppet) -> None:
    assert natural_opening(puppet, Blind()) == 1.0


def test_the_scale_of_the_opening_leaves_the_width_of_the_mouth() -> None:
    one: Score = one_frame(jaw=0.5, wide=0.6)
    wide, narrow = one.weights(0), replace(one, opening=0.75).weights(0)
    assert narrow[0] == pytest.approx(0.75 * wide[0])
    assert narrow[3] == wide[3]


class Moustached(FaceFinder):
    """Sees lips that are apart a little as closed."""

    def find(self, picture: Frame) -> Face:
        face = super().find(picture)
        landmarks = face.landmarks.copy()
        upper, lower = [82, 13, 312], [87, 14, 317]
        eyes = np.linalg.norm(landmarks[mesh.RIGHT_EYE_OUTER] - landmarks[mesh.LEFT_EYE_OUTER])
        gap = landmarks[lower] - landmarks[upper]
        if np.linalg.norm(gap, axis=1).mean() < 0.15 * eyes:
            landmarks[lower] = landmarks[upper] + 0.3 * gap
        return replace(face, landmarks=landmarks)


def test_a_mouth_whose_small_openings_are_hidden_is_opened_more(puppet: Puppet) -> None:
    seen, hidden = natural_opening(puppet, FaceFinder()), natural_opening(puppet, Moustached())
    assert hidden > seen + 0.1
