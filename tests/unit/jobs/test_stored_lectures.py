"""Lectures that were stored before fragments knew their paragraphs."""

from __future__ import annotations

from pathlib import Path

from app.lecture import Fragment, Lecture, Slide
from app.steps import JobContent, Recipe, content_of, lecture_of, plan
from app.worker.protocol import MESSAGES, Request

STORED = (
    '{"id":7,"source_image":"/in/face.png","voice_sample":"/in/voice","generated_dir":"/out",'
    '"slides":[{"fragments":[{"number":1,"text":"One. Two."}]}],"language":"en",'
    '"speech_engine":"kokoro","face_engine":"meshwarp",'
    '"face":{"preprocess":null,"still":null,"size":null},"lexicon":{"entries":[]}}'
)


def lecture(*slides: Slide) -> Lecture:
    return Lecture(
        id=7,
        source_image=Path("/in/face.png"),
        voice_sample=Path("/in/voice"),
        generated_dir=Path("/out"),
        slides=slides,
        language="en",
        speech_engine="kokoro",
        face_engine="meshwarp",
    )


def test_a_lecture_stored_without_paragraphs_is_read_as_one_of_single_paragraphs() -> None:
    stored = JobContent("lecture", 7, STORED)
    assert lecture_of(stored) == lecture(Slide((Fragment(1, "One. Two."),)))


def test_paragraphs_are_stored_with_the_lecture() -> None:
    asked = lecture(Slide((Fragment(1, "One. Two. Three.", paragraph_ends=(2, 3)),)))
    assert lecture_of(content_of(asked)) == asked


def test_a_worker_tells_its_child_the_paragraphs() -> None:
    asked = lecture(Slide((Fragment(1, "One. Two.", paragraph_ends=(1,)),)))
    step = plan(asked, Recipe("speech", "face", "voice", "image"))[0]
    request = Request(step, content_of(asked), {}, {}, Path("/target"))
    assert MESSAGES.validate_json(MESSAGES.dump_json(request)) == request
