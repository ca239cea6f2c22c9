from __future__ import annotations

import numpy as np

from app.engines.face.meshwarp.prosody import prosody_of
from app.phonetics import Viseme


def test_a_syllable_that_stands_out_is_stressed() -> None:
    loudness = np.full(100, 0.4, np.float32)
    loudness[48:53] = 1.0
    (stress,) = prosody_of(loudness).stresses
    assert abs(stress.frame - 50) <= 1
    assert stress.strength > 0.5


def test_even_speech_has_no_stress() -> None:
    assert prosody_of(np.full(200, 0.8, np.float32)).stresses == ()


def test_a_loud_consonant_is_not_stressed() -> None:
    loudness = np.full(100, 0.4, np.float32)
    loudness[48:53] = 1.0
    visemes = (Viseme("aa", 0.2, 1.6), Viseme("SS", 1.6, 2.4), Viseme("aa", 2.4, 3.8))
    assert prosody_of(loudness, visemes).stresses == ()


def test_of_two_stresses_near_each_other_the_louder_counts() -> None:
    loudness = np.full(100, 0.3, np.float32)
    loudness[40:43], loudness[48:51] = 0.7, 1.1
    (stress,) = prosody_of(loudness).stresses
    assert abs(stress.frame - 49) <= 1


def test_a_gap_inside_a_word_is_no_pause() -> None:
    loudness = np.full(100, 0.5, np.float32)
    loudness[30:34], loudness[60:80] = 0.0, 0.0
    pausing = prosody_of(loudness).pausing
    assert not pausing[:60].any()
    assert pausing[60:80].all()


def test_a_sentence_begins_behind_a_silence() -> None:
    loudness = np.full(100, 0.5, np.float32)
    loudness[:12], loudness[50:65], loudness[90:] = 0.0, 0.0, 0.0
    assert prosody_of(loudness).sentences == (12, 65)


def test_silence_has_neither_stress_nor_sentence() -> None:
    silence = prosody_of(np.zeros(50, np.float32))
    assert not silence.stresses
    assert not silence.sentences
    assert silence.pausing.all()
