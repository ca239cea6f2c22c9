from __future__ import annotations

import math

import numpy as np
import pytest

import config
from app.ports.speech import Speech, VoiceUsed
from benchmarks.quality.judges.hearing import Listener
from benchmarks.quality.judges.level import in_a_row, judge_level
from benchmarks.quality.judges.naturalness import Critic
from benchmarks.quality.judges.voice import judge_voice, of_sample
from benchmarks.quality.judges.words import judge_words
from tests.sounds import read_sound

RATE = 24000
SAMPLE = config.ROOT / "samples" / "voice.wav"


@pytest.fixture(scope="module")
def speech() -> Speech:
    return Speech(read_sound(SAMPLE, RATE), RATE, VoiceUsed("preset", similarity=0.99))


def louder(speech: Speech, times: float) -> Speech:
    return Speech(np.clip(speech.samples * times, -1, 1), speech.rate, speech.voice)


def test_a_tone_has_the_level_it_was_made_with() -> None:
    # BS.1770: a sine of 997 Hz at full scale in one channel has -3.01 LUFS.
    tone = np.sin(2 * np.pi * 997 * np.arange(3 * RATE) / RATE).astype(np.float32)

    level = judge_level(Speech(tone * 0.1, RATE, VoiceUsed("preset")))

    assert level.loudness == pytest.approx(-23.01, abs=0.1)
    assert level.true_peak == pytest.approx(-20.0, abs=0.1)


def test_a_clipped_sound_exceeds_the_true_peak(speech: Speech) -> None:
    assert judge_level(louder(speech, 20)).true_peak > -1.0


def test_a_fragment_that_is_too_quiet_lowers_its_own_loudness(speech: Speech) -> None:
    quiet = louder(speech, 0.25)

    assert judge_level(speech).loudness - judge_level(quiet).loudness == pytest.approx(
        12.04, abs=0.1
    )
    assert in_a_row([speech, quiet]).samples.size == 2 * speech.samples.size


def test_silence_has_a_level_that_can_be_written_down() -> None:
    silent = Speech(np.zeros(RATE, np.float32), RATE, VoiceUsed("preset"))

    assert math.isfinite(judge_level(silent).loudness)


def test_a_clipped_sound_is_liked_less(speech: Speech) -> None:
    critic = Critic()

    assert critic.judge(louder(speech, 30)).overall < critic.judge(speech).overall - 0.3


def test_noise_is_heard_in_the_background(speech: Speech) -> None:
    noise = np.random.default_rng(2).normal(0, 0.02, speech.samples.size).astype(np.float32)
    noisy = Speech(speech.samples + noise, RATE, speech.voice)
    critic = Critic()

    assert critic.judge(noisy).background < critic.judge(speech).background - 0.5


def test_the_sample_is_like_itself_and_unlike_strangers(speech: Speech) -> None:
    likeness = judge_voice(speech, of_sample(SAMPLE))

    assert likeness.similarity > 0.95
    assert likeness.floor < 0.75


def test_a_voice_raised_by_a_third_is_less_like_the_sample(speech: Speech) -> None:
    # Played faster, pitch and formants rise: somebody else to every ear.
    other = Speech(speech.samples, round(RATE * 1.33), speech.voice)

    likeness = judge_voice(other, of_sample(SAMPLE))

    assert likeness.similarity < 0.8
    assert likeness.overstated > 0.19


@pytest.mark.slow
def test_whisper_tells_the_right_text_from_a_wrong_one(speech: Speech) -> None:
    listener = Listener()
    start = speech.samples[: 5 * RATE]
    heard = listener.write_down(Speech(start, RATE, speech.voice), "en")
    nonsense = listener.write_down(Speech(start[::-1].copy(), RATE, speech.voice), "en")

    assert len(heard.split()) > 5
    assert judge_words(heard, nonsense, "en").wer > 60
