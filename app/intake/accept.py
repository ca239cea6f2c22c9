"""The way of a draft to a submitted lecture."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import Services
from app.errors import InputError
from app.intake.draft import Draft, about
from app.intake.engines import choose_speech_engine, recipe
from app.intake.identity import request_hash
from app.intake.output import make_output_dir
from app.intake.recordings import with_recordings
from app.intake.text import check_language, lexicons, read_text
from app.jobs.files.publishing import is_there
from app.jobs.lecture import lecture_submission
from app.jobs.store.job import SHELL, Also, Submission
from app.jobs.store.store import Job, JobState
from app.jobs.store.submitting import may_start
from app.lecture import RECORDING, Lecture, Slide
from app.steps import lecture_of, plan

if TYPE_CHECKING:
    from app.examiner.asked import TextRead
    from config import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a request."""

    id: int
    mapping: list[list[int]]
    started: bool
    """``False``: the same input is being generated, or was, and nothing new began."""
    caution: str = ""
    """What the caller should know of the voice sample and of recordings, which are used all the
    same."""


def accept(
    draft: Draft,
    services: Services,
    *,
    tenant: str,
    also: Also | None = None,
) -> Accepted:
    """Examine a draft's content, plan the lecture and submit it.

    Args:
        also: Written together with the job, when a generation begins.

    Raises:
        InputError: Something of the draft cannot be used; its ``field`` tells what.
        JobConflict: The id is being generated from other input, or just being cancelled.
        EngineUnavailable: No speech engine that could do it can run here.
        DiskFull: No space for the copies, the results or the job.
        Busy: Too many files are to be examined.
    """
    settings = services.settings
    spelt = lexicons(draft, services)
    asked = request_hash(draft, spelt.identity)
    former = services.store.find(tenant, draft.id)
    # Results that somebody removed are put back from the artifacts.
    restart = draft.restart or (former is not None and _results_are_gone(former, asked))
    # Asked here as well, so that nothing is examined for what is known to be there already.
    if former is not None and not may_start(
        former.content.named,
        asked,
        restart=restart,
        state=former.state,
        former_hash=former.request_hash,
    ):
        return Accepted(former.id, lecture_of(former.content).mapping(), started=False)
    text = read_text(draft, services, spelt, tenant=tenant)
    caution = _examined(draft, services, tenant)
    check_language(text)
    read, of_recordings = with_recordings(text, draft, services, tenant=tenant)
    caution = "; ".join(filter(None, (caution, of_recordings)))
    place = draft.copies.lasting(f"{tenant}-{draft.id}-{asked[:16]}")
    lecture = _lecture(draft, settings, read, place)
    submission = lecture_submission(
        tenant,
        lecture,
        plan(lecture, recipe(settings, draft, lecture), read.read),
        asked,
        restart=restart,
        reserved=tenant == SHELL,
        also=also,
    )
    started = _submit(draft, services, submission, place)
    log.info("lecture accepted lecture=%d tenant=%s started=%s", draft.id, tenant, started)
    if caution:
        log.warning("voice sample cautioned lecture=%d caution=%s", draft.id, caution)
    return Accepted(draft.id, lecture.mapping(), started, caution)


def _results_are_gone(job: Job, asked: str) -> bool:
    """Whether a lecture is done as it is asked for, and its manifest is not there."""
    if job.state is not JobState.DONE or job.request_hash != asked:
        return False
    lecture = lecture_of(job.content)
    with about("output"):
        return not is_there(lecture.generated_dir, lecture.manifest_path())


def _examined(draft: Draft, services: Services, tenant: str) -> str:
    """What to tell of the voice, if there is any, once it and the face are found to be usable."""
    examiner = services.examiner
    with about("face"):
        examiner.check_face(draft.face.path, draft.face.sha256, tenant=tenant, until=draft.until)
    if draft.voice is None:
        return ""
    with about("voice"):
        return examiner.check_voice(
            draft.voice.path, draft.voice.sha256, tenant=tenant, until=draft.until
        )


def _lecture(draft: Draft, settings: Settings, read: TextRead, place: Path) -> Lecture:
    """The lecture as it will be rendered.

    Args:
        place: Where its content will lie.
    """
    return Lecture(
        id=draft.id,
        source_image=place / draft.face.path.name,
        voice_sample=None if draft.voice is None else place / draft.voice.path.name,
        generated_dir=draft.output,
        slides=_titled(read.slides, draft.titles),
        language=read.language,
        speech_engine=_speech_engine(draft, settings, read),
        face_engine=draft.face_engine,
        face=draft.wishes.face,
        lexicon=read.lexicon,
    )


def _titled(slides: tuple[Slide, ...], titles: tuple[str, ...]) -> tuple[Slide, ...]:
    if not any(titles):
        return slides
    return tuple(replace(slide, title=title) for slide, title in zip(slides, titles, strict=True))


def _speech_engine(draft: Draft, settings: Settings, read: TextRead) -> str:
    """The engine for what is spoken of a text, if anything is."""
    fragments = [fragment for slide in read.slides for fragment in slide.fragments]
    if all(fragment.recording is not None for fragment in fragments):
        return RECORDING
    if draft.voice is None:
        raise InputError("a text is to be spoken, and there is no voice to follow", field="voice")
    return choose_speech_engine(settings, draft.wishes, read.language)


def _submit(draft: Draft, services: Services, submission: Submission, place: Path) -> bool:
    """Everything is known to be good: from here on there are traces."""
    with about("output"):
        identity = make_output_dir(draft.output)
    draft.copies.settle(place)
    started = services.store.submit(replace(submission, output_identity=identity))
    services.notifier.notify()
    return started
