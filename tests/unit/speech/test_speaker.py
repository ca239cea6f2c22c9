from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soxr

from app.engines.speech.common.sample import RATE, only_speech
from app.engines.speech.common.speaker import embed, mel_power
from app.engines.speech.hibari.engine import Hibari
from tests.unit.speech.conftest import Switch

if TYPE_CHECKING:
    from app.ports.sound import Samples

REFERENCES = Path(__file__).parent / "resemblyzer_embeddings.npz"
"""Embeddings of :func:`spoken` made with resemblyzer 0.1.4 itself, webrtcvad included."""

LEVEL = np.float32(10 ** (-3 / 20))
"""From the -16 LUFS of speech to the -19 of the sounds that the references were made of: the
network hears levels."""

SENTENCE = (
    "The results surprised us, because nobody knew what to expect. "
    "Every summer we would walk along the river and watch the boats go by."
)


def spoken(hibari: Hibari, speed: float) -> Samples:
    """Hibari's voice at 16 kHz, played faster or slower: another speaker."""
    speech = hibari.synthesize(SENTENCE, None, "en", Switch())
    samples: Samples = soxr.resample(speech.samples, speech.rate * speed, RATE)
    return samples.astype(np.float32) * LEVEL


@pytest.mark.parametrize("speed", [0.65, 1.0, 1.25])
def test_embeddings_are_those_of_resemblyzer(hibari: Hibari, speed: float) -> None:
    with np.load(REFERENCES) as references:
        reference = references[f"{speed}"]
    assert float(embed(only_speech(spoken(hibari, speed))) @ reference) > 0.98


def test_two_sentences_of_one_voice_are_more_alike_than_two_voices(hibari: Hibari) -> None:
    other = hibari.synthesize("Please think about it until Thursday.", None, "en", Switch())
    same = embed(only_speech(soxr.resample(other.samples, other.rate, RATE)))
    voice, stranger = (embed(only_speech(spoken(hibari, speed))) for speed in (1.0, 0.65))
    assert voice @ same > 0.85
    assert voice @ stranger < 0.7


def test_the_level_of_a_recording_does_not_matter(hibari: Hibari) -> None:
    samples = spoken(hibari, 1.0)
    quiet = embed(only_speech(samples * np.float32(0.01)))
    assert float(quiet @ embed(only_speech(samples * np.float32(0.03)))) > 0.999


def test_a_tone_is_in_the_mel_band_of_its_frequency() -> None:
    time = np.arange(RATE) / RATE
    bands = mel_power(np.sin(2 * np.pi * 955 * time).astype(np.float32))
    assert bands.shape == (101, 40)
    assert bands[50].argmax() == 12, "the thirteenth: they are 73.6 Hz apart up to 1 kHz"
