"""What jobs besides lectures make of what they carry."""

from __future__ import annotations

import json
import wave
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from app import steps
from app.engines import registry
from app.lecture import FaceChoice, Fragment, Lecture, Slide
from app.phonetics import Viseme
from app.ports.face import FaceEngine
from app.ports.work import untold
from app.steps import (
    Recipe,
    Step,
    Surroundings,
    Workshop,
    lecture_of,
    plan,
    preview,
    profile,
    shape_of,
    stored_face,
    thumbnail,
    trial,
    utterance,
)
from app.steps.content import JobContent
from app.steps.record import read_record
from app.steps.stored_face import StoredFace
from app.steps.trial_sentences import SENTENCES
from app.steps.utterance import Utterance, plan_utterance
from tests.jobs.stand_ins import ObedientFace
from tests.unit.steps.test_speaking import GoOn, Reader, Room

TWO = Slide((Fragment(1, "One."), Fragment(2, "Two three.", (2,))))


@dataclass
class Watched(ObedientFace):
    """A face engine that notes what it is given."""

    seen: list[tuple[float, tuple[Viseme, ...]]] = field(default_factory=list)

    def animate(  # type: ignore[override]  # by name, as the step calls it
        self,
        face: object,
        driving_audio: Path,
        visemes: tuple[Viseme, ...],
        target: Path,
        **_: object,
    ) -> None:
        with wave.open(str(driving_audio)) as wav:
            assert not any(wav.readframes(wav.getnframes()))
            self.seen.append((wav.getnframes() / wav.getframerate(), visemes))
        target.write_bytes(b"a clip")


@dataclass
class Studio(Room):
    """The same workshop with a face engine."""

    face: Watched = field(default_factory=Watched)
    wanted: list[tuple[str, FaceChoice]] = field(default_factory=list)

    def face_engine(self, name: str, choice: FaceChoice) -> FaceEngine:
        self.wanted.append((name, choice))
        return cast(FaceEngine, self.face)

    def write_thumbnail(self, picture: Path, target: Path) -> None:
        target.write_bytes(b"small " + picture.read_bytes())


def done(step: Step, content: JobContent, studio: Studio, folder: Path, **inputs: Path) -> Path:
    target = folder / f"made-{step.name}"
    target.mkdir()
    around = Surroundings(inputs, target, GoOn(), untold, {})
    steps.do(step, content, cast(Workshop, studio), around)
    return target


def an_utterance(**changes: object) -> Utterance:
    said = Utterance(
        id=7,
        voice_sample=Path("/in/voice"),
        language="en",
        speech_engine="reader",
        speech="s",
        voice_sha256="v",
        slide=TWO,
    )
    return replace(said, **changes)  # type: ignore[arg-type]  # by name, for tests only


READ = ("One.", "Two three.\n\n")


def test_each_fragment_is_spoken_by_itself(tmp_path: Path) -> None:
    said, reader = an_utterance(), Reader()
    for step in plan_utterance(said, READ):
        made = done(step, utterance.content_of(said), Studio(reader), tmp_path)
        assert {path.name for path in made.iterdir()} == {"speech.wav", "speech.json"}
    assert reader.given == ["One.", "Two three.\n\n"]
    assert [word.text for word in read_record(made).words] == ["Two", "three."]


def test_it_can_be_faster(tmp_path: Path) -> None:
    said = an_utterance(speed=2.0)
    step = plan_utterance(said, READ)[1]
    made = done(step, utterance.content_of(said), Studio(Reader()), tmp_path)
    assert [word.end for word in read_record(made).words] == pytest.approx([0.05, 0.1])


def test_it_has_the_sound_of_a_lecture_that_says_the_same() -> None:
    lecture = Lecture(
        id=1,
        source_image=Path("/in/f"),
        voice_sample=Path("/in/v"),
        generated_dir=Path("/out"),
        slides=(TWO,),
        language="en",
        speech_engine="reader",
        face_engine="none",
    )
    in_lecture = {step.input_hash for step in plan(lecture, Recipe("s", "f", "v", "i"), READ)}
    assert all(step.input_hash in in_lecture for step in plan_utterance(an_utterance(), READ))


@pytest.mark.parametrize(
    "change", [{"speed": 1.25}, {"language": "de"}, {"speech": "t"}, {"voice_sha256": "w"}]
)
def test_whatever_makes_another_sound_makes_another_hash(change: dict[str, object]) -> None:
    one, other = plan_utterance(an_utterance(), READ), plan_utterance(an_utterance(**change), READ)
    assert not {step.input_hash for step in one} & {step.input_hash for step in other}


def test_a_stored_face_has_a_thumbnail(tmp_path: Path) -> None:
    (tmp_path / "face").write_bytes(b"picture")
    content = stored_face.content_of(StoredFace(7, tmp_path / "face", "mover"))
    made = done(thumbnail.step("i", tmp_path), content, Studio(Reader()), tmp_path)
    assert (made / "thumbnail.jpg").read_bytes() == b"small picture"


def test_a_stored_face_moves_its_mouth_in_silence(tmp_path: Path) -> None:
    content = stored_face.content_of(StoredFace(7, tmp_path / "face", "mover"))
    studio = Studio(Reader())
    made = done(preview.step("f", "i", tmp_path), content, studio, tmp_path)
    assert [path.name for path in made.iterdir()] == ["preview.mp4"]
    assert studio.wanted == [("mover", FaceChoice())]
    [(seconds, shapes)] = studio.face.seen
    assert seconds == pytest.approx(3.2)
    assert shapes[0].start == 0.0
    assert shapes[-1].end == pytest.approx(seconds)
    assert all(one.end == other.start for one, other in pairwise(shapes))
    assert len({shape.name for shape in shapes}) > 5


def test_a_stored_voice_is_tried_and_told_of(tmp_path: Path) -> None:
    slide = trial.said_in("en")
    assert slide is not None
    said = an_utterance(slide=slide)
    content, studio = trial.content_of(said), Studio(Reader())
    spoken = trial.step(said, tmp_path)
    told = profile.step(spoken, tmp_path)
    sound = done(spoken, content, studio, tmp_path)
    made = done(told, content, studio, tmp_path, **{spoken.name: sound})
    assert told.needs == (spoken.name,)
    assert studio.reader.given == [SENTENCES["en"]]
    assert json.loads((made / "profile.json").read_text()) == {
        "engine": "reader",
        "language": "en",
        "fidelity": "preset",
        "nearest": "",
        "similarity": None,
        "seconds": read_record(sound).seconds,
    }


def test_a_job_of_one_kind_is_not_taken_for_another() -> None:
    said = utterance.content_of(an_utterance())
    face = stored_face.content_of(StoredFace(7, Path("/in/face"), ""))
    for read, content in (
        (lecture_of, said),
        (stored_face.face_of, said),
        (utterance.utterance_of, face),
        (utterance.utterance_of, trial.content_of(an_utterance())),
    ):
        with pytest.raises(ValueError, match="is no"):
            read(content)


def test_it_has_no_slides() -> None:
    assert shape_of(utterance.content_of(an_utterance())).mapping == []


def test_a_sentence_is_written_in_every_language_that_an_engine_speaks_but_espeak() -> None:
    spoken = {
        code
        for name, card in registry.builtin("speech").items()
        for code in card.languages
        if name != "espeak"
    }
    assert spoken <= SENTENCES.keys()


def test_sentences_are_long_enough_to_be_heard_and_short_enough_to_be_awaited() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence[-1] in ".。।۔", code
        least = 15 if code in ("zh", "ja", "ko") else 40
        assert least <= len(sentence) <= 100, code
