"""Where faces are in a picture.

Source: the BlazeFace full-range detector of MediaPipe ("Model Card: BlazeFace,
full range", Google 2021): one candidate per cell of 4 x 4 pixels, relative to the
middle of the cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from app.portrait.weights import DETECTOR, INPUT_SIZE, load_model

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

SURE = 0.6
"""Score from which hardly anything but a face comes."""
_LEAST_SCORE = 0.4
"""Of 35 portraits the lowest had 0.47; cats, cars and patterns stayed below 0.3."""

_CELL = 4
_OVERLAP = 0.3
"""Boxes that share more than this of their union are the same face."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A face that was found; all coordinates in pixels of the picture."""

    x: float
    y: float
    width: float
    height: float
    """The box reaches from the brows to the chin and from ear to ear."""
    score: float
    """From 0 to 1."""
    eyes: Floats
    """Shape (2, 2): the eye on the left of the picture, the one on the right."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x, y, width and height."""
        return self.x, self.y, self.width, self.height

    def moved(self, right: float, down: float) -> Detection:
        """The same face in coordinates whose origin lies elsewhere."""
        eyes = self.eyes + np.array([right, down], np.float32)
        return replace(self, x=self.x + right, y=self.y + down, eyes=eyes)

    def is_same_face(self, other: Detection) -> bool:
        """Whether the boxes overlap so much that both must be one face."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(wide, 0.0) * max(high, 0.0)
        union = self.width * self.height + other.width * other.height - shared
        return shared > _OVERLAP * union


class Detector:
    """Finds faces that lie up to about 90 degrees aslant."""

    def __init__(self, threads: int) -> None:
        self._session = load_model(DETECTOR, threads)
        across = (np.arange(0, INPUT_SIZE, _CELL) + _CELL / 2).astype(np.float32)
        columns, rows = np.meshgrid(across, across)
        self._centres: Floats = np.stack([columns, rows], -1).reshape(-1, 2)

    def detect(self, picture: Picture) -> list[Detection]:
        """Faces from about 1/20 of the long side of a picture upwards, the surest first."""
        found: list[Detection] = []
        for face in self._candidates(picture, _LEAST_SCORE):
            _add(face, found)
        return found

    def detect_small(self, picture: Picture) -> list[Detection]:
        """Faces from about 1/40 of the long side upwards, the surest first.

        Looks at overlapping windows of half that side, in about 40 ms.
        """
        side = max(picture.shape[:2]) // 2
        candidates: list[Detection] = []
        for top in _window_starts(picture.shape[0], side):
            for left in _window_starts(picture.shape[1], side):
                window = picture[top : top + side, left : left + side]
                for face in self._candidates(window, SURE):
                    candidates.append(face.moved(left, top))
        found: list[Detection] = []
        for face in sorted(candidates, key=lambda face: -face.score):
            _add(face, found)
        return found

    def _candidates(self, picture: Picture, threshold: float) -> list[Detection]:
        """Every candidate with at least this score, the surest first, one face many times."""
        square, scale, offset = _letterbox(picture)
        boxes, logits = self._session.run(None, {"picture": square})
        scores = 1 / (1 + np.exp(-logits[0, :, 0].clip(-80, 80)))
        candidates = []
        for index in np.argsort(-scores)[: np.count_nonzero(scores >= threshold)]:
            pairs = boxes[0, index].reshape(-1, 2)
            pairs[[0, 2, 3]] += self._centres[index]
            candidates.append(_detection(pairs, float(scores[index]), scale=scale, offset=offset))
        return candidates


def _add(face: Detection, found: list[Detection]) -> None:
    """Add a candidate unless a surer one is the same face."""
    if not any(face.is_same_face(other) for other in found):
        found.append(face)


def _window_starts(length: int, side: int) -> list[int]:
    """Where windows of a side begin so that they overlap by half and cover the length.

    >>> _window_starts(400, 200), _window_starts(150, 200)
    ([0, 100, 200], [0])
    """
    if length <= side:
        return [0]
    steps = -(-2 * (length - side) // side)
    return [round(step * (length - side) / steps) for step in range(steps + 1)]


def _detection(pairs: Floats, score: float, *, scale: float, offset: Floats) -> Detection:
    """Read one candidate: middle, size and two eyes, in pixels of the square."""
    middle = (pairs[0] - offset) / scale
    width, height = pairs[1] / scale
    return Detection(
        x=float(middle[0] - width / 2),
        y=float(middle[1] - height / 2),
        width=float(width),
        height=float(height),
        score=score,
        eyes=(pairs[2:4] - offset) / scale,
    )


def _letterbox(picture: Picture) -> tuple[Floats, float, Floats]:
    """Fit a picture into the square of the model, black beside it.

    Returns:
        The square, shape (1, 192, 192, 3), in [-1, 1]; how many of its pixels one
        pixel of the picture has become; where the picture's corner lies in it.
    """
    height, width = picture.shape[:2]
    scale = INPUT_SIZE / max(height, width)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    smaller = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    left, top = (INPUT_SIZE - size[0]) // 2, (INPUT_SIZE - size[1]) // 2
    square = np.full((1, INPUT_SIZE, INPUT_SIZE, 3), -1, np.float32)
    square[0, top : top + size[1], left : left + size[0]] = smaller / np.float32(127.5) - 1
    return square, scale, np.array([left, top], np.float32)
