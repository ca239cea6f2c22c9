"""The whole lecture: video with chapters, captions, and the account of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.lecture import Lecture
from app.ports.media import Chapter
from app.steps.content import JobContent, lecture_of
from app.steps.join import clip_of, usual_seconds
from app.steps.manifest import MANIFEST, manifest_of
from app.steps.recipe import input_hash_of
from app.steps.step import Kind, Queue, Step
from app.steps.timeline import Timeline, timeline_of
from app.steps.workshop import Surroundings, Workshop

VIDEO = "lecture.mp4"

_SLIDE = {
    "de": "Folie",
    "es": "Diapositiva",
    "fr": "Diapositive",
    "it": "Diapositiva",
    "pl": "Slajd",
    "ru": "Слайд",
}
"""What a slide is called; in other languages as in English."""

_SLIDE_IN_ENGLISH = "Slide"


def step(lecture: Lecture, slides: Sequence[Step], steps: Sequence[Step]) -> Step:
    """The step that makes the whole lecture.

    Args:
        slides: The steps that join its slides.
        steps: All others, those included, in the order of the plan.
    """
    return KIND.step(
        0,
        needs=tuple(each.name for each in steps),
        input_hash=input_hash_of(
            KIND.name,
            str(lecture.id),
            json.dumps(lecture.mapping()),
            *(slide.input_hash for slide in slides),
            *_other_word(lecture.language),
            *_titles(lecture),
        ),
        slide=None,
        letters=sum(slide.letters for slide in slides),
        # The manifest comes last: whoever sees it finds everything it names.
        places={
            VIDEO: lecture.final_path(),
            "lecture.vtt": lecture.final_path(".vtt"),
            "lecture.srt": lecture.final_path(".srt"),
            "chapters.vtt": lecture.final_path(".chapters.vtt"),
            MANIFEST: lecture.manifest_path(),
        },
    )


def _other_word(language: str) -> tuple[str, ...]:
    """The word for a slide where it is not the English one, which needs no mention."""
    word = _slide_in(language)
    return () if word == _SLIDE_IN_ENGLISH else (word,)


def _titles(lecture: Lecture) -> tuple[str, ...]:
    """What slides are called by their authors; nothing where no slide has a title."""
    titles = [slide.title for slide in lecture.slides]
    return (json.dumps(titles),) if any(titles) else ()


def _slide_in(language: str) -> str:
    return _SLIDE.get(language, _SLIDE_IN_ENGLISH)


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    del number  # there is one
    lecture = lecture_of(content)
    timeline = timeline_of(lecture, around)
    media, target = workshop.media, around.target
    clips = [clip_of(fragment, around) for fragment in lecture.fragments()]
    chapters = _chapters(lecture, timeline)
    seconds = media.join(clips, target / VIDEO, cancel=around.cancel, chapters=chapters)
    slides = list(timeline.slides.values())
    media.write_captions(slides, target / "lecture.vtt", target / "lecture.srt")
    media.write_chapters(chapters, target / "chapters.vtt")
    manifest_of(lecture, timeline, seconds, target / VIDEO, around).write(target)


def _chapters(lecture: Lecture, timeline: Timeline) -> list[Chapter]:
    word = _slide_in(timeline.language)
    return [
        Chapter(lecture.slides[k - 1].title or f"{word} {k}", each.start, each.end)
        for k, each in timeline.slides.items()
    ]


KIND = Kind(
    "final",
    Queue.CPU,
    cost=0.1,
    of_fragment=False,
    do=_do,
    usual_seconds=usual_seconds,
    is_last=True,
)
