from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from app.engines.speech.common.loudness import level, silence, trim, true_peak
from app.media.audio import write_speech
from app.ports.speech import Speech, VoiceUsed
from tests.unit.speech.conftest import loudness_of

RATE = 24000


def tone(seconds: float, amplitude: float = 0.1, hertz: float = 300.0) -> npt.NDArray[np.float32]:
    time = np.arange(round(seconds * RATE)) / RATE
    return (amplitude * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def speechlike(amplitude: float) -> npt.NDArray[np.float32]:
    syllables = np.abs(np.sin(2 * np.pi * 2 * np.arange(3 * RATE) / RATE))
    return (tone(3.0, amplitude) * syllables).astype(np.float32)


@pytest.mark.parametrize("amplitude", [0.01, 0.05, 0.9])
def test_speech_of_any_level_is_brought_to_the_same_loudness(amplitude: float) -> None:
    levelled = level(speechlike(amplitude), RATE)
    assert loudness_of(levelled, RATE) == pytest.approx(-16.0, abs=0.3)


def test_a_sharp_sound_stays_under_the_true_peak() -> None:
    clicks = np.zeros(2 * RATE, np.float32)
    clicks[::2400] = 0.5
    assert -2.0 < true_peak(level(clicks, RATE)) <= -1.0


@pytest.mark.parametrize("seconds", [0.08, 0.2, 0.35, 0.5, 1.0])
def test_a_short_fragment_is_as_loud_as_the_bar_wants_in_the_file_that_is_written(
    seconds: float, tmp_path: Path
) -> None:
    fragment = np.concatenate([silence(0.12, RATE), tone(seconds), silence(0.25, RATE)])
    speech = Speech(level(fragment, RATE), RATE, VoiceUsed("preset"))
    write_speech(speech, tmp_path / "speech.wav")
    written, rate = soundfile.read(tmp_path / "speech.wav", dtype="float32")
    assert loudness_of(written, rate) == pytest.approx(-16.0, abs=1.0)
    assert true_peak(written) <= -0.99


def test_a_sound_shorter_than_any_window_of_the_measure_is_levelled() -> None:
    assert -20.0 < 20 * np.log10(np.abs(level(tone(0.05, 0.001), RATE)).max()) <= -1.0


def test_speech_with_high_peaks_is_as_loud_as_other_speech() -> None:
    peaky = speechlike(0.1)
    peaky[12000::12000] += 0.6
    levelled = level(peaky, RATE)
    assert loudness_of(levelled, RATE) == pytest.approx(-16.0, abs=0.3)
    assert true_peak(levelled) <= -0.99


def test_the_limiter_leaves_everything_but_the_peak_in_proportion() -> None:
    peaky = speechlike(0.1)
    peaky[36000] += 0.9
    gain = level(peaky, RATE)[peaky != 0] / peaky[peaky != 0]
    away = np.abs(np.flatnonzero(peaky) - 36000) > 0.02 * RATE
    assert np.ptp(gain[away]) < 1e-3 * gain.max()
    assert gain.min() < 0.9 * gain.max()


def test_silence_stays_silence() -> None:
    assert not level(silence(1.0, RATE), RATE).any()


def test_the_true_peak_lies_between_samples() -> None:
    samples = np.tile(np.array([1, 1, -1, -1], np.float32), 1000) / np.float32(np.sqrt(2))
    assert true_peak(samples[100:]) > -0.5, "the sine behind these samples reaches full scale"


def test_silence_around_a_phrase_is_cut_to_a_margin() -> None:
    samples = np.concatenate([silence(0.5, RATE), tone(1.0), silence(0.7, RATE)])
    trimmed = trim(samples, RATE, first=0.5, last=1.2)
    assert trimmed.cut == pytest.approx(0.47, abs=0.011)
    assert trimmed.end == pytest.approx(1.5, abs=0.011)
    assert trimmed.samples.size / RATE == pytest.approx(1.08, abs=0.021)


def test_a_weak_first_consonant_is_kept() -> None:
    samples = np.concatenate([tone(0.3, 1e-5), tone(1.0)])
    assert trim(samples, RATE, first=0.1, last=1.2).cut == pytest.approx(0.07, abs=0.001)


def test_a_weak_last_consonant_is_kept() -> None:
    samples = np.concatenate([tone(1.0), tone(0.3, 1e-5)])
    assert trim(samples, RATE, first=0.0, last=1.1).end == pytest.approx(1.15, abs=0.001)


def test_a_trimmed_phrase_begins_and_ends_without_a_click() -> None:
    trimmed = trim(tone(1.0, 0.5), RATE, first=0.0, last=0.9)
    assert trimmed.samples[0] == trimmed.samples[-1] == 0.0


def test_trimming_leaves_the_models_sound_as_it_was() -> None:
    samples = tone(1.0)
    before = samples.copy()
    trim(samples, RATE, first=0.0, last=0.9)
    np.testing.assert_array_equal(samples, before)
