"""Steps of a lecture and what they are made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.lecture import Lecture
from app.lecture.lexicon import Entry, Lexicon
from app.lecture.split import split_text
from app.steps import Recipe, Step, plan

FORMER_SPEECH = "6abd75b0ea04d1f71c37dced1d2ff386ad3f991eb9346b0325a29d0b29d5af1c"
FORMER_RESPELT_SPEECH = "1ed8c4ffe33ffd18f37b3bf03a1348c268ee8fc07abee276abf85a825bb58b97"
"""Hashes that the commit before blank lines were heard gave these fragments."""

RECIPE = Recipe(speech="s", face="f", voice_sha256="v", image_sha256="i")


def lecture(text: str) -> Lecture:
    return Lecture(
        id=7,
        source_image=Path("/in/face.png"),
        voice_sample=Path("/in/voice"),
        generated_dir=Path("/out"),
        slides=split_text(text),
        language="en",
        speech_engine="kokoro",
        face_engine="meshwarp",
    )


def hashes(steps: tuple[Step, ...]) -> dict[str, str]:
    return {step.name: step.input_hash for step in steps}


def changed(before: tuple[Step, ...], after: tuple[Step, ...]) -> set[str]:
    old, new = hashes(before), hashes(after)
    return {name for name in new if old.get(name) != new[name]}


def test_every_step_comes_after_those_it_needs() -> None:
    seen: set[str] = set()
    for step in plan(lecture("One. Two._;_;Three."), RECIPE):
        assert set(step.needs) <= seen
        seen.add(step.name)


def test_a_slide_without_fragments_has_no_step() -> None:
    names = [step.name for step in plan(lecture("One._;_;Three."), RECIPE)]
    assert names == [
        "speech_1", "face_1", "slide_1", "speech_2", "face_2", "slide_3", "final",
    ]  # fmt: skip


def test_an_edited_sentence_changes_its_own_steps_only() -> None:
    before = plan(lecture("One._;Two._;Three."), RECIPE)
    after = plan(lecture("One._;Two, edited._;Three."), RECIPE)
    assert changed(before, after) == {"speech_2", "face_2", "slide_2", "final"}


def test_a_respelt_word_changes_the_steps_that_speak_it_only() -> None:
    plain = lecture("One._;Two._;Three.")
    respelt = replace(
        plain, lexicon=Lexicon((Entry("en", "two", "too"), Entry("ru", "one", "ван")))
    )
    assert changed(plan(plain, RECIPE), plan(respelt, RECIPE)) == {
        "speech_2", "face_2", "slide_2", "final",
    }  # fmt: skip


def test_a_fragment_without_a_blank_line_inside_is_made_from_what_it_was() -> None:
    steps = hashes(plan(lecture("One.\nTwo."), RECIPE))
    assert steps["speech_1"] == FORMER_SPEECH


def test_a_respelt_fragment_without_a_blank_line_is_made_from_what_it_was() -> None:
    respelt = replace(lecture("One.\nTwo."), lexicon=Lexicon((Entry("en", "two", "too"),)))
    assert hashes(plan(respelt, RECIPE))["speech_1"] == FORMER_RESPELT_SPEECH


def test_a_blank_line_changes_the_steps_in_which_it_is_heard_only() -> None:
    before = plan(lecture("One. Two._;1. 2. 3. 4. 5. 6."), RECIPE)
    after = plan(lecture("One. Two._;1. 2. 3. 4. 5.\n\n6.\n\n"), RECIPE)
    assert changed(before, after) == {"speech_2", "face_2", "slide_2", "final"}


def test_a_renumbered_fragment_keeps_its_hash() -> None:
    before = hashes(plan(lecture("One._;Two."), RECIPE))
    after = hashes(plan(lecture("New._;One._;Two."), RECIPE))
    assert after["face_2"] == before["face_1"]
    assert after["face_3"] == before["face_2"]


def test_another_face_keeps_the_speech() -> None:
    before = plan(lecture("One._;Two."), RECIPE)
    after = plan(lecture("One._;Two."), replace(RECIPE, image_sha256="other"))
    assert changed(before, after) == {"face_1", "face_2", "slide_1", "slide_2", "final"}


def test_another_voice_changes_everything() -> None:
    before = plan(lecture("One."), RECIPE)
    after = plan(lecture("One."), replace(RECIPE, voice_sha256="other"))
    assert changed(before, after) == {step.name for step in before}


def test_files_are_named_as_callers_rely_on() -> None:
    asked = lecture("One.")
    names = [str(path) for step in plan(asked, RECIPE) for path in step.places.values()]
    assert names == [
        "/out/audio_fragments/audio_fragment_7_1.wav",
        "/out/video_fragments/video_fragment_7_1_1.mp4",
        "/out/combined/slide_7_1.mp4",
        "/out/final/lecture_7.mp4",
        "/out/final/lecture_7.vtt",
        "/out/final/lecture_7.srt",
        "/out/final/lecture_7.chapters.vtt",
        "/out/final/manifest_7.json",
    ]
