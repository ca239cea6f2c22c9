"""Which faces can be animated, and a sentence for each that cannot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.errors import SourceImageError
from app.portrait.detector import SURE, Detection
from app.portrait.looks import Looks
from app.portrait.pose import HeadPose

_RIVAL_WIDTH = 0.5
"""A second face counts from this share of the width of the largest."""
_SMALLEST_WIDTH = 40
"""Pixels; below, the mouth is under 15 pixels wide."""
_LARGEST_YAW = 40
"""Degrees; beyond, half of the mouth is hidden."""
_LARGEST_ROLL = 50
"""Degrees; nobody lectures lying down, but cameras forget to say how they were held."""
_LEAST_MESH_SCORE = 0.8
"""Of 35 portraits, paintings among them, none scored below 0.99; a coffee cup had 0.67."""
_LEAST_BRIGHTNESS = 45
"""Of 255, in the brightest tenth of the face.  Of 159 portraits, of light and dark skin, the
darkest has 112; at a third of its light its features are lost."""
_MOST_BURNT = 0.4
"""Share of the face.  Of 159 portraits the palest has 0.04."""
_MOST_BLUR = 0.77
"""Of 159 portraits the softest has 0.56, and 0.72 when its face is 45 pixels wide.  Blurred by
0.06 of the distance between the eyes, 15 pixels in a portrait of 1000, all have 0.78 and more,
by half of that 5 % of them."""
_MOST_MOUTH_WANDER = 0.22
"""Of 158 portraits, bearded and painted ones among them, none wanders further than 0.207; at a
third of the light, with grain, in grey, tilted or with a face 80 pixels wide, people in
photographs reach 0.214.  Of 151 people in real masks one stayed below, the second had 0.24; of 370
covers drawn on portraits (masks, hands, scarves, microphones, cups) five, brown cups that look like
a chin.  Of 74 faces of about 100 pixels that were cut out along forehead and chin, 7 % are refused
though nothing covers their mouths."""

_FOREHEAD, _CHIN = 10, 152
_PARTS: dict[str, tuple[tuple[int, ...], float]] = {
    "mouth": ((61, 291, 0, 17), 0.0),
    "eyes": ((33, 133, 263, 362, 159, 145, 386, 374), 0.0),
    "chin": ((148, 152, 377), 0.03),
    "forehead": ((109, 10, 338), 0.03),
}
"""Landmarks that must be in the picture, and how far beyond it they may lie, in face heights."""


def the_one_face(found: Sequence[Detection], picture: npt.NDArray[np.uint8]) -> Detection:
    """Choose the face that the picture is of.

    Raises:
        SourceImageError: No face, several of about the same size, or a too small one.
    """
    height, width = picture.shape[:2]
    if not found:
        if np.percentile(picture, 98) < _LEAST_BRIGHTNESS:
            raise SourceImageError(
                "the picture is too dark: no face can be found in it", reason="too_dark"
            )
        raise SourceImageError(
            f"no face found in the picture of {width} x {height} pixels", reason="no_face"
        )
    largest, alike = _largest(found), rivals(found)
    if sum(face.score >= SURE for face in alike) > 1:
        places = "; ".join(_place(face) for face in alike)
        raise SourceImageError(
            f"the picture shows {len(alike)} faces ({places}): crop it to one of them",
            reason="several_faces",
        )
    if largest.width < _SMALLEST_WIDTH:
        raise SourceImageError(
            f"the face is {largest.width:.0f} pixels wide, at least {_SMALLEST_WIDTH} are needed",
            reason="too_small",
        )
    return largest


def rivals(found: Sequence[Detection]) -> list[Detection]:
    """Faces of about the size of the largest, itself among them, from left to right.

    Empty where none is found.
    """
    if not found:
        return []
    least = _RIVAL_WIDTH * _largest(found).width
    return sorted((face for face in found if face.width >= least), key=lambda face: face.x)


def _largest(found: Sequence[Detection]) -> Detection:
    """Of those that are surely faces, if any are."""
    sure = [face for face in found if face.score >= SURE]
    return max(sure or found, key=lambda face: face.width)


def refuse_turned(mesh_score: float, pose: HeadPose) -> None:
    """Say so when a picture shows a face only once it is turned by 180 degrees.

    The mesh would fit an upright face onto an upside-down one, and be sure of it.

    Args:
        mesh_score: Of the face in the turned picture.
        pose: Of the face in the turned picture.

    Raises:
        SourceImageError: It does.
    """
    if mesh_score < _LEAST_MESH_SCORE:
        return
    if abs(pose.roll) > _LARGEST_ROLL:
        raise SourceImageError(
            "the face lies on its side: turn the picture by 90 degrees", reason="on_its_side"
        )
    raise SourceImageError(
        "the picture is upside down: turn it by 180 degrees", reason="upside_down"
    )


def _place(face: Detection) -> str:
    return f"{face.width:.0f} pixels wide at x {face.x:.0f}, y {face.y:.0f}"


def usable(
    landmarks: npt.NDArray[np.float32],
    mesh_score: float,
    pose: HeadPose,
    picture: npt.NDArray[np.uint8],
) -> None:
    """Let a face through that can be animated.

    Args:
        landmarks: Shape (478, 3), pixels.

    Raises:
        SourceImageError: It is hidden, turned away or cut off.
    """
    if mesh_score < _LEAST_MESH_SCORE:
        raise SourceImageError(
            f"the face is hidden or hard to see: its shape is only {mesh_score:.0%} sure, "
            f"{_LEAST_MESH_SCORE:.0%} are needed",
            reason="hidden",
        )
    _whole(landmarks[:, :2], picture)
    if abs(pose.roll) > _LARGEST_ROLL:
        raise SourceImageError(
            f"the face lies on its side: it is tilted by {abs(pose.roll):.0f} degrees, at most "
            f"{_LARGEST_ROLL} are possible, turn the picture",
            reason="on_its_side",
        )
    if abs(pose.yaw) > _LARGEST_YAW:
        side = "right" if pose.yaw > 0 else "left"
        raise SourceImageError(
            f"the face is seen from the side: it is turned {abs(pose.yaw):.0f} degrees to the "
            f"{side}, at most {_LARGEST_YAW} are possible",
            reason="from_the_side",
        )


def well_seen(looks: Looks) -> None:
    """Let a face through that is neither dark nor burnt out nor blurred.

    Raises:
        SourceImageError: It is.
    """
    if looks.brightness < _LEAST_BRIGHTNESS:
        raise SourceImageError(
            f"the face is too dark: its brightest parts reach {looks.brightness / 255:.0%} of "
            f"white, at least {_LEAST_BRIGHTNESS / 255:.0%} are needed, more light helps",
            reason="too_dark",
        )
    if looks.burnt > _MOST_BURNT:
        raise SourceImageError(
            f"the face is too bright: {looks.burnt:.0%} of it is white without any detail, at "
            f"most {_MOST_BURNT:.0%} may be, less light or a shorter exposure helps",
            reason="too_bright",
        )
    if looks.blur > _MOST_BLUR:
        raise SourceImageError(
            "the face is blurred: its eyes have no sharp edge, hold the camera still and "
            "focus on the face",
            reason="blurred",
        )


def shows_mouth(wander: float) -> bool:
    """Whether lips that wander so far are seen, and not guessed.

    Args:
        wander: As :func:`app.portrait.mouth.mouth_wander` tells it.
    """
    return wander <= _MOST_MOUTH_WANDER


def mouth_seen(wander: float) -> None:
    """Let a face through whose mouth can be seen.

    Args:
        wander: As :func:`app.portrait.mouth.mouth_wander` tells it.

    Raises:
        SourceImageError: It cannot.
    """
    if not shows_mouth(wander):
        raise SourceImageError(
            "the mouth is covered or cannot be seen: nothing may be before it, no mask, hand, "
            "scarf, cup or microphone",
            reason="mouth_covered",
        )


def _whole(points: npt.NDArray[np.float32], picture: npt.NDArray[np.uint8]) -> None:
    """Name the border that cuts the face most, and what lies beyond it."""
    height, width = picture.shape[:2]
    face_height = float(np.linalg.norm(points[_CHIN] - points[_FOREHEAD]))
    cut: dict[str, dict[str, float]] = {"left": {}, "top": {}, "right": {}, "bottom": {}}
    for part, (landmarks, tolerance) in _PARTS.items():
        left, top = points[list(landmarks)].min(axis=0).tolist()
        right, bottom = points[list(landmarks)].max(axis=0).tolist()
        beyond = {"left": -left, "top": -top, "right": right - width, "bottom": bottom - height}
        for side, distance in beyond.items():
            if distance > max(tolerance * face_height, 1.0):
                cut[side][part] = distance
    side, parts = max(cut.items(), key=lambda item: max(item[1].values(), default=0.0))
    if parts:
        raise SourceImageError(
            f"the face is cut off by the {side} border of the picture: "
            f"{', '.join(parts)} up to {max(parts.values()):.0f} pixels beyond it",
            reason="cut_off",
        )
