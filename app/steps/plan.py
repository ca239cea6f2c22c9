"""What is to be made for a lecture, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from app.lecture import Lecture
from app.steps import animate, finish, join, speak
from app.steps.recipe import Recipe
from app.steps.step import Step


def plan(lecture: Lecture, recipe: Recipe, read: Sequence[str] | None = None) -> tuple[Step, ...]:
    """The steps of a lecture, each after those that it needs.

    Speech and face of the first fragment come first, so that a worker that takes
    steps in this order shows a result early.

    Args:
        read: As :func:`app.steps.speak.texts_read` has it, from whoever knows it already.
    """
    if read is None:
        read = speak.texts_read(lecture.slides, lecture.lexicon, lecture.language)
    steps: list[Step] = []
    slides: list[Step] = []
    for number, slide in enumerate(lecture.slides, start=1):
        faces = []
        for fragment in slide.fragments:
            speech = speak.step(lecture, fragment, number, recipe, read[fragment.number - 1])
            faces.append(animate.step(lecture, fragment, number, recipe, speech))
            steps += [speech, faces[-1]]
        if faces:
            slides.append(join.step(lecture, number, faces))
            steps.append(slides[-1])
    return (*steps, finish.step(lecture, slides, steps))
