"""What could be better about a face that is animated all the same."""

from __future__ import annotations

from collections.abc import Iterator

from app.portrait.looks import Looks
from app.portrait.pose import HeadPose

_GOOD_WIDTH = 200
"""Pixels; engines that draw a face draw it about as wide, and a smaller one is enlarged."""
_GOOD_YAW = 20
_GOOD_ROLL = 25
"""Degrees; half of what is let through."""
_GOOD_BRIGHTNESS = 100
"""Of 255; the darkest of 159 portraits has 112."""
_GOOD_BURNT = 0.1
"""The palest of 159 portraits has 0.04."""
_GOOD_BLUR = 0.65
"""The softest of 159 portraits has 0.56."""


def cautions(width: float, pose: HeadPose, looks: Looks) -> Iterator[str]:
    """A sentence for each thing that whoever took the picture could do better.

    Args:
        width: Of the face, in pixels.
    """
    if width < _GOOD_WIDTH:
        yield f"the face is small: {width:.0f} pixels wide; {_GOOD_WIDTH} are good"
    if abs(pose.yaw) > _GOOD_YAW:
        side = "right" if pose.yaw > 0 else "left"
        yield (
            f"the face is turned {abs(pose.yaw):.0f} degrees to the {side}; up to {_GOOD_YAW} are"
            " good"
        )
    if abs(pose.roll) > _GOOD_ROLL:
        yield f"the head is tilted by {abs(pose.roll):.0f} degrees; up to {_GOOD_ROLL} are good"
    if looks.brightness < _GOOD_BRIGHTNESS:
        yield (
            f"the face is dark: its brightest parts reach {looks.brightness / 255:.0%} of white;"
            " more light helps"
        )
    if looks.burnt > _GOOD_BURNT:
        yield f"the face is bright: {looks.burnt:.0%} of it is white without any detail"
    if looks.blur > _GOOD_BLUR:
        yield "the face is soft: its eyes have no sharp edges"
