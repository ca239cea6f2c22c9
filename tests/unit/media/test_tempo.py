"""Speech that is faster or slower."""

from __future__ import annotations

import numpy as np
import pytest

from app.errors import Cancelled
from app.media.tempo import at_speed
from app.phonetics import Viseme
from app.ports.speech import Speech, VoiceUsed, Word
from app.voice.pitch import median_pitch

RATE = 24000


class GoOn:
    def check(self) -> None: ...


class Stop:
    def check(self) -> None:
        raise Cancelled


def a_speech(seconds: float = 2.0) -> Speech:
    time = np.arange(round(seconds * RATE)) / RATE
    samples = (0.3 * np.sign(np.sin(2 * np.pi * 150 * time))).astype(np.float32)
    return Speech(
        samples,
        RATE,
        VoiceUsed("preset"),
        (Word("one", 0.5, 1.0),),
        (Viseme("aa", 0.5, 1.0),),
    )


@pytest.mark.parametrize("speed", [0.25, 0.7, 1.5, 4.0])
def test_it_takes_another_time_at_the_same_pitch(speed: float) -> None:
    speech = at_speed(a_speech(), speed, cancel=GoOn())
    assert speech.samples.size / RATE == pytest.approx(2.0 / speed, abs=0.001)
    assert median_pitch(speech.samples, RATE) == pytest.approx(150, abs=3)
    # Nothing is missing at its end.
    assert np.abs(speech.samples[-RATE // 20 :]).max() > 0.1


def test_words_and_mouth_shapes_move_with_it() -> None:
    speech = at_speed(a_speech(), 2.0, cancel=GoOn())
    assert speech.words == (Word("one", 0.25, 0.5),)
    assert speech.visemes == (Viseme("aa", 0.25, 0.5),)


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        at_speed(a_speech(60.0), 0.25, cancel=Stop())
