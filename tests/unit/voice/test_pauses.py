"""A long recording is cut where nobody speaks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.voice.pauses import LONGEST, SHORTEST, cuts

FPS = 25


def speech(
    *seconds: float, pause: float = 0.4, floor: float = -60.0
) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Levels of sentences of these lengths, and the first and last frames of the pauses."""
    rng = np.random.default_rng(3)
    parts, pauses, place = [], [], 0
    for length in seconds:
        said = rng.normal(-22.0, 4.0, round(length * FPS))
        said[::9] = floor + 15.0  # closures of p and t
        quiet = rng.normal(floor, 1.0, round(pause * FPS))
        parts += [said, quiet]
        pauses.append((place + said.size, place + said.size + quiet.size))
        place += said.size + quiet.size
    return np.concatenate(parts), pauses


def test_a_short_recording_is_one_piece() -> None:
    levels, _ = speech(20.0, 20.0, 18.0)
    assert levels.size <= LONGEST * FPS
    assert cuts(levels) == []


@pytest.mark.parametrize("floor", [-90.0, -60.0, -38.0])
def test_every_cut_lies_in_a_pause_and_pieces_are_of_the_usual_size(floor: float) -> None:
    levels, pauses = speech(*([7.3, 4.1, 11.9, 2.2] * 20), floor=floor)
    found = cuts(levels)
    assert all(any(first < cut < last for first, last in pauses) for cut in found)
    lengths = [end - start for start, end in pairwise([0, *found, levels.size])]
    assert min(lengths) >= SHORTEST * FPS
    assert max(lengths) <= LONGEST * FPS


def test_the_longer_of_two_pauses_is_taken() -> None:
    levels, _ = speech(70.0)
    levels[25 * FPS : 25 * FPS + 6] = -60.0
    levels[40 * FPS : 40 * FPS + 20] = -60.0
    (cut,) = cuts(levels)
    assert 40 * FPS < cut < 40 * FPS + 20


def test_music_without_a_pause_is_cut_all_the_same() -> None:
    found = cuts(np.full(200 * FPS, -20.0))
    assert len(found) >= 3
    assert cuts(np.full(200 * FPS, -20.0)) == found


def test_the_last_piece_is_no_scrap() -> None:
    levels, _ = speech(*([6.0] * 10))
    (cut,) = cuts(levels[: 61 * FPS])
    assert SHORTEST * FPS <= cut <= 41 * FPS
