"""Lectures as answers tell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from app import ids, moments
from app.jobs.store.job import JobState, Report, SlideStates
from app.requests.asked import AskedSlide
from app.requests.lectures import LectureRequest
from app.requests.listing import Listed
from app.web.v1.call import Call
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.operation import Model, Moment

State = Literal["queued", "running", "cancelling", "done", "failed", "cancelled"]
PieceState = Literal["queued", "running", "done", "failed", "cancelled"]


class LectureError(Model):
    """Why a lecture failed."""

    code: str
    message: str
    step: str | None
    """The step that failed first, for example `face_3`."""


class Stage(Model):
    """What is being done."""

    kind: str
    """`speech`, `face`, `slide` or `final`."""
    number: int
    """Of the fragment or slide; 0 for the whole."""


class FragmentView(Model):
    """How far a fragment is."""

    number: int
    steps: dict[str, PieceState]
    """Of each of its steps."""


class SlideView(Model):
    """How far a slide is."""

    number: int
    title: str
    audio: str | None
    """The recording that is heard on it instead of a text."""
    state: PieceState
    fragments: list[FragmentView]


class Links(Model):
    """Where more of a lecture is."""

    self: str
    events: str
    files: str
    archive: str


class LectureSummary(Model):
    """A lecture in a list."""

    id: str
    title: str
    state: State
    progress: float
    """Percent."""
    avatar: str | None
    voice: str | None
    """`null`: an LMS named a file, or nothing is spoken."""
    speech_seconds: float | None
    """How long it is, estimated from its text and its recordings; `null` where an LMS has asked for
    it."""
    metadata: dict[str, str]
    created: Moment
    """When it was asked for first."""
    started: Moment
    """When this generation was."""
    finished: Moment | None
    expires_at: Moment | None
    """When it is removed."""
    error_code: str | None
    links: Links


class LectureView(LectureSummary):
    """A lecture, and how far it is."""

    language: str
    """ISO 639-1."""
    mapping: list[list[int]]
    """Fragment numbers per slide."""
    slides: list[SlideView]
    """Those on the page."""
    page: int
    pages: int
    stage: Stage | None
    """The first step that runs."""
    eta_seconds: float | None
    steps_done: int
    steps_total: int
    steps_reused: int
    error: LectureError | None
    callback_url: str | None
    version: int
    """One more with each change; 0 for those of an LMS."""


class LecturePage(Model):
    """A page of a list."""

    items: list[LectureSummary]
    next_cursor: str | None
    """For the next page; `null` on the last."""


def etag(version: int, generation: int) -> str:
    """Other for a lecture that was changed or begun again since."""
    return f'"{version}.{generation}"'


def summary(call: Call, listed: Listed) -> LectureSummary:
    """A lecture of a list."""
    ref = LectureRef(listed.key.id, of_lms=listed.key.tenant != call.tenant)
    request = listed.request
    voice = request.asked.voice if request else None
    return LectureSummary(
        id=str(ref),
        title=request.title if request else "",
        state=_state(listed.state),
        progress=round(100 * listed.progress, 1),
        avatar=ids.told("av", request.asked.avatar) if request else None,
        voice=ids.told("vo", voice) if voice is not None else None,
        speech_seconds=round(request.seconds, 1) if request else None,
        metadata=dict(request.metadata) if request else {},
        created=moments.told(request.created if request else listed.created),
        started=moments.told(listed.created),
        finished=moments.told_or_none(listed.finished),
        expires_at=moments.told_or_none(request.expires if request else None),
        error_code=listed.error_code,
        links=_links(call, ref),
    )


def view(
    call: Call, ref: LectureRef, request: LectureRequest | None, report: Report
) -> LectureView:
    """A lecture, and how far it is.

    Args:
        request: ``None`` for one that an LMS has asked for.
    """
    job = report.job
    listed = Listed(
        key=ref.key(call.tenant),
        state=job.state,
        progress=job.progress,
        created=job.created,
        finished=job.finished,
        error_code=job.error_code,
        request=request,
    )
    stage = job.stage
    return LectureView(
        **summary(call, listed).model_dump(),
        language=report.language,
        mapping=report.mapping,
        slides=list(_slides(report.slides, request)),
        page=report.page,
        pages=report.pages,
        stage=Stage(kind=stage.kind, number=stage.number) if stage else None,
        eta_seconds=None if report.eta_seconds is None else round(report.eta_seconds, 1),
        steps_done=job.steps_done,
        steps_total=job.steps_total,
        steps_reused=job.reused,
        error=_error(report),
        callback_url=request.callback_url if request else None,
        version=request.version if request else 0,
    )


def _error(report: Report) -> LectureError | None:
    job = report.job
    if job.error_code is None:
        return None
    message = job.error_message or ""
    return LectureError(code=job.error_code, message=message, step=report.error_step)


def _slides(slides: tuple[SlideStates, ...], request: LectureRequest | None) -> Iterator[SlideView]:
    for slide in slides:
        asked = request.asked.slides[slide.number - 1] if request else AskedSlide()
        yield SlideView(
            number=slide.number,
            title=asked.title,
            audio=None if asked.audio is None else ids.told("rec", asked.audio),
            state=slide.state.value,
            fragments=[
                FragmentView(
                    number=each.number,
                    steps={kind: state.value for kind, state in each.steps.items()},
                )
                for each in slide.fragments
            ],
        )


def _state(state: JobState) -> State:
    return state.value


def _links(call: Call, ref: LectureRef) -> Links:
    here = call.link(f"/lectures/{ref}")
    return Links(
        self=here,
        events=f"{here}/events",
        files=f"{here}/files",
        archive=f"{here}/files/archive.zip",
    )
