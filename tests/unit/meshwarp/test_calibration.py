from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.calibration import natural_opening
from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.opening import AS_COMMANDED, Opening
from app.engines.face.meshwarp.puppet import Puppet, Renderer, Score, make_puppet
from app.errors import SourceImageError
from app.portrait import Face, FaceFinder, read_picture
from tests.unit.meshwarp.test_puppet import Frame, one_frame
from tests.unit.meshwarp.test_puppet import gap as lip_gap

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


def gap(puppet: Puppet, opening: Opening, **parts: float) -> float:
    """Lip gap that is seen, as a share of the distance between the eyes' outer corners."""
    score = replace(one_frame(**parts), opening=opening)
    landmarks = FaceFinder().find(Renderer(puppet).render(score, 0).frame).landmarks
    eyes = np.linalg.norm(landmarks[mesh.RIGHT_EYE_OUTER] - landmarks[mesh.LEFT_EYE_OUTER])
    apart = landmarks[mesh.UPPER_LIP_MIDDLE, :2] - landmarks[mesh.LOWER_LIP_MIDDLE, :2]
    return float(np.linalg.norm(apart) / eyes)


def usual_gap(puppet: Puppet, opening: Opening) -> float:
    return gap(puppet, opening, jaw=0.6, drop=0.21, wide=0.05, **{"raise": 0.15})


@pytest.mark.parametrize("name", ["lecturer-man", "lecturer-man-tie", "lecturer-woman"])
def test_every_face_opens_its_mouth_about_as_wide(name: str) -> None:
    puppet = puppet_of(name)
    assert 0.11 < usual_gap(puppet, natural_opening(puppet, FaceFinder())) < 0.17


def test_a_mouth_that_would_open_too_wide_is_held_back() -> None:
    puppet = puppet_of("lecturer-man-tie")
    assert natural_opening(puppet, FaceFinder()).usual < 0.9
    assert usual_gap(puppet, AS_COMMANDED) > 0.17


def test_a_drawing_in_which_no_face_is_found_keeps_the_common_movement(puppet: Puppet) -> None:
    assert natural_opening(puppet, Blind()) == AS_COMMANDED


def test_the_scale_of_the_opening_leaves_the_width_of_the_mouth() -> None:
    one: Score = one_frame(jaw=0.8, wide=0.6)
    wide, narrow = one.weights(0), replace(one, opening=Opening(usual=0.75)).weights(0)
    assert narrow[0] == pytest.approx(0.75 * wide[0])
    assert narrow[3] == wide[3]


def test_small_openings_are_scaled_apart_from_wide_ones() -> None:
    more = Opening(small=1.5)
    parts = [one_frame(jaw=jaw).mouth.parts[0] for jaw in (0.1, 1.0)]
    assert more.scale(parts[0]) > 1.4
    assert more.scale(parts[1]) == pytest.approx(1.0, abs=0.01)


def test_round_lips_are_scaled_apart_from_spread_ones() -> None:
    less = Opening(round=0.8)
    assert less.scale(one_frame(jaw=0.5, pucker=1.0).mouth.parts[0]) == pytest.approx(0.8)
    assert less.scale(one_frame(jaw=0.5, wide=1.0).mouth.parts[0]) == 1.0


def test_round_lips_are_opened_by_the_jaw_alone(puppet: Puppet) -> None:
    """Rounding does not part them: how far they are apart is commanded once."""
    assert lip_gap(puppet, jaw=0.3, pucker=1.0) == pytest.approx(lip_gap(puppet, jaw=0.3), rel=0.1)


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
    small = one_frame(jaw=0.25).mouth.parts[0]
    assert hidden.scale(small) > seen.scale(small) + 0.1
