"""The passage that is used of a voice sample."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.errors import VoiceSampleError
from app.voice import caution, find_passage, listening, read_passage, sample
from app.voice.listening import Budget, listen
from benchmarks.recordings.cases import mixed
from benchmarks.recordings.sounds import RATE, Sound, noise, tone
from tests.unit.voice.conftest import SAMPLE, Record, silence


def test_a_missing_sample_is_told(tmp_path: Path) -> None:
    with pytest.raises(VoiceSampleError, match=r"^there is no voice sample$"):
        find_passage(tmp_path / "voice.wav")


def test_speech_is_found_wherever_it_begins(voice: Sound, record: Record) -> None:
    passage = find_passage(record(silence(75), voice, silence(20)))
    assert passage.spans[0][0] == pytest.approx(75.0, abs=0.3)
    assert passage.end == pytest.approx(75.0 + voice.size / RATE, abs=0.6)
    assert passage.speech == pytest.approx(6.3, abs=0.5)


def test_what_is_read_is_the_passage_at_whatever_rate(voice: Sound, record: Record) -> None:
    path = record(silence(33.3), voice)
    passage = find_passage(path)
    seconds = sum(end - start for start, end in passage.spans)
    for rate in (16000, 22050):
        assert read_passage(path, rate).size / rate == pytest.approx(seconds, abs=0.01)
    start = round((passage.spans[0][0] - 33.3) * RATE)
    read = read_passage(path, RATE)[: 2 * RATE]
    spoken = np.pad(voice, (max(0, -start), 0))[max(0, start) :][: read.size]
    assert np.corrcoef(read, spoken)[0, 1] > 0.95


def test_long_pauses_are_left_out(voice: Sound, record: Record) -> None:
    one, other = voice[: 3 * RATE], voice[3 * RATE :]
    path = record(one, silence(6.0), other)
    passage = find_passage(path)
    assert len(passage.spans) == 2
    assert read_passage(path, RATE).size < voice.size + RATE


def test_the_clearer_of_two_passages_is_taken(voice: Sound, record: Record) -> None:
    noisy = mixed(voice, noise(8.0), 8.0)
    start = noisy.size / RATE + 40
    passage = find_passage(record(noisy, silence(40), voice))
    assert passage.spans[0][0] == pytest.approx(start, abs=0.3)
    assert passage.clearance > 25.0


def test_a_noisy_talk_is_better_than_a_clear_word(voice: Sound, record: Record) -> None:
    noisy = mixed(voice, noise(8.0), 6.0)
    passage = find_passage(record(voice[8000:20000], silence(60.0), noisy))
    assert passage.speech > 5.0


def test_of_equally_good_passages_the_first_is_taken(voice: Sound, record: Record) -> None:
    assert find_passage(record(voice, silence(60), voice)).spans[0][0] < 1.0


def test_no_more_is_decoded_than_is_needed(voice: Sound, record: Record) -> None:
    path = record(*[voice] * 4, silence(600))
    heard = listen(path, 0, budget=sample.BUDGET, ffmpeg=None)
    assert heard.best is not None and heard.best.score == 1.0
    assert heard.whole and heard.seconds < 60


@pytest.mark.parametrize("budget", [Budget(1e6, 60.0), Budget(120.0, 1e6)])
def test_no_more_is_listened_to_than_the_budget(budget: Budget, record: Record) -> None:
    heard = listen(record(noise(200.0)), 0, budget=budget, ffmpeg=None)
    assert not heard.whole
    assert heard.seconds == pytest.approx(60.0, abs=31.0)


def test_a_recording_that_is_not_heard_to_its_end_is_not_called_without_speech(
    voice: Sound, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "BUDGET", Budget(1e6, 30.0))
    with pytest.raises(VoiceSampleError, match=r"holds no speech: in its first 30\.7 s"):
        find_passage(record(noise(120.0), voice))


def test_the_detector_finds_a_sentence_where_it_only_looks_into(
    voice: Sound, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "WHOLE", 0.0)
    path = record(0.01 * noise(70.0), mixed(voice[: 5 * RATE], noise(5.0), 15.0), silence(10.0))
    assert find_passage(path).spans[0][0] == pytest.approx(70.0, abs=0.5)


def test_the_channel_that_speaks_is_read_alone(voice: Sound, tmp_path: Path) -> None:
    hiss = 0.3 * noise(voice.size / RATE)[: voice.size]
    soundfile.write(tmp_path / "a.wav", np.stack([hiss, voice, -voice], axis=1), RATE)
    passage = find_passage(tmp_path / "a.wav")
    assert passage.channel == 1
    read = read_passage(tmp_path / "a.wav", RATE)
    alone = read_passage(SAMPLE, RATE)
    assert np.abs(read - alone).max() < 0.01


@pytest.mark.parametrize("decibels", [-20.0, -50.0])
def test_quiet_speech_is_raised(decibels: float, voice: Sound, record: Record) -> None:
    path = record(voice * 10 ** (decibels / 20), kind="PCM_24")
    assert find_passage(path).level == pytest.approx(-19.0 + decibels, abs=1.5)
    raised = read_passage(path, RATE)
    loud = np.abs(raised) > 0.01
    assert 10 * np.log10(np.mean(raised[loud] ** 2)) == pytest.approx(-22.0, abs=2.0)


def test_loud_speech_stays_as_it_is(voice: Sound, record: Record) -> None:
    loud = 0.9 * voice / np.abs(voice).max()
    read = read_passage(record(loud), RATE)
    assert np.sum(read**2) == pytest.approx(np.sum(loud**2), rel=0.02)


def test_numbers_that_are_none_spoil_nothing_else(voice: Sound, record: Record) -> None:
    broken = voice.copy()
    broken[[5000, 70000]] = np.nan, np.inf
    assert find_passage(record(broken, kind="FLOAT")).speech == pytest.approx(6.3, abs=0.5)


def test_a_header_that_lies_about_the_length_is_not_believed(voice: Sound, record: Record) -> None:
    path = record(voice)
    raw = path.read_bytes()
    path.write_bytes(raw[:40] + b"\xff\xff\xff\x7f" + raw[44 : len(raw) // 2])
    assert find_passage(path).speech == pytest.approx(3.0, abs=0.8)


def test_the_length_of_a_short_recording_is_told(record: Record) -> None:
    with pytest.raises(VoiceSampleError, match=r"is 0\.50 s long, at least 1 s of speech"):
        find_passage(record(tone(0.5)))


def test_how_much_speech_was_found_is_told(voice: Sound, record: Record) -> None:
    with pytest.raises(VoiceSampleError, match=r"holds 0\.\d\d s of speech, at least 1 s"):
        find_passage(record(silence(3.0), voice[8000:18000], silence(3.0)))


def test_a_clear_sample_needs_no_caution() -> None:
    assert caution(find_passage(SAMPLE)) == ""


def test_a_noisy_sample_is_cautioned_with_how_noisy_it_is(voice: Sound, record: Record) -> None:
    told = caution(find_passage(record(mixed(voice, noise(9.0), 10.0))))
    assert re.match(r"the speech is only [78] dB above the noise, music or echo", told)


def test_a_sample_with_little_speech_is_cautioned(voice: Sound, record: Record) -> None:
    told = caution(find_passage(record(voice[: 2 * RATE])))
    assert told.startswith("there are only 1.")
