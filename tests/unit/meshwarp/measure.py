"""What can be measured in a rendered clip: landmarks are found again in every frame.

Openings are lip gaps as a share of the distance between the eyes' outer corners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.curves import MouthCurves
from app.engines.face.meshwarp.shapes import JAW_DROP, LOWER_LIP_FALL, UPPER_LIP_RISE
from app.phonetics import Viseme
from app.portrait import FaceFinder
from app.ports.face import FRAMES_PER_SECOND

Curve = npt.NDArray[np.float64]
Frames = list[npt.NDArray[np.uint8]]

_UPPER, _LOWER = (82, 13, 312), (87, 14, 317)
_EYES = (33, 263)
_CORNERS = (61, 291)
_RIGID = (6, 168, 197, 5, 33, 133, 263, 362)
_OPEN_VOWELS = ("aa", "ae", "E", "O")


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one clip."""

    opening: float
    """95th percentile."""
    agreement: float
    """Correlation of the opening with the commanded one, same frame."""
    best_lag: int
    """Frames by which the opening would have to be moved to agree best."""
    width: float
    """Standard deviation of the mouth's width while somebody speaks, shares of its mean."""
    closure: float
    """Share of p, b, m whose opening is under a quarter of the open vowels' (1 without any)."""
    silence: float
    """Standard deviation of the opening where nothing is said (0 without silence)."""
    jitter: float
    """Mean second difference of eight rigid points, shares of the distance of the eyes."""
    sharpness: float
    """10th percentile of the face's sharpness, 1 in the first frame."""


def read_clip(clip: Path) -> Frames:
    """All frames of a clip, RGB."""
    with av.open(str(clip)) as opened:
        decoded = opened.decode(video=0)
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in decoded]


def measure(frames: Frames, curves: MouthCurves, visemes: Sequence[Viseme]) -> Measures:
    """Measure frames that were rendered from these curves."""
    finder = FaceFinder()
    landmarks = np.stack([finder.find(frame).landmarks for frame in frames]).astype(np.float64)
    eyes = np.linalg.norm(landmarks[:, _EYES[0]] - landmarks[:, _EYES[1]], axis=1)
    gaps = landmarks[:, _UPPER, :2] - landmarks[:, _LOWER, :2]
    opening = np.linalg.norm(gaps, axis=2).mean(axis=1) / eyes
    commanded = curves.parts[:, :3] @ np.array([JAW_DROP, UPPER_LIP_RISE, LOWER_LIP_FALL])
    agreements = {lag: _agreement(opening, commanded, lag) for lag in range(-4, 5)}
    return Measures(
        opening=float(np.percentile(opening, 95)),
        agreement=agreements[0],
        best_lag=max(agreements, key=agreements.__getitem__),
        width=_width(landmarks, eyes, visemes),
        closure=_closure(opening, visemes),
        silence=_silence(opening, visemes),
        jitter=_jitter(landmarks, eyes),
        sharpness=_sharpness(frames, landmarks),
    )


def _agreement(opening: Curve, commanded: Curve, lag: int) -> float:
    n = len(opening) - abs(lag)
    left = opening[max(lag, 0) :][:n]
    right = commanded[max(-lag, 0) :][:n]
    return float(np.corrcoef(left, right)[0, 1])


def _width(landmarks: Curve, eyes: Curve, visemes: Sequence[Viseme]) -> float:
    corners = landmarks[:, _CORNERS[0], :2] - landmarks[:, _CORNERS[1], :2]
    first, last = visemes[0].start, visemes[-1].end
    spoken = slice(int(first * FRAMES_PER_SECOND), int(last * FRAMES_PER_SECOND))
    width = (np.linalg.norm(corners, axis=1) / eyes)[spoken]
    return float(width.std() / width.mean())


def _closure(opening: Curve, visemes: Sequence[Viseme]) -> float:
    def frames_of(viseme: Viseme) -> slice:
        first = max(0, int(viseme.start * FRAMES_PER_SECOND) - 1)
        return slice(first, int(np.ceil(viseme.end * FRAMES_PER_SECOND)) + 1)

    rest = float(np.percentile(opening, 3))
    vowels = [opening[frames_of(v)].max() - rest for v in visemes if v.name in _OPEN_VOWELS]
    closures = [opening[frames_of(v)].min() - rest for v in visemes if v.name == "PP"]
    if not vowels or not closures:
        return 1.0
    return float(np.mean(np.array(closures) < 0.25 * np.median(vowels)))


def _silence(opening: Curve, visemes: Sequence[Viseme]) -> float:
    times = (np.arange(len(opening)) + 0.5) / FRAMES_PER_SECOND
    spoken = np.zeros(len(opening), bool)
    for viseme in visemes:
        if viseme.name != "sil":
            spoken |= (times > viseme.start - 0.2) & (times < viseme.end + 0.2)
    return float(opening[~spoken].std()) if (~spoken).any() else 0.0


def _jitter(landmarks: Curve, eyes: Curve) -> float:
    points = landmarks[:, _RIGID, :2]
    settled = (points - points.mean(axis=1, keepdims=True)) / eyes[:, None, None]
    return float(np.abs(np.diff(settled, 2, axis=0)).mean())


def _sharpness(frames: Frames, landmarks: Curve) -> float:
    values = []
    for frame, points in zip(frames, landmarks, strict=True):
        x0, y0 = np.maximum(points[:468, :2].min(axis=0), 0).astype(int)
        x1, y1 = points[:468, :2].max(axis=0).astype(int)
        face = cv2.resize(frame[y0:y1, x0:x1], (256, 256), interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY)
        values.append(float(cv2.Laplacian(grey, cv2.CV_32F).var()))
    return float(np.percentile(values, 10) / values[0])
