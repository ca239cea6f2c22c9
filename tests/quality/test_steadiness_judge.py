from __future__ import annotations

import numpy as np
import pytest

from benchmarks.quality.judges.steadiness import judge_steadiness
from benchmarks.quality.judges.telling import telling_frames
from tests.quality.faces import SIZE, opening_of, seen, sightings, visemes

OPENING = opening_of(visemes())
MINUTES = len(OPENING) / 25 / 60
IN_SILENCE = 70
NOISE = np.random.default_rng(1).normal(0, 0.1, (len(OPENING), 478, 3))


def test_closed_lids_are_counted_as_blinks() -> None:
    lids = [20, 22, 120, 121, 122, 300, 301]

    steadiness = judge_steadiness(seen(OPENING, blinks=lids), [])

    assert steadiness.blinks_per_minute == pytest.approx(3 / MINUTES)
    assert steadiness.lids_left_open < 0.1


def test_a_face_that_never_blinks_has_no_blinks() -> None:
    assert judge_steadiness(seen(OPENING), []).blinks_per_minute == 0


def test_trembling_shows_as_jitter() -> None:
    calm = seen(OPENING)
    trembling = sightings(calm.landmarks + 10 * NOISE)

    assert judge_steadiness(calm, []).jitter == pytest.approx(0, abs=1e-9)
    assert judge_steadiness(trembling, []).jitter > 4e-3


def test_a_head_that_glides_does_not_tremble() -> None:
    calm = seen(OPENING)
    gliding = sightings(calm.landmarks + np.arange(len(OPENING))[:, None, None] * 0.2)

    assert judge_steadiness(gliding, []).jitter == pytest.approx(0, abs=1e-9)


def test_a_jump_at_a_join_is_found_where_the_join_is() -> None:
    landmarks = seen(OPENING).landmarks + NOISE
    smooth = judge_steadiness(sightings(landmarks), [IN_SILENCE])
    landmarks[IN_SILENCE:] += (12, 0, 0)
    torn = judge_steadiness(sightings(landmarks), [IN_SILENCE])

    assert smooth.join_jump <= 3
    assert torn.join_jump > 3 * smooth.join_jump


def test_a_chin_below_the_picture_is_counted_in_every_frame() -> None:
    cut = seen(OPENING)
    cut.landmarks[:40, 152, 1] = SIZE + 3

    assert judge_steadiness(cut, []).cut_frames == 40
    assert judge_steadiness(seen(OPENING), []).cut_frames == 0


def test_frames_in_which_no_face_is_found_are_counted() -> None:
    lost = seen(OPENING)
    lost.landmarks[5:8] = np.nan

    assert judge_steadiness(lost, []).frames_without_face == 3


def test_the_frames_to_look_at_are_those_that_tell_most() -> None:
    told = telling_frames(seen(OPENING, blinks=[50]))

    assert told["blink"] == 50
    assert OPENING[told["open"]] == OPENING.max()
    assert told["first"] == 0


def test_a_clip_without_a_face_has_no_frames_to_look_at() -> None:
    lost = seen(OPENING)
    lost.landmarks[:] = np.nan

    assert telling_frames(lost) == {}
