from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import config
from app.engines import registry
from app.ports.speech import Speech, SpeechEngine, VoiceUsed, Word
from benchmarks.quality.driving import GoOn
from benchmarks.quality.judges.again import sentence_by_sentence
from benchmarks.quality.judges.hearing import Listener
from benchmarks.quality.judges.words import judge_words

TEXT = "The price of tea goes up. Nobody has to write a letter. That is all."
RATE = 100


def test_every_sentence_is_played_alone_and_in_order() -> None:
    words = tuple(Word(word, number, number + 0.8) for number, word in enumerate(TEXT.split()))
    samples = np.arange(len(words) * RATE, dtype=np.float32)
    speech = Speech(samples, RATE, VoiceUsed("preset"), words=words)

    def place(part: Speech, language: str) -> str:
        assert language == "en"
        return f"{part.samples[0]:.0f}-{part.samples[-1]:.0f}"

    assert sentence_by_sentence(TEXT, speech, "en", place) == "0-589 590-1189 1190-1499"


@pytest.mark.slow
def test_a_sentence_that_is_not_in_the_sound_is_not_heard_the_second_time_either(
    models: Path,
) -> None:
    speaker: SpeechEngine = registry.create("speech", "hibari", {}, {"models_dir": models})
    speaker.load()
    voice = speaker.voice(config.ROOT / "samples" / "voice.wav")
    speech = speaker.synthesize(TEXT, voice, "en", GoOn())
    speaker.close()
    listener = Listener()
    silenced = speech.samples.copy()
    left_out = [word for word in speech.words if word.text in ("Nobody", "letter.")]
    first, last = (round(t * speech.rate) for t in (left_out[0].start, left_out[-1].end))
    silenced[first:last] = 0.0

    whole = sentence_by_sentence(TEXT, speech, "en", listener.write_down)
    without = sentence_by_sentence(
        TEXT, replace(speech, samples=silenced), "en", listener.write_down
    )

    assert judge_words(TEXT, whole, "en").dropped == 0
    assert judge_words(TEXT, without, "en").dropped == 1
