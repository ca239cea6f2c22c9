"""What is told of a face that is animated all the same."""

from __future__ import annotations

from app.portrait.cautions import cautions
from app.portrait.looks import Looks
from app.portrait.pose import HeadPose

GOOD = Looks(brightness=180.0, burnt=0.0, blur=0.4)
AHEAD = HeadPose(yaw=0.0, pitch=-10.0, roll=0.0)


def test_nothing_is_said_of_a_good_portrait() -> None:
    assert list(cautions(300.0, AHEAD, GOOD)) == []


def test_each_thing_that_could_be_better_is_named_with_its_number() -> None:
    told = list(cautions(80.4, HeadPose(-31.0, 0.0, 30.0), Looks(64.0, 0.2, 0.7)))
    assert told == [
        "the face is small: 80 pixels wide; 200 are good",
        "the face is turned 31 degrees to the left; up to 20 are good",
        "the head is tilted by 30 degrees; up to 25 are good",
        "the face is dark: its brightest parts reach 25% of white; more light helps",
        "the face is bright: 20% of it is white without any detail",
        "the face is soft: its eyes have no sharp edges",
    ]
