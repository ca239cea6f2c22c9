"""How a fragment is spoken: what the engine is given, and what is noted of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np

from app import steps
from app.lecture import Lecture
from app.lecture.lexicon import Entry, Lexicon
from app.lecture.split import split_text
from app.media import FfmpegMedia
from app.ports.speech import Speech, SpeechEngine, VoiceUsed, Word
from app.ports.work import Cancel, untold
from app.steps import Recipe, Surroundings, Workshop, content_of, plan
from tests.jobs.stand_ins import ObedientSpeech


class GoOn:
    def check(self) -> None: ...


@dataclass
class Reader(ObedientSpeech):
    """Stand-in engine: a tenth of a second for each word of what it is given."""

    given: list[str] = field(default_factory=list)
    spare_words: Sequence[Word] = ()

    def said(self, text: str, sample: Path, cancel: Cancel) -> Speech:
        self.given.append(text)
        said = text.split()
        words = [Word(word, 0.1 * n, 0.1 * (n + 1)) for n, word in enumerate(said)]
        samples = np.full(2400 * len(said), 0.1, np.float32)
        return Speech(samples, 24000, VoiceUsed("preset"), (*words, *self.spare_words))


@dataclass
class Room:
    """Stand-in workshop with the real media tools."""

    reader: Reader
    media: FfmpegMedia = field(default_factory=FfmpegMedia)

    def speech_engine(self, name: str) -> SpeechEngine:
        return self.reader


def spoken(tmp_path: Path, reader: Reader, text: str, *entries: Entry) -> dict[str, Any]:
    lecture = Lecture(
        id=7,
        source_image=tmp_path / "face",
        voice_sample=tmp_path / "voice",
        generated_dir=tmp_path / "out",
        slides=split_text(text),
        language="en",
        speech_engine="reader",
        face_engine="none",
        lexicon=Lexicon(entries),
    )
    step = plan(lecture, Recipe("s", "f", "v", "i"))[0]
    target = tmp_path / "made"
    target.mkdir()
    around = Surroundings({}, target, GoOn(), untold, {})
    steps.do(step, content_of(lecture), cast(Workshop, Room(reader)), around)
    record: dict[str, Any] = json.loads((target / "speech.json").read_text(encoding="utf-8"))
    return record


def test_the_engine_reads_what_the_lexicon_says_and_captions_show_what_is_written(
    tmp_path: Path,
) -> None:
    reader = Reader()
    record = spoken(tmp_path, reader, "Ask SQL, now.", Entry("en", "SQL", "ess cue ell"))
    assert reader.given == ["Ask ess cue ell, now."]
    assert [word["text"] for word in record["words"]] == ["Ask", "SQL,", "now."]
    assert [round(word["start"], 3) for word in record["words"]] == [0.0, 0.1, 0.4]
    assert round(record["words"][1]["end"], 3) == 0.4


def test_the_engine_is_given_the_paragraphs_of_the_text_and_captions_keep_their_words(
    tmp_path: Path,
) -> None:
    reader = Reader()
    text = "Ask\nSQL.\n\nNow wait."
    record = spoken(tmp_path, reader, text, Entry("en", "SQL", "ess cue ell"))
    assert reader.given == ["Ask ess cue ell.\n\nNow wait."]
    assert [word["text"] for word in record["words"]] == text.split()
    assert [round(word["start"], 3) for word in record["words"]] == [0.0, 0.1, 0.4, 0.5]


def test_an_engine_that_counts_words_its_own_way_keeps_its_times(tmp_path: Path) -> None:
    record = spoken(tmp_path, Reader(spare_words=[Word("!", 0.2, 0.2)]), "One two.")
    assert [word["text"] for word in record["words"]] == ["One", "two.", "!"]


def test_its_times_are_not_given_to_words_that_it_did_not_read(tmp_path: Path) -> None:
    reader = Reader(spare_words=[Word("!", 0.2, 0.2)])
    record = spoken(tmp_path, reader, "One two.", Entry("en", "two", "too"))
    assert [word["text"] for word in record["words"]] == ["One", "two."]
