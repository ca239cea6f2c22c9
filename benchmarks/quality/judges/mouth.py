"""Whether the mouth that is seen does what was commanded.

Units: openings and widths are shares of the distance between the eyes' outer corners, so
that they do not depend on the size of the clip; lags are frames of 40 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.phonetics import Viseme
from app.ports.face import FRAMES_PER_SECOND
from benchmarks.quality.judges.sighting import Floats, Sightings

_UPPER, _LOWER = (82, 13, 312), (87, 14, 317)
"""Landmarks of the inner lips, three above three."""
_CORNERS = (61, 291)
_OPEN_VOWELS = ("aa", "ae", "E", "O")
_CLOSED_SHARE = 0.25
"""Lips count as closed under this share of the median opening of open vowels."""
_MOST_LAG = 8

LONG_SILENCE = 0.4
"""Seconds from which the mouth must have come to rest."""
_SETTLING = 0.15
"""Seconds at each end of a silence in which it may still move."""


@dataclass(frozen=True, slots=True)
class Mouth:
    """Of one clip."""

    correlation: float
    """Of the opening with the commanded one, at the best lag."""
    lag: int
    """Frames by which the picture is late at the best lag; negative: early."""
    correlation_in_place: float
    """The same at lag 0."""
    opening: float
    """95th percentile."""
    closure: float
    """Share of p, b, m whose opening is under a quarter of the open vowels'; NaN without any."""
    silence: float
    """Standard deviation of the opening in long silences; NaN without any."""
    width: float
    """Standard deviation of the width divided by its mean, while somebody speaks."""


def judge_mouth(sightings: Sightings, commanded: Floats, visemes: Sequence[Viseme]) -> Mouth:
    """Hold what is seen against what was commanded.

    Args:
        sightings: Of the finished clip.
        commanded: The opening asked for, per frame, any unit.
        visemes: In time order, seconds of the clip.
    """
    seen = opening(sightings)
    by_lag = {lag: agreement(seen, commanded, lag) for lag in range(-_MOST_LAG, _MOST_LAG + 1)}
    best = max(by_lag, key=by_lag.__getitem__)
    return Mouth(
        correlation=by_lag[best],
        lag=best,
        correlation_in_place=by_lag[0],
        opening=float(np.nanpercentile(seen, 95)),
        closure=closure_rate(seen, visemes),
        silence=unrest_in_silence(seen, visemes),
        width=_width_variation(sightings, visemes),
    )


def opening(sightings: Sightings) -> Floats:
    """Gap between the lips, per frame."""
    upper, lower = (sightings.landmarks[:, rows, :2] for rows in (_UPPER, _LOWER))
    gaps = np.linalg.norm(upper - lower, axis=2).mean(axis=1)
    return np.asarray(gaps / sightings.eye_distance)


def width(sightings: Sightings) -> Floats:
    """Distance between the corners of the mouth, per frame."""
    left, right = (sightings.landmarks[:, row, :2] for row in _CORNERS)
    return np.asarray(np.linalg.norm(left - right, axis=1) / sightings.eye_distance)


def agreement(seen: Floats, commanded: Floats, lag: int) -> float:
    """Correlation when the picture is taken ``lag`` frames later; -1 when either stands still."""
    length = min(len(seen), len(commanded)) - abs(lag)
    left = seen[max(lag, 0) :][:length]
    right = commanded[max(-lag, 0) :][:length]
    usable = np.isfinite(left) & np.isfinite(right)
    left, right = left[usable], right[usable]
    if left.size < 3 or left.std() < 1e-9 or right.std() < 1e-9:
        return -1.0
    return float(np.corrcoef(left, right)[0, 1])


def closure_rate(seen: Floats, visemes: Sequence[Viseme]) -> float:
    """How many p, b, m close the lips."""
    rest = float(np.nanpercentile(seen, 3))
    vowels = [seen[_frames(v)] for v in visemes if v.name in _OPEN_VOWELS]
    closures = [seen[_frames(v)] for v in visemes if v.name == "PP"]
    vowels = [part for part in vowels if np.isfinite(part).any()]
    closures = [part for part in closures if np.isfinite(part).any()]
    if not vowels or not closures:
        return float("nan")
    open_wide = float(np.median([np.nanmax(part) for part in vowels])) - rest
    least = np.array([np.nanmin(part) for part in closures]) - rest
    return float(np.mean(least < _CLOSED_SHARE * open_wide))


def unrest_in_silence(seen: Floats, visemes: Sequence[Viseme]) -> float:
    """Standard deviation of the opening over all long silences together."""
    quiet = [seen[part] for part in _silences(visemes, len(seen) / FRAMES_PER_SECOND)]
    values = np.concatenate(quiet) if quiet else np.zeros(0)
    values = values[np.isfinite(values)]
    return float(values.std()) if values.size else float("nan")


def _width_variation(sightings: Sightings, visemes: Sequence[Viseme]) -> float:
    spoken = np.ones(len(sightings), bool)
    for part in _silences(visemes, sightings.seconds):
        spoken[part] = False
    seen = width(sightings)[spoken]
    return float(np.nanstd(seen) / np.nanmean(seen))


def _frames(viseme: Viseme) -> slice:
    """Frames that show a viseme, and one before it and after it."""
    first = max(0, int(viseme.start * FRAMES_PER_SECOND) - 1)
    return slice(first, int(np.ceil(viseme.end * FRAMES_PER_SECOND)) + 1)


def _silences(visemes: Sequence[Viseme], seconds: float) -> Iterator[slice]:
    """Frames within silences of at least 0.4 s, their ends left out."""
    now = 0.0
    for viseme in (*(v for v in visemes if v.name != "sil"), Viseme("sil", seconds, seconds)):
        if viseme.start - now >= LONG_SILENCE:
            first, last = now + _SETTLING, viseme.start - _SETTLING
            yield slice(int(np.ceil(first * FRAMES_PER_SECOND)), int(last * FRAMES_PER_SECOND) + 1)
        now = max(now, viseme.end)
