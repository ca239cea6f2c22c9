"""Landmarks of a made-up face that speaks, blinks and stands still otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.phonetics import Viseme, VisemeName
from app.ports.face import FRAMES_PER_SECOND
from benchmarks.quality.judges.sighting import LANDMARKS, Sightings

Floats = npt.NDArray[np.float64]

SIZE = 400
SPOKEN: tuple[VisemeName, ...] = ("PP", "aa", "DD", "O", "PP", "E", "SS", "ae", "PP", "aa")
_OPEN = {"aa": 0.16, "O": 0.12, "E": 0.12, "ae": 0.14, "DD": 0.05, "SS": 0.05, "PP": 0.0}
_EYES = 100.0
"""Pixels between the outer corners."""


def visemes(repeated: int = 6) -> list[Viseme]:
    """Sounds of 0.2 s, with a second of silence after each ten."""
    made, now = [], 0.4
    for _ in range(repeated):
        for name in SPOKEN:
            made.append(Viseme(name, now, now + 0.2))
            now += 0.2
        now += 1.0
    return made


def opening_of(spoken: Sequence[Viseme]) -> Floats:
    """Lip gap in eye distances, per frame."""
    curve = np.zeros(round((spoken[-1].end + 0.6) * FRAMES_PER_SECOND))
    for viseme in spoken:
        first, last = (round(at * FRAMES_PER_SECOND) for at in (viseme.start, viseme.end))
        curve[first:last] = _OPEN[viseme.name]
    return np.asarray(curve)


def seen(opening: Floats, *, blinks: Sequence[int] = ()) -> Sightings:
    """A face with this lip gap, whose lids are closed in these frames."""
    n_frames = len(opening)
    points = np.random.default_rng(3).uniform(120, 280, (LANDMARKS, 3))
    points[33], points[263] = (150, 150, 0), (150 + _EYES, 150, 0)
    landmarks = np.repeat(points[None], n_frames, axis=0)
    for upper, lower in zip((82, 13, 312), (87, 14, 317), strict=True):
        landmarks[:, upper] = landmarks[:, lower] = (200, 240, 0)
        landmarks[:, lower, 1] += opening * _EYES
    for side, row in enumerate((61, 291)):
        landmarks[:, row] = (170 + 60 * side, 245, 0)
        landmarks[:, row, 0] += (side - 0.5) * 40 * opening * 2
    for upper, lower in ((159, 145), (386, 374), (160, 144), (385, 380)):
        landmarks[:, upper] = landmarks[:, lower] = points[upper]
        landmarks[:, lower, 1] += 8
        landmarks[list(blinks), lower, 1] -= 7.5
    return sightings(landmarks)


def sightings(landmarks: Floats) -> Sightings:
    return Sightings(landmarks, np.ones(len(landmarks)), 200, SIZE, SIZE, ())
