"""The face says what a fragment's sound says."""

from __future__ import annotations

from app.lecture import Fragment, Lecture
from app.steps import speak
from app.steps.content import JobContent, lecture_of
from app.steps.recipe import Recipe, input_hash_of
from app.steps.record import read_record
from app.steps.step import Kind, Queue, Step
from app.steps.workshop import Surroundings, Workshop

CLIP = "clip.mp4"


def step(lecture: Lecture, fragment: Fragment, slide: int, recipe: Recipe, speech: Step) -> Step:
    """The step that animates a fragment.

    Args:
        speech: The step that speaks it.
    """
    return KIND.step(
        fragment.number,
        needs=(speech.name,),
        input_hash=input_hash_of(KIND.name, recipe.face, recipe.image_sha256, speech.input_hash),
        slide=slide,
        letters=speech.letters,
        places={CLIP: lecture.video_path(fragment.number)},
    )


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    lecture = lecture_of(content)
    engine = workshop.face_engine(lecture.face_engine, lecture.face)
    face = engine.prepare(lecture.source_image)
    around.cancel.check()
    spoken = around.inputs[speak.KIND.step_name(number)]
    engine.animate(
        face,
        spoken / speak.SOUND,
        read_record(spoken).visemes,
        around.target / CLIP,
        cancel=around.cancel,
        progress=around.progress,
    )


KIND = Kind("face", Queue.FACE, cost=2.0, of_fragment=True, do=_do)
