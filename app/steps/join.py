"""The clips of a slide's fragments become one video."""

from __future__ import annotations

from collections.abc import Sequence

from app.lecture import Fragment, Lecture
from app.ports.media import Clip
from app.steps import animate, speak
from app.steps.content import JobContent, lecture_of
from app.steps.recipe import input_hash_of
from app.steps.step import Kind, Queue, Step
from app.steps.workshop import Surroundings, Workshop

VIDEO = "slide.mp4"

SECONDS = 0.3
SECONDS_PER_LETTER = 0.0006
"""Of a join: 10 minutes of lecture, about 9000 letters, take 5 s."""


def step(lecture: Lecture, number: int, faces: Sequence[Step]) -> Step:
    """The step that joins a slide.

    Args:
        number: Of the slide, from 1.
        faces: The steps that animate its fragments, in order.
    """
    return KIND.step(
        number,
        needs=tuple(name for face in faces for name in (*face.needs, face.name)),
        input_hash=input_hash_of(KIND.name, *(face.input_hash for face in faces)),
        slide=number,
        letters=sum(face.letters for face in faces),
        places={VIDEO: lecture.slide_path(number)},
    )


def clip_of(fragment: Fragment, around: Surroundings) -> Clip:
    """A fragment's clip and sound, among what a step needs."""
    return Clip(
        video=around.inputs[animate.KIND.step_name(fragment.number)] / animate.CLIP,
        sound=around.inputs[speak.KIND.step_name(fragment.number)] / speak.SOUND,
    )


def usual_seconds(letters: int) -> float:
    """What joining clips takes in which so many letters are spoken."""
    return SECONDS + SECONDS_PER_LETTER * letters


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    lecture = lecture_of(content)
    clips = [clip_of(fragment, around) for fragment in lecture.slides[number - 1].fragments]
    workshop.media.join(clips, around.target / VIDEO, cancel=around.cancel)


KIND = Kind("slide", Queue.CPU, cost=0.1, of_fragment=False, do=_do, usual_seconds=usual_seconds)
