"""A lecture of an hour, rendered whole: whether memory and cost stay flat until its end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.rendering import Memory, Used, lecture_of, render

MINUTES = 60
PARTS = 10
"""In which the time of the render is told."""
WARM = 0.2
"""Share of the render after which every buffer has met a long sentence: the slope counts then."""


def measure() -> Iterator[dict[str, object]]:
    """One lecture; takes about half an hour."""
    with tempfile.TemporaryDirectory() as folder:
        used = render(Path(folder), 512, lecture_of(MINUTES))
    yield {"case": "hour", "size": 512, **used.figures(), **_growth(used)}


def _growth(used: Used) -> dict[str, object]:
    """Slope and course of the memory of all processes."""
    end = used.memory[-1].seconds
    warm = [moment for moment in used.memory if moment.seconds >= WARM * end]
    minutes_of_video = [moment.seconds / used.wall * used.seconds / 60 for moment in warm]
    slope, _ = np.polyfit(minutes_of_video, [moment.together for moment in warm], 1)
    parts = [_within(used.memory, part * end / PARTS, end / PARTS) for part in range(PARTS)]
    return {
        "rss_mb_per_minute": round(float(slope), 3),
        "median_rss_together_mb": [
            round(float(np.median([moment.together for moment in part]))) for part in parts
        ],
        "peak_rss_by_part_mb": [round(max(moment.largest for moment in part)) for part in parts],
    }


def _within(memory: Sequence[Memory], start: float, length: float) -> list[Memory]:
    return [moment for moment in memory if start <= moment.seconds <= start + length]
