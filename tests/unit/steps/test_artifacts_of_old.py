"""Artifacts that older versions made stay good: hashes and bytes that they gave, kept here.

The JSON files beside this one are of commit 329d583.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.lecture import Fragment, Lecture, Slide
from app.lecture.lexicon import Entry, Lexicon
from app.phonetics import Viseme
from app.ports.speech import Speech, SpeechEngine, VoiceUsed, Word
from app.ports.work import Cancel, untold
from app.steps import Recipe, Surroundings, content_of, do, plan, sha256_of, with_counters
from app.steps.record import read_record
from tests.jobs.stand_ins import ObedientSpeech, StandIns

HERE = Path(__file__).parent
RECIPE = Recipe('{"name":"kokoro"}', '{"name":"meshwarp"}', "v" * 64, "i" * 64)


class Scripted(ObedientSpeech):
    def said(self, text: str, sample: Path, cancel: Cancel) -> Speech:
        words = [Word(word, 0.1 * n, 0.1 * (n + 1)) for n, word in enumerate(text.split())]
        ends = [0.0, 1e-05, 0.1 + 0.2, 0.5]
        visemes = (
            Viseme("sil", ends[0], ends[1]),
            Viseme("PP", ends[1], ends[2]),
            Viseme("aa", ends[2], ends[3]),
        )
        used = VoiceUsed("preset_matched", "af_heart", 2 / 3)
        return Speech(np.zeros(12000, np.float32), 24000, used, tuple(words), visemes)


class Room(StandIns):
    def speech_engine(self, name: str) -> SpeechEngine:
        return Scripted()


class GoOn:
    def check(self) -> None: ...


def lecture_of(
    *slides: Sequence[str], language: str = "en", lexicon: Lexicon | None = None
) -> Lecture:
    numbers = iter(range(1, 99))
    return Lecture(
        id=7,
        source_image=Path("/in/f"),
        voice_sample=Path("/in/v"),
        generated_dir=Path("/out"),
        slides=tuple(
            Slide(tuple(Fragment(next(numbers), text) for text in texts)) for texts in slides
        ),
        language=language,
        speech_engine="kokoro",
        face_engine="meshwarp",
        lexicon=lexicon or Lexicon(),
    )


def made(lecture: Lecture, folder: Path) -> Path:
    """Folder of the artifacts of all its steps, by name."""
    for step in plan(lecture, Recipe("s", "f", "v", "i")):
        target = folder / step.name
        target.mkdir()
        inputs = {name: folder / name for name in step.needs}
        sums = {
            name: {path.name: sha256_of(path) for path in artifact.iterdir()}
            for name, artifact in inputs.items()
        }
        around = Surroundings(inputs, target, GoOn(), untold, sums)
        do(step, content_of(lecture), Room(), around)
    return folder


@pytest.mark.parametrize("name", ["en", "pt", "lexicon", "ru"])
def test_steps_have_the_hashes_that_they_had(name: str) -> None:
    expected = json.loads((HERE / "input_hashes.json").read_text(encoding="utf-8"))[name]
    language = "en" if name == "lexicon" else name
    lexicon = Lexicon((Entry("en", "two", "too"),)) if name == "lexicon" else None
    texts: list[list[str]] = [["One.", "Two."], [], ["Three: Łódź."]]
    found = plan(lecture_of(*texts, language=language, lexicon=lexicon), RECIPE)
    different = {step.name for step in found if step.input_hash != expected[step.name]}
    # Its chapters are called otherwise now.
    assert different == ({"final"} if name == "ru" else set())
    assert [step.name for step in found] == list(expected)


def test_files_are_byte_for_byte_what_they_were(tmp_path: Path) -> None:
    lecture = lecture_of(["Łódź “quoted” one.", "Two."], [], ["Three."])
    artifacts = made(lecture, tmp_path)
    speech = (artifacts / "speech_1" / "speech.json").read_bytes()
    manifest = (artifacts / "final" / "manifest.json").read_bytes()
    assert speech == (HERE / "speech.json").read_bytes()
    assert manifest == (HERE / "manifest.json").read_bytes()
    none = {"speech": 0, "face": 0, "slide": 0, "final": 0}
    published = with_counters(manifest, {"speech": 3, "face": 3, "slide": 2, "final": 1}, none)
    assert published == (HERE / "published.json").read_bytes()


def test_a_record_of_old_is_read() -> None:
    record = read_record(HERE)
    assert record.voice == VoiceUsed("preset_matched", "af_heart", 2 / 3)
    assert record.visemes[1] == Viseme("PP", 1e-05, 0.1 + 0.2)
    assert record.words[0] == Word("Łódź", 0.0, 0.1)


def test_what_a_record_lacks_has_its_default_and_what_is_unknown_is_passed_over(
    tmp_path: Path,
) -> None:
    old: dict[str, Any] = {"engine": "e", "voice": {"fidelity": "cloned"}, "seconds": 1, "mood": 3}
    (tmp_path / "speech.json").write_text(json.dumps(old))
    record = read_record(tmp_path)
    assert (record.voice.preset, record.voice.similarity) == ("", None)
    assert (record.words, record.visemes, record.seconds) == ((), (), 1.0)


def test_counters_leave_a_manifest_of_another_age_as_it_is() -> None:
    counted = json.loads(with_counters(b'{"id": 7, "mood": 3}', {"speech": 1}, {"speech": 0}))
    assert counted == {"id": 7, "mood": 3, "rendered": {"speech": 1}, "reused": {"speech": 0}}
