"""A recorded fragment is taken as it is; nobody speaks it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import steps
from app.lecture import RECORDING, UNTOLD, Fragment, Lecture, Passage, Slide
from app.media import FfmpegMedia
from app.media.passages import KEPT
from app.ports.hearing import HeardSpeech, Recognizer
from app.ports.media import Media
from app.ports.speech import SpeechEngine, Word
from app.ports.work import Cancel, untold
from app.steps import Recipe, Surroundings, content_of, lecture_of, plan
from app.steps.record import read_record
from app.steps.timeline import timeline_of
from tests.jobs.stand_ins import StandIns

RECIPE = Recipe("s", "f", "v", "i")
PASSAGE = Passage("kept.f32", "a" * 64, 0.0, 1.0, gain=6.0)


class GoOn:
    def check(self) -> None: ...


@dataclass
class Hearer:
    """Stand-in recognizer: hears what it is told to."""

    words: tuple[Word, ...] = (Word("Hello", 0.1, 0.4), Word("there.", 0.5, 0.9))
    asked: list[str] = field(default_factory=list)

    def hear(self, sound: Path, language: str, cancel: Cancel) -> HeardSpeech:
        self.asked.append(language)
        return HeardSpeech(language or "ru", self.words)


class Room(StandIns):
    """Stand-in workshop with the real media tools and no speech engine."""

    media: Media = FfmpegMedia()

    def __init__(self, hearer: Hearer | None = None) -> None:
        self.hearer = hearer or Hearer()

    def speech_engine(self, name: str) -> SpeechEngine:
        raise AssertionError("a recorded fragment needs no speech engine")

    def recognizer(self) -> Recognizer:
        return self.hearer


def lecture(folder: Path, *slides: Slide, language: str = "en") -> Lecture:
    return Lecture(
        id=7,
        source_image=folder / "face",
        voice_sample=None,
        generated_dir=folder / "out",
        slides=slides,
        language=language,
        speech_engine=RECORDING,
        face_engine="none",
    )


def recorded(folder: Path, passage: Passage = PASSAGE, language: str = "en") -> Lecture:
    return lecture(folder, Slide((Fragment(1, "", recording=passage),)), language=language)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    times = np.arange(24000) / 24000
    (tmp_path / "kept.f32").write_bytes((0.1 * np.sin(900 * times)).astype(KEPT).tobytes())
    return tmp_path


def taken(folder: Path, of: Lecture, room: Room) -> dict[str, Any]:
    target = folder / "made"
    target.mkdir()
    around = Surroundings({}, target, GoOn(), untold, {})
    steps.do(plan(of, RECIPE)[0], content_of(of), room, around)
    record: dict[str, Any] = json.loads((target / "speech.json").read_text(encoding="utf-8"))
    return record


def test_without_a_recognizer_it_has_sound_and_mouth_shapes_and_no_words(kept: Path) -> None:
    record = taken(kept, recorded(kept), Room())
    assert record["seconds"] == 1.0
    assert record["engine"] == "recording"
    assert record["voice"] == {"fidelity": "recorded", "preset": "", "similarity": None}
    assert record["words"] == []
    assert record["captions"] == "none"
    assert record["visemes"][-1]["end"] == 1.0


def test_with_one_its_words_are_those_that_are_heard(kept: Path) -> None:
    room = Room()
    record = taken(kept, recorded(kept, replace(PASSAGE, recognizer="whisper-1")), room)
    assert [word["text"] for word in record["words"]] == ["Hello", "there."]
    assert record["captions"] == "recognized"
    assert room.hearer.asked == ["en"]


def test_a_language_that_nobody_named_is_told_from_the_sound(kept: Path) -> None:
    room = Room()
    of = recorded(kept, replace(PASSAGE, recognizer="whisper-1"), UNTOLD)
    assert taken(kept, of, room)["language"] == "ru"
    assert room.hearer.asked == [""]
    around = Surroundings({"speech_1": kept / "made"}, kept, GoOn(), untold, {})
    assert timeline_of(of, around).language == "ru"


def test_music_has_no_captions_although_somebody_listened(kept: Path) -> None:
    of = recorded(kept, replace(PASSAGE, recognizer="whisper-1"))
    assert taken(kept, of, Room(Hearer(words=())))["captions"] == "none"


@pytest.mark.parametrize(
    ("change", "is_another"),
    [
        ({"sha256": "b" * 64}, True),
        ({"end": 0.96}, True),
        ({"start": 0.04}, True),
        ({"recognizer": "whisper-1"}, True),
        ({"file": "another-place.f32"}, False),
    ],
)
def test_what_decides_what_becomes_of_it_is_in_its_hash(
    tmp_path: Path, change: dict[str, Any], is_another: bool
) -> None:
    former, other = (
        plan(recorded(tmp_path, passage), RECIPE)[0].input_hash
        for passage in (PASSAGE, replace(PASSAGE, **change))
    )
    assert (former != other) is is_another


def test_its_hash_knows_no_voice_and_the_language_only_where_somebody_listens(
    tmp_path: Path,
) -> None:
    def hash_of(passage: Passage, language: str, recipe: Recipe) -> str:
        return plan(recorded(tmp_path, passage, language), recipe)[0].input_hash

    heard = replace(PASSAGE, recognizer="whisper-1")
    assert hash_of(PASSAGE, "en", RECIPE) == hash_of(PASSAGE, "ru", Recipe("", "f", "", "i"))
    assert hash_of(heard, "en", RECIPE) != hash_of(heard, "ru", RECIPE)


def test_its_place_in_the_lecture_is_not_in_its_hash(tmp_path: Path) -> None:
    alone = plan(recorded(tmp_path), RECIPE)[0]
    text = Slide((Fragment(1, "Hello."),))
    behind = lecture(tmp_path, text, Slide((Fragment(2, "", recording=PASSAGE),)))
    steps_of_both = {step.name: step for step in plan(behind, RECIPE)}
    assert steps_of_both["speech_2"].input_hash == alone.input_hash
    assert steps_of_both["face_2"].input_hash == plan(recorded(tmp_path), RECIPE)[1].input_hash


def test_it_counts_as_a_text_that_takes_as_long(tmp_path: Path) -> None:
    assert plan(recorded(tmp_path), RECIPE)[0].letters == 15


def test_it_is_stored_with_its_job_and_lectures_of_before_have_none(tmp_path: Path) -> None:
    of = recorded(tmp_path)
    assert lecture_of(content_of(of)) == of
    text = lecture(tmp_path, Slide((Fragment(1, "Hello."),)))
    former = content_of(text)
    old = replace(former, text=former.text.replace(',"recording":null', ""))
    assert old != former
    assert lecture_of(old) == text


def test_a_text_without_a_voice_is_not_spoken_by_anybody(tmp_path: Path) -> None:
    of = lecture(tmp_path, Slide((Fragment(1, "Hello."),)))
    with pytest.raises(ValueError, match="no voice"):
        taken(tmp_path, of, Room())


def test_records_of_before_are_of_text(tmp_path: Path) -> None:
    written = {"engine": "e", "voice": {"fidelity": "preset"}, "seconds": 1.0}
    (tmp_path / "speech.json").write_text(json.dumps(written), encoding="utf-8")
    assert read_record(tmp_path).captions == "text"
