"""What is to be made for a lecture, in which order, and from what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.lecture.model import Fragment, Lecture

StepKind = Literal["speech", "face", "slide", "final"]

FORMAT = 2
"""Raise it when the same input gives other files for a reason no engine knows of."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything besides the lecture's text that decides what the steps make."""

    speech: str
    """Name, version and options of the speech engine, as canonical JSON."""
    face: str
    """The same of the face engine."""
    voice_sha256: str
    """Of the voice sample's bytes."""
    image_sha256: str
    """Of the source image's bytes."""


@dataclass(frozen=True, slots=True)
class Step:
    """The unit a worker claims."""

    name: str
    """Unique within the lecture, for example ``face_3``."""
    kind: StepKind
    number: int
    """Of the fragment or slide, from 1; 0 for the final step."""
    needs: tuple[str, ...]
    """Names of the steps whose artifacts it reads."""
    input_hash: str
    """Of everything the artifact is made from: equal hash, equal artifact."""

    @property
    def queue(self) -> str:
        """Which workers can do it: ``speech``, ``face`` or ``cpu``."""
        return self.kind if self.kind in ("speech", "face") else "cpu"


def plan(lecture: Lecture, recipe: Recipe) -> tuple[Step, ...]:
    """The steps of a lecture, each after those that it needs.

    Speech and face of the first fragment come first, so that a worker that takes
    steps in this order shows a result early.
    """
    steps: list[Step] = []
    slides: list[Step] = []
    for number, slide in enumerate(lecture.slides, start=1):
        faces = []
        for fragment in slide.fragments:
            speech = Step(
                f"speech_{fragment.number}",
                "speech",
                fragment.number,
                (),
                _hash("speech", recipe.speech, recipe.voice_sha256, *_spoken(lecture, fragment)),
            )
            face = Step(
                f"face_{fragment.number}",
                "face",
                fragment.number,
                (speech.name,),
                _hash("face", recipe.face, recipe.image_sha256, speech.input_hash),
            )
            faces.append(face)
            steps += [speech, face]
        if faces:
            slides.append(_slide(number, faces))
            steps.append(slides[-1])
    return (*steps, _final(lecture, slides, steps))


def _spoken(lecture: Lecture, fragment: Fragment) -> tuple[str, ...]:
    """What is said; the text that the engine reads counts only where it differs."""
    respelt = lecture.lexicon.spoken(fragment.with_paragraphs, lecture.language).text
    said = () if respelt == fragment.text else (respelt,)
    return (lecture.language, fragment.text, *said)


def published(lecture: Lecture, step: Step) -> dict[str, Path]:
    """Where each file of a step's artifact appears for the caller."""
    match step.kind:
        case "speech":
            return {"speech.wav": lecture.audio_path(step.number)}
        case "face":
            return {"clip.mp4": lecture.video_path(step.number)}
        case "slide":
            return {"slide.mp4": lecture.slide_path(step.number)}
        case "final":
            # The manifest comes last: whoever sees it finds everything it names.
            return {
                "lecture.mp4": lecture.final_path(),
                "lecture.vtt": lecture.final_path(".vtt"),
                "lecture.srt": lecture.final_path(".srt"),
                "chapters.vtt": lecture.final_path(".chapters.vtt"),
                "manifest.json": lecture.manifest_path(),
            }


def _slide(number: int, faces: list[Step]) -> Step:
    needs = tuple(name for face in faces for name in (*face.needs, face.name))
    made_from = _hash("slide", *(face.input_hash for face in faces))
    return Step(f"slide_{number}", "slide", number, needs, made_from)


def _final(lecture: Lecture, slides: list[Step], steps: list[Step]) -> Step:
    made_from = _hash(
        "final",
        str(lecture.id),
        json.dumps(lecture.mapping()),
        *(slide.input_hash for slide in slides),
    )
    return Step("final", "final", 0, tuple(step.name for step in steps), made_from)


def _hash(*parts: str) -> str:
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for part in _framed(parts):
        digest.update(part)
    return digest.hexdigest()


def _framed(parts: tuple[str, ...]) -> Iterator[bytes]:
    """Each part after its length, so that ("ab", "c") and ("a", "bc") differ."""
    for part in parts:
        raw = part.encode()
        yield len(raw).to_bytes(8, "big")
        yield raw
