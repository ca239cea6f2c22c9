"""Recordings of all kinds: used, or refused with what is true of them.

All of them, also of other voices: ``python -m benchmarks.recordings``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engines.speech.common.sample import read_sample
from app.engines.speech.common.speaker import Embedding, embed
from benchmarks.recordings.__main__ import outcome
from benchmarks.recordings.cases import USED, Case, cases
from benchmarks.recordings.sounds import Sound
from tests.unit.voice.conftest import SAMPLE

ALL = {case.name: case for case in cases()}

HEARD = [
    "as mp3", "as opus", "as caf", "as amr", "as wma", "as 3gp", "as mp4", "as avi", "as mpg",
    "as mts", "as flv", "WAV of pcm_u8", "WAV of pcm_alaw", "WAV of adpcm_ms", "WAV of 8000 Hz",
    "WAV of 96000 Hz", "stereo, one the inverse of the other", "stereo, left loud noise",
    "six channels, the third speaks", "second track speaks", "peak at -58 dBFS",
    "24 bit, peak at -75 dBFS", "offset of half a scale", "clicks all over",
    "floats of a hundred scales", "after a minute of silence", "quiet, after loud noise",
    "20 dB above a band",
]  # fmt: skip
OTHERS = [
    "half a second in silence", "6 dB above a choir", "6 dB below white noise", "white noise alone",
    "a tone alone", "applause alone", "a buzzer alone", "a piano alone", "a band alone",
    "a choir alone", "silence", "an offset alone", "a video without sound",
    "an M4A that was cut off", "an M4A under lock", "random bytes", "an archive",
]  # fmt: skip


@pytest.fixture(scope="module")
def speaker() -> Embedding:
    """Whose voice it is in all of them."""
    return embed(read_sample(SAMPLE))


def made(case: Case, folder: Path, voice: Sound) -> Path:
    # The service's own copy has no ending that would help.
    return case.make(folder, voice).rename(folder / "voice-sample")


@pytest.mark.parametrize("name", HEARD)
def test_a_voice_is_known_again_in_whatever_was_recorded(
    name: str, tmp_path: Path, voice: Sound, speaker: Embedding
) -> None:
    path = made(ALL[name], tmp_path, voice)
    assert outcome(path) == (USED, "")
    # Strangers have 0.55.
    assert float(embed(read_sample(path)) @ speaker) > 0.75


@pytest.mark.parametrize("name", OTHERS)
def test_what_holds_no_clear_voice_is_told_by_what_it_is(
    name: str, tmp_path: Path, voice: Sound
) -> None:
    got, told = outcome(made(ALL[name], tmp_path, voice))
    assert got == ALL[name].expected, told


def test_every_recording_of_the_benchmark_has_a_name_of_its_own() -> None:
    assert len(ALL) == len(list(cases())) > 100
