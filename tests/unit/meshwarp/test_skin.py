from __future__ import annotations

import cv2
import numpy as np

from app.engines.face.meshwarp.skin import mouth_colours, unlike_lips
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


TOOTH, LIP = (180, 165, 150), (170, 70, 80)


def half_tooth_half_lip() -> tuple[Frame, Frame]:
    mouth = np.zeros((8, 8, 3), np.uint8)
    mouth[:4], mouth[4:] = TOOTH, LIP
    return mouth, np.full((8, 8), 255, np.uint8)


def test_a_rim_of_lip_is_told_from_the_teeth_above_it() -> None:
    mouth, mask = half_tooth_half_lip()
    share = unlike_lips(mouth, mask > 0, np.array(LIP, np.float32))
    assert share[:4].min() > 0.99
    assert share[4:].max() < 0.01


def test_without_colour_all_of_the_inside_is_kept() -> None:
    mouth, mask = half_tooth_half_lip()
    grey = np.repeat(cv2.cvtColor(mouth, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    lip = np.full(3, 105.0, np.float32)
    assert unlike_lips(np.asarray(grey, np.uint8), mask > 0, lip).min() == 1.0


def test_the_tongue_is_never_as_bright_as_the_lips(picture: Frame, face: Face) -> None:
    for shade in (1, 2, 4):
        colours = mouth_colours((picture // shade).astype(np.uint8), face.landmarks)
        assert colours.tongue @ LUMA < 0.81 * (colours.lip @ LUMA)
