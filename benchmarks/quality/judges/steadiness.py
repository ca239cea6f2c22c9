"""Whether the head is steady where it must be, and the eyes blink as people's do.

* Jitter: mean absolute second difference of eight points that no expression moves, after
  the head's own shift is taken out; shares of the eye distance per frame squared.
* Jump at a join: how far the landmark that moves most is displaced across a join of two
  fragments, in medians of the same figure inside the fragments; 1 is no jump at all.
* Blinks per minute.  People blink 4.5 times while they read and 26 times in conversation
  (Bentivoglio et al., "Analysis of blink rate patterns in normal subjects", Movement
  Disorders 1997).
* Cut frames: those in which a lip or the chin lies outside the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.quality.judges.sighting import Floats, Sightings

_RIGID = (6, 168, 197, 5, 33, 133, 263, 362)
"""Bridge and ridge of the nose, corners of the eyes."""
_LIDS = ((159, 145), (386, 374), (160, 144), (385, 380))
_CLOSED_LIDS = 0.8
"""Lids count as closed under this share of how far they usually are open: in deep shadow the
landmarks of closed lids stay 0.6 to 0.7 apart, and open ones waver by less than 0.15."""
_ONE_BLINK = 5
"""Frames; closed lids that open for less have blinked once."""
_MESH = 468
_LIPS_AND_CHIN = (0, 17, 61, 291, 13, 14, 152, 148, 377)


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Of one clip."""

    jitter: float
    join_jump: float
    """The largest of all joins; NaN without joins."""
    blinks_per_minute: float
    lids_left_open: float
    """How far the lids are still open in the middle of a blink, as a share; NaN without one."""
    cut_frames: int
    frames_without_face: int


def judge_steadiness(sightings: Sightings, joins: Sequence[int]) -> Steadiness:
    """Look at points that should be still.

    Args:
        sightings: Of the finished clip.
        joins: Numbers of the frames with which a fragment begins, without the first.
    """
    blinks = _blinks(sightings)
    depths = [float(part.min()) for part in blinks]
    return Steadiness(
        jitter=jitter(sightings),
        join_jump=join_jump(sightings, joins),
        blinks_per_minute=len(blinks) / sightings.seconds * 60,
        lids_left_open=float(np.median(depths)) if depths else float("nan"),
        cut_frames=cut_frames(sightings),
        frames_without_face=int((~sightings.found).sum()),
    )


def jitter(sightings: Sightings) -> float:
    points = sightings.landmarks[:, _RIGID, :2]
    around = points - points.mean(axis=1, keepdims=True)
    settled = around / sightings.eye_distance[:, None, None]
    return float(np.nanmean(np.abs(np.diff(settled, 2, axis=0))))


def join_jump(sightings: Sightings, joins: Sequence[int]) -> float:
    steps = _largest_steps(sightings)
    if not joins:
        return float("nan")
    inside = np.delete(steps, [join - 1 for join in joins])
    across = max(float(steps[join - 1]) for join in joins)
    return across / max(float(np.nanmedian(inside)), 1e-9)


def cut_frames(sightings: Sightings) -> int:
    points = sightings.landmarks[sightings.found][:, _LIPS_AND_CHIN, :2]
    limit = np.array([sightings.width - 1, sightings.height - 1])
    return int(((points < 0) | (points > limit)).any(axis=(1, 2)).sum())


def openness_of_lids(sightings: Sightings) -> Floats:
    """How far the lids are open, 1 as usually, per frame."""
    pairs = [
        np.linalg.norm(sightings.landmarks[:, a, :2] - sightings.landmarks[:, b, :2], axis=1)
        for a, b in _LIDS
    ]
    gaps = np.mean(pairs, axis=0) / sightings.eye_distance
    return np.asarray(gaps / np.nanpercentile(gaps, 80))


def _blinks(sightings: Sightings) -> list[Floats]:
    """Openness of the lids in each stretch of frames in which they are closed."""
    lids = openness_of_lids(sightings)
    closed = np.flatnonzero(lids < _CLOSED_LIDS)
    apart = np.flatnonzero(np.diff(closed) > _ONE_BLINK) + 1
    return [lids[frames] for frames in np.split(closed, apart) if frames.size]


def _largest_steps(sightings: Sightings) -> Floats:
    """From each frame to the next: how far the landmark went that moved most."""
    moved = np.diff(sightings.landmarks[:, :_MESH, :2], axis=0)
    distances = np.linalg.norm(moved, axis=2).max(axis=1)
    return np.asarray(distances / sightings.eye_distance[1:])
