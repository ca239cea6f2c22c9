"""From a lecture's text to the silence in the WAV: a paragraph's end is heard from every engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from app import steps
from app.engines.speech.common.phrases import PARAGRAPH_PAUSE, SENTENCE_PAUSE
from app.lecture import Lecture
from app.lecture.split import split_text
from app.media import FfmpegMedia
from app.media.audio import read_wav
from app.ports.sound import SAMPLE_RATE
from app.ports.speech import SpeechEngine, Word
from app.ports.work import untold
from app.steps import Queue, Recipe, Surroundings, Workshop, content_of, plan
from tests.contract.speech_engines import SENTENCES, VOICE, languages
from tests.contract.test_phrases import engine, name
from tests.contract.test_speech_engines import GoOn

if TYPE_CHECKING:
    from app.ports.sound import Samples

__all__ = ["engine", "name"]

pytestmark = pytest.mark.slow

TOLERANCE = 0.02
"""Seconds.  The sentences are the same, hence their sounds are: only the level differs, by which
silence is told."""

_STEP_SECONDS = 0.002
_QUIET_BELOW_PEAK = 45.0
"""Decibels."""


@dataclass
class Room:
    """Workshop with one real engine and the real media tools."""

    engine: SpeechEngine
    media: FfmpegMedia = field(default_factory=FfmpegMedia)

    def speech_engine(self, name: str) -> SpeechEngine:
        return self.engine


def spoken(
    engine: SpeechEngine, text: str, language: str, folder: Path
) -> list[tuple[Samples, list[Word]]]:
    """Sound and words of each fragment, as the speech steps of a lecture leave them."""
    lecture = Lecture(
        id=7,
        source_image=folder / "face",
        voice_sample=VOICE,
        generated_dir=folder / "out",
        slides=split_text(text),
        language=language,
        speech_engine="engine",
        face_engine="none",
    )
    fragments = []
    for step in plan(lecture, Recipe("s", "f", "v", "i")):
        if step.queue is Queue.SPEECH:
            target = folder / step.name
            target.mkdir()
            around = Surroundings({}, target, GoOn(), untold, {})
            steps.do(step, content_of(lecture), cast(Workshop, Room(engine)), around)
            record = json.loads((target / "speech.json").read_text(encoding="utf-8"))
            samples, rate = read_wav(target / "speech.wav")
            assert rate == SAMPLE_RATE
            fragments.append((samples, [Word(**word) for word in record["words"]]))
    return fragments


def silence_between(samples: Samples, before: Word, after: Word) -> float:
    """Seconds of the longest silence from the middle of one word to that of another."""
    step = round(_STEP_SECONDS * SAMPLE_RATE)
    first, last = (round((word.start + word.end) / 2 * SAMPLE_RATE) for word in (before, after))
    within = samples[first:last]
    blocks = np.abs(within[: within.size // step * step]).reshape(-1, step).max(axis=1)
    quiet = blocks < np.abs(samples).max() * 10 ** (-_QUIET_BELOW_PEAK / 20)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    return float((edges[1::2] - edges[::2]).max(initial=0)) * _STEP_SECONDS


def moved(words: Sequence[Word], seconds: float) -> list[Word]:
    return [Word(word.text, word.start + seconds, word.end + seconds) for word in words]


def test_a_paragraph_is_followed_by_a_longer_silence_than_a_sentence(
    engine: SpeechEngine, name: str, tmp_path: Path
) -> None:
    for language in languages(name):
        folder = tmp_path / language
        folder.mkdir()
        sentence = SENTENCES[language]
        text = f"{sentence} {sentence}\n\n{sentence}"
        ((samples, words),) = spoken(engine, text, language, folder)
        count = len(sentence.split())
        after_sentence = silence_between(samples, words[count - 1], words[count])
        after_paragraph = silence_between(samples, words[2 * count - 1], words[2 * count])
        told = (
            f"{name} {language}: sentence {after_sentence:.3f} s, paragraph {after_paragraph:.3f} s"
        )
        print(told)
        assert after_paragraph - after_sentence == pytest.approx(
            PARAGRAPH_PAUSE - SENTENCE_PAUSE, abs=TOLERANCE
        ), told
        assert SENTENCE_PAUSE <= after_sentence < SENTENCE_PAUSE + 0.25, told


def test_headings_and_items_are_followed_by_the_silence_of_a_paragraph(
    engine: SpeechEngine, name: str, tmp_path: Path
) -> None:
    language = languages(name)[0]
    line = SENTENCES[language].rstrip(".!?")
    count = len(line.split())
    text = f"# {line}\n\n- {line}\n- {line}\n\n{line}."
    ((samples, words),) = spoken(engine, text, language, tmp_path)
    assert [word.text for word in words] == [*line.split() * 3, *f"{line}.".split()]
    for number, ends in enumerate(("heading", "item", "last item"), start=1):
        silence = silence_between(samples, words[number * count - 1], words[number * count])
        print(f"{name} {language}: {silence:.3f} s behind the {ends}")
        assert PARAGRAPH_PAUSE <= silence < PARAGRAPH_PAUSE + 0.3


def test_the_silence_is_no_shorter_where_a_fragment_ends_with_the_paragraph(
    engine: SpeechEngine, name: str, tmp_path: Path
) -> None:
    language = languages(name)[0]
    sentence = SENTENCES[language]
    five = " ".join([sentence] * 5)
    first, second = spoken(engine, f"{five}\n\n{sentence}", language, tmp_path)
    samples = np.concatenate([first[0], second[0]])
    after = moved(second[1], first[0].size / SAMPLE_RATE)
    silence = silence_between(samples, first[1][-1], after[0])
    print(f"{name} {language}: {silence:.3f} s between two fragments")
    # Both are padded to whole blocks of 0.32 s, which can only make it longer.
    assert PARAGRAPH_PAUSE <= silence < PARAGRAPH_PAUSE + 0.25 + 0.32
