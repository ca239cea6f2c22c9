from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from app.engines.speech.rhvoice.pauses import Cut, earlier, shorten

RATE = 24000


def hum(seconds: float) -> npt.NDArray[np.float32]:
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.2 * np.sin(2 * np.pi * 150 * time)).astype(np.float32)


def hiss(seconds: float) -> npt.NDArray[np.float32]:
    noise = np.random.default_rng(5).normal(0.0, 0.001, round(seconds * RATE))
    return noise.astype(np.float32)


def test_a_long_pause_becomes_as_short_as_told() -> None:
    sound = np.concatenate([hum(0.5), hiss(0.3), hum(0.5)])
    shorter, (cut,) = shorten(sound, RATE, [(0.5, 0.8)], seconds=0.1)
    assert shorter.size == round(1.1 * RATE)
    assert cut.seconds == pytest.approx(0.2)
    assert 0.5 < cut.start < 0.6


def test_what_is_spoken_around_a_pause_stays_as_it_is() -> None:
    sound = np.concatenate([hum(0.5), hiss(0.3), hum(0.5)])
    shorter, _ = shorten(sound, RATE, [(0.5, 0.8)], seconds=0.1)
    assert (shorter[: RATE // 2] == sound[: RATE // 2]).all()
    assert (shorter[-RATE // 2 :] == sound[-RATE // 2 :]).all()


def test_no_step_is_heard_at_a_cut() -> None:
    sound = np.concatenate([hum(0.5), hiss(0.3) + np.float32(0.001), hum(0.5)])
    shorter, (cut,) = shorten(sound, RATE, [(0.5, 0.8)], seconds=0.1)
    place = round(cut.start * RATE)
    assert np.abs(shorter[place - 1 : place + 1]).max() == 0.0


def test_the_last_sound_dies_away_before_the_cut() -> None:
    echo = hum(0.08) * np.linspace(1, 0, round(0.08 * RATE), dtype=np.float32) ** 4
    sound = np.concatenate([hum(0.5), echo, hiss(0.22), hum(0.5)])
    _, (cut,) = shorten(sound, RATE, [(0.5, 0.8)], seconds=0.1)
    assert cut.start > 0.54


@pytest.mark.parametrize(
    ("silence", "ended"), [(hum(0.3), 0.8), (hiss(0.3), 0.55)], ids=["spoken", "short"]
)
def test_a_pause_that_is_short_or_not_silent_is_left(
    silence: npt.NDArray[np.float32], ended: float
) -> None:
    sound = np.concatenate([hum(0.5), silence, hum(0.5)])
    shorter, cuts = shorten(sound, RATE, [(0.5, ended)], seconds=0.1)
    assert (shorter == sound).all()
    assert not cuts


def test_times_after_a_cut_are_earlier_and_none_changes_its_place() -> None:
    cuts = [Cut(1.0, 0.2), Cut(2.0, 0.1)]
    times = [earlier(time, cuts) for time in (0.5, 1.0, 1.1, 1.2, 2.05, 3.0)]
    assert times == pytest.approx([0.5, 1.0, 1.0, 1.0, 1.8, 2.7])
