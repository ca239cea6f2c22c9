"""The 478 landmarks of a face.

Source: Grishchenko et al., "Attention Mesh: High-fidelity Face Mesh Prediction in
Real-time", CVPR workshop 2020, and the graphs of mediapipe 0.10.14: with the same
crop the landmarks agree with it to 0.1 % of the distance between the outer
corners of the eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from app.portrait.detector import Detection
from app.portrait.weights import INPUT_SIZE, MESH, load_model

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

LEFT_EYE_CORNER = 33
RIGHT_EYE_CORNER = 263
"""Outer corners, on the left and the right of the picture."""
UPPER_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
"""Edges of the lips that meet when the mouth is closed, from the left of the picture."""
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip

_FROM_DETECTION = 1.5
"""Side of the first crop in sizes of the detector's box.

Measured against mediapipe's third frame on the three samples, mean error in eye
distances after three fits: 0.1 to 0.2 % at 1.5 or 1.6, 0.2 to 0.5 % at 2.0, 0.3 to
0.6 % at 2.2."""
_FROM_LANDMARKS = 1.5
"""Side of the later crops in extents of the landmarks, as MediaPipe tracks a face."""
_FITS = 3


@dataclass(frozen=True, slots=True)
class Nudge:
    """How a crop lies beside the one that frames a face best."""

    right: float = 0.0
    down: float = 0.0
    """Shares of the side of the crop."""
    size: float = 1.0
    """Side, as a share of that of the best crop."""
    tilt: float = 0.0
    """Radians, clockwise as seen."""


@dataclass(frozen=True, slots=True)
class _Crop:
    """A tilted square of a picture."""

    middle: Floats
    side: float
    tilt: float
    """Radians, clockwise as seen."""

    def to_picture(self) -> Floats:
        """Affine matrix (2, 3) from pixels of the model's input to those of the picture."""
        scale = self.side / INPUT_SIZE
        sine, cosine = np.sin(self.tilt) * scale, np.cos(self.tilt) * scale
        turn = np.array([[cosine, -sine], [sine, cosine]], np.float32)
        corner = self.middle - turn @ np.full(2, INPUT_SIZE / 2, np.float32)
        return np.hstack([turn, corner[:, None]]).astype(np.float32)


class _Scales:
    """A picture and smaller ones of it, each averaged down once for all crops that need it."""

    def __init__(self, picture: Picture) -> None:
        self._by_step = {1: picture}

    def at(self, step: int) -> Picture:
        """With squares of so many pixels a side averaged to one."""
        smaller = self._by_step.get(step)
        if smaller is None:
            picture = self._by_step[1]
            height, width = (n // step for n in picture.shape[:2])
            whole = picture[: height * step, : width * step]
            averaged = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
            smaller = self._by_step[step] = np.asarray(averaged, np.uint8)
        return smaller


class Mesh:
    """Fits landmarks to a face whose place is roughly known."""

    def __init__(self, threads: int) -> None:
        self._session = load_model(MESH, threads)

    def fit(self, picture: Picture, face: Detection) -> tuple[Floats, float]:
        """Landmarks, (478, 3) in pixels, and how surely they are a face, from 0 to 1.

        Fitted three times, each result framing the face for the next: the first moves
        by 1 % of the distance between the eyes, the third by a quarter of that.
        """
        scales = _Scales(picture)
        landmarks, score = self._fit(scales, _around_detection(face))
        for _ in range(_FITS - 1):
            landmarks, score = self._fit(scales, _around_landmarks(landmarks))
        return landmarks, score

    def refit(
        self, picture: Picture, landmarks: Floats, nudges: Iterable[Nudge]
    ) -> Iterator[Floats]:
        """The landmarks again, (478, 3), as seen in crops that frame the face less well."""
        scales, best = _Scales(picture), _around_landmarks(landmarks)
        for nudge in nudges:
            beside = best.middle + best.side * np.array([nudge.right, nudge.down], np.float32)
            crop = _Crop(beside, best.side * nudge.size, best.tilt + nudge.tilt)
            yield self._fit(scales, crop)[0]

    def _fit(self, scales: _Scales, crop: _Crop) -> tuple[Floats, float]:
        matrix = crop.to_picture()
        square = _cut(scales, matrix).astype(np.float32) / 255
        landmarks, score = self._session.run(None, {"picture": square[None]})
        fitted = np.empty_like(landmarks)
        fitted[:, :2] = landmarks[:, :2] @ matrix[:, :2].T + matrix[:, 2]
        fitted[:, 2] = landmarks[:, 2] * (crop.side / INPUT_SIZE)
        return fitted, float(score[0])


def upright_square(picture: Picture, landmarks: Floats) -> tuple[Picture, Floats]:
    """The face as the model sees it, 192 pixels wide, and its landmarks there, (478, 2)."""
    matrix = _around_landmarks(landmarks).to_picture()
    to_square = cv2.invertAffineTransform(matrix)
    there = landmarks[:, :2] @ to_square[:, :2].T + to_square[:, 2]
    return _cut(_Scales(picture), matrix), there.astype(np.float32)


def _around_detection(face: Detection) -> _Crop:
    middle = np.array([face.x + face.width / 2, face.y + face.height / 2], np.float32)
    return _Crop(middle, _FROM_DETECTION * max(face.width, face.height), _tilt(*face.eyes))


def _around_landmarks(landmarks: Floats) -> _Crop:
    plane = landmarks[:, :2]
    tilt = _tilt(plane[LEFT_EYE_CORNER], plane[RIGHT_EYE_CORNER])
    sine, cosine = np.sin(tilt), np.cos(tilt)
    turn = np.array([[cosine, -sine], [sine, cosine]], np.float32)
    upright = plane @ turn
    lowest, highest = upright.min(axis=0), upright.max(axis=0)
    middle = turn @ ((lowest + highest) / 2)
    return _Crop(middle, _FROM_LANDMARKS * float((highest - lowest).max()), tilt)


def _tilt(left_eye: Floats, right_eye: Floats) -> float:
    across, down = right_eye - left_eye
    return float(np.arctan2(down, across))


def _cut(scales: _Scales, matrix: Floats) -> Picture:
    """Sample a crop of a picture bilinearly; beyond the picture its border goes on.

    Faces that fill more than four pixels for one of the crop are averaged down first,
    so that fine texture does not turn into noise.
    """
    step = max(int(np.hypot(*matrix[:, 0]) / 2), 1)
    square = cv2.warpAffine(
        scales.at(step),
        _onto_smaller(matrix, step),
        (INPUT_SIZE, INPUT_SIZE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(square, np.uint8)


def _onto_smaller(matrix: Floats, step: int) -> Floats:
    """A matrix that leads to the pixels of a picture whose squares were averaged."""
    adapted = (matrix / step).astype(np.float32)
    adapted[:, 2] -= (step - 1) / 2 / step
    return adapted
