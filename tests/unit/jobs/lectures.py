"""Lectures for the tests of the job store."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.jobs.lecture import lecture_submission
from app.jobs.store.store import Claim, Job, Store, Submission
from app.lecture import Fragment, Lecture, Slide
from app.steps import Recipe, plan

QUEUES = ("speech", "face", "cpu")
TENANT = "school"


def a_lecture(*texts: str, lecture_id: int = 7) -> Lecture:
    """One slide with a fragment per text, nowhere in particular."""
    return a_lecture_in(Path("/nowhere"), *texts, lecture_id=lecture_id)


def a_lecture_in(folder: Path, *texts: str, lecture_id: int = 7) -> Lecture:
    """The same with all its files in a folder."""
    fragments = tuple(Fragment(number, text) for number, text in enumerate(texts, start=1))
    return Lecture(
        id=lecture_id,
        source_image=folder / "face.png",
        voice_sample=folder / "voice.wav",
        generated_dir=folder / "out",
        slides=(Slide(fragments),),
        language="en",
        speech_engine="stand-in",
        face_engine="stand-in",
    )


def a_submission(
    *texts: str, lecture_id: int = 7, tenant: str = TENANT, restart: bool = False
) -> Submission:
    """A lecture of one fragment unless texts are given."""
    lecture = a_lecture(*(texts or ("One.",)), lecture_id=lecture_id)
    return submission_of(lecture, tenant=tenant, restart=restart)


def submission_of(lecture: Lecture, *, tenant: str, restart: bool) -> Submission:
    """Request hash and input hashes follow from the texts."""
    recipe = Recipe("speech engine", "face engine", "voice", "image")
    texts = [fragment.text for fragment in lecture.fragments()]
    request_hash = hashlib.sha256(repr(texts).encode()).hexdigest()
    return lecture_submission(tenant, lecture, plan(lecture, recipe), request_hash, restart=restart)


def claim(
    store: Store, *queues: str, owner: str = "worker", lease_seconds: float = 60.0
) -> Claim | None:
    return store.claim(queues or QUEUES, owner=owner, lease_seconds=lease_seconds)


def claimed(
    store: Store, *queues: str, owner: str = "worker", lease_seconds: float = 60.0
) -> Claim:
    """A claim that is certain to be there."""
    found = claim(store, *queues, owner=owner, lease_seconds=lease_seconds)
    assert found is not None
    return found


def job(store: Store, lecture_id: int = 7, tenant: str = TENANT) -> Job:
    found = store.find(tenant, lecture_id)
    assert found is not None
    return found


def do_all(store: Store, *queues: str) -> list[str]:
    """Finish whatever is ready and becomes so; names in the order of claiming."""
    names = []
    while (taken := claim(store, *queues)) is not None:
        store.finish(taken, {})
        names.append(taken.step.name)
    return names
