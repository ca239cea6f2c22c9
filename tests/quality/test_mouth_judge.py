from __future__ import annotations

import numpy as np
import pytest

from benchmarks.quality.bars import verdicts
from benchmarks.quality.judges.mouth import Mouth, judge_mouth
from tests.quality.faces import opening_of, seen, visemes

SPOKEN = visemes()
OPENING = opening_of(SPOKEN)


def missed(mouth: Mouth) -> set[str]:
    figures = {name: getattr(mouth, name) for name in Mouth.__dataclass_fields__}
    judged = verdicts("face", "somebody", {**figures, "frontal": True})
    return {v.bar.figure for v in judged if not v.reached} & figures.keys()


def test_a_mouth_that_does_what_it_is_told_misses_no_bar() -> None:
    mouth = judge_mouth(seen(OPENING), OPENING, SPOKEN)

    assert missed(mouth) == set()
    assert mouth.correlation == pytest.approx(1.0)
    assert mouth.closure == 1.0


@pytest.mark.parametrize("late", [3, -4])
def test_a_shifted_sound_track_is_found_and_measured(late: int) -> None:
    mouth = judge_mouth(seen(np.roll(OPENING, late)), OPENING, SPOKEN)

    assert mouth.lag == late
    assert "lag" in missed(mouth)
    assert mouth.correlation_in_place < mouth.correlation


def test_a_frozen_face_follows_nothing() -> None:
    mouth = judge_mouth(seen(np.full_like(OPENING, 0.05)), OPENING, SPOKEN)

    assert {"correlation", "closure", "opening", "width"} <= missed(mouth)


def test_the_speech_of_another_text_is_not_followed() -> None:
    other = np.random.default_rng(7).permutation(OPENING)

    assert "correlation" in missed(judge_mouth(seen(other), OPENING, SPOKEN))


def test_lips_that_stay_apart_at_p_b_and_m_are_counted() -> None:
    sloppy = OPENING.copy()
    for viseme in SPOKEN:
        if viseme.name == "PP":
            sloppy[round(viseme.start * 25) : round(viseme.end * 25)] = 0.06

    mouth = judge_mouth(seen(sloppy), OPENING, SPOKEN)

    assert "closure" in missed(mouth)
    assert mouth.closure < 0.8


def test_a_mouth_that_chews_in_silence_is_noticed() -> None:
    chewing = OPENING + 0.03 * (1 + np.sin(np.arange(len(OPENING))))

    assert "silence" in missed(judge_mouth(seen(chewing), OPENING, SPOKEN))


def test_frames_without_a_face_do_not_hide_the_others() -> None:
    lost = seen(OPENING)
    lost.landmarks[10:14] = np.nan

    assert judge_mouth(lost, OPENING, SPOKEN).correlation == pytest.approx(1.0)
