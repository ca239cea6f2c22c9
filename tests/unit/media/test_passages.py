"""Passages of a recording are one sound, however it was cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.errors import MediaError
from app.lecture import Passage
from app.media.audio import read_wav
from app.media.levels import TRUE_PEAK
from app.media.passages import KEPT, write_passage

RATE = 24000


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Four seconds and a bit, with bursts that the limiter must hold."""
    rng = np.random.default_rng(5)
    sound = 0.1 * rng.standard_normal(4 * RATE + 500)
    sound[RATE * 2 - 100 : RATE * 2 + 100] *= 9.0
    (tmp_path / "kept.f32").write_bytes(sound.astype(KEPT).tobytes())
    return tmp_path / "kept.f32"


def written(kept: Path, start: float, end: float, gain: float = 6.0) -> np.ndarray:
    target = kept.with_name("passage.wav")
    passage = Passage(kept.name, "a" * 64, start, end, gain)
    assert write_passage(kept, passage, target) == read_wav(target)[0].size / RATE
    return np.asarray(read_wav(target)[0])


@pytest.mark.parametrize("cut", [0.04, 1.0, 1.96, 2.0, 3.96])
def test_cutting_changes_no_sample(kept: Path, cut: float) -> None:
    end = 4.0 + 500 / RATE
    whole = written(kept, 0.0, end)
    parts = [written(kept, 0.0, cut), written(kept, cut, end)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_only_the_end_of_the_recording_is_filled_with_silence(kept: Path) -> None:
    whole = written(kept, 0.0, 4.0 + 500 / RATE)
    assert whole.size == 4 * RATE + 960
    assert not whole[4 * RATE + 500 :].any()
    assert whole[4 * RATE : 4 * RATE + 500].any()


def test_peaks_are_held_and_the_rest_is_raised_as_told(kept: Path) -> None:
    whole = written(kept, 0.0, 4.0)
    given = np.fromfile(kept, KEPT)[: 4 * RATE]
    assert np.abs(whole).max() <= 10 ** (TRUE_PEAK / 20)
    assert np.abs(whole[:RATE] - given[:RATE] * 10 ** (6.0 / 20)).max() < 1e-4


def test_a_recording_that_lost_its_end_is_not_taken_for_silence(kept: Path) -> None:
    with pytest.raises(MediaError, match="not whole"):
        written(kept, 3.0, 5.0)
