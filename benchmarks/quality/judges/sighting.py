"""What is seen in a finished clip: landmarks found again in every frame, from nothing.

Every other judge of the face works on these.  A frame costs about 25 ms of one core.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from app.errors import SourceImageError
from app.portrait import FaceFinder
from app.ports.face import FRAMES_PER_SECOND
from benchmarks.quality.judges.sharpness import face_in, laplacian

Floats = npt.NDArray[np.float64]
Frame = npt.NDArray[np.uint8]

LANDMARKS = 478
_OUTER_EYES = (33, 263)
_KEPT = 24
"""Frames kept for the identity, evenly spread."""


@dataclass(frozen=True, slots=True)
class Sightings:
    """The face in every frame of a clip."""

    landmarks: Floats
    """Shape (n, 478, 3), pixels; NaN where no face was found."""
    sharpness: Floats
    """Shape (n,): variance of the Laplacian of the face; NaN as above."""
    face_height: int
    """Pixels of the face in the first frame that shows one; 0 when none does."""
    width: int
    height: int
    kept: tuple[tuple[int, Frame], ...]
    """Some frames, RGB, and their numbers."""

    def __len__(self) -> int:
        return len(self.landmarks)

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """Where there is a face, shape (n,)."""
        return np.isfinite(self.landmarks[:, 0, 0])

    @property
    def eye_distance(self) -> Floats:
        """Pixels between the outer corners of the eyes, shape (n,)."""
        left, right = _OUTER_EYES
        apart = self.landmarks[:, left] - self.landmarks[:, right]
        return np.asarray(np.linalg.norm(apart, axis=1))

    @property
    def seconds(self) -> float:
        return len(self) / FRAMES_PER_SECOND


def frames_of(clip: Path) -> Iterator[Frame]:
    """Frames of a video, RGB, one after another."""
    with av.open(f"file:{clip}") as opened:
        for frame in opened.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


def sight(frames: Iterable[Frame], expected: int, finder: FaceFinder) -> Sightings:
    """Look at every frame.

    Args:
        frames: RGB.
        expected: How many there will be, so that the kept ones are spread evenly.
        finder: Loaded.
    """
    found: list[Floats] = []
    sharp: list[float] = []
    kept: list[tuple[int, Frame]] = []
    wanted = set(np.linspace(0, max(expected - 1, 0), _KEPT).astype(int).tolist())
    face_height = height = width = 0
    for index, frame in enumerate(frames):
        height, width = frame.shape[:2]
        landmarks = landmarks_in(frame, finder)
        face = face_in(frame, landmarks)
        face_height = face_height or face.shape[0]
        found.append(landmarks)
        sharp.append(laplacian(face))
        if index in wanted:
            kept.append((index, frame))
    if not found:
        raise ValueError("a clip without frames")
    return Sightings(np.stack(found), np.array(sharp), face_height, width, height, tuple(kept))


def landmarks_in(frame: Frame, finder: FaceFinder) -> Floats:
    """The 478 landmarks of one picture; NaN when no usable face is in it."""
    try:
        return finder.find(frame).landmarks.astype(np.float64)
    except SourceImageError:
        return np.full((LANDMARKS, 3), np.nan)
