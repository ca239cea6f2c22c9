"""Lectures to be made of stand-in steps."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.intake import LMS
from app.jobs.lecture import lecture_submission
from app.jobs.store.store import Submission
from app.lecture import Fragment, Lecture, Slide
from app.steps import Recipe, plan

LANGUAGE = "en"


def lecture_in(
    folder: Path, *, lecture_id: int, slides: int, fragments: int, tag: str = ""
) -> Lecture:
    """A lecture of so many slides with so many fragments each.

    Args:
        folder: Of its output; each lecture has its own below it.
        tag: Lectures with other tags have no artifact in common.
    """
    numbers = iter(range(1, slides * fragments + 1))
    return Lecture(
        id=lecture_id,
        source_image=folder / "face.png",
        voice_sample=folder / "voice.wav",
        generated_dir=folder / f"out-{lecture_id}",
        slides=tuple(
            Slide(
                tuple(
                    Fragment(number, f"Fragment {number} of {tag or lecture_id}.")
                    for number in (next(numbers) for _ in range(fragments))
                )
            )
            for _ in range(slides)
        ),
        language=LANGUAGE,
        speech_engine="stand-in",
        face_engine="stand-in",
    )


def submission_of(lecture: Lecture, *, restart: bool = False) -> Submission:
    """Request hash and input hashes follow from the texts."""
    recipe = Recipe("speech engine", "face engine", "voice", "image")
    text = "".join(fragment.text for fragment in lecture.fragments())
    request_hash = hashlib.sha256(text.encode()).hexdigest()
    return lecture_submission(LMS, lecture, plan(lecture, recipe), request_hash, restart=restart)
