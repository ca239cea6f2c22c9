from __future__ import annotations

import cv2
import numpy as np

from app.engines.face.meshwarp.skin import mouth_colours
from app.portrait import Face
from tests.unit.meshwarp.test_puppet import Frame

LUMA = np.array([0.299, 0.587, 0.114])


def test_a_black_and_white_picture_gets_a_grey_mouth(picture: Frame, face: Face) -> None:
    grey = np.repeat(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    colours = mouth_colours(np.asarray(grey, np.uint8), face.landmarks)
    for colour in (colours.teeth, colours.cavity, colours.tongue, colours.lip):
        assert np.ptp(colour) < 1.5


def test_teeth_are_ivory_and_the_tongue_is_red(picture: Frame, face: Face) -> None:
    colours = mouth_colours(picture, face.landmarks)
    assert colours.teeth[0] > colours.teeth[2]
    assert colours.tongue[0] > 1.5 * colours.tongue[1]


def test_a_dark_picture_gets_darker_teeth(picture: Frame, face: Face) -> None:
    dark = (picture // 3).astype(np.uint8)
    bright_teeth = mouth_colours(picture, face.landmarks).teeth @ LUMA
    assert mouth_colours(dark, face.landmarks).teeth @ LUMA < 0.75 * bright_teeth


def test_the_cavity_is_much_darker_than_the_teeth(picture: Frame, face: Face) -> None:
    colours = mouth_colours(picture, face.landmarks)
    assert colours.cavity @ LUMA < 0.35 * (colours.teeth @ LUMA)
