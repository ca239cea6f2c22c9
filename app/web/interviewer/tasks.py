"""Tasks: lectures of which every segment is a slide."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from flask import Response, request, send_file
from pydantic import BaseModel, ConfigDict, Field

from app import ids
from app.access.keys import Scope
from app.errors import JobNotFound, NotFound
from app.intake import brought
from app.intake.brought import Brought
from app.intake.stored import Wish
from app.jobs.store.job import JobKey, JobState, Report, Stage
from app.lecture import Lecture
from app.library.items import Kind
from app.requests.asked import Asked, AskedSlide
from app.steps import finish, join, lecture_of, speak
from app.web.doors import INTERVIEWER
from app.web.doorway import room_of
from app.web.interviewer import failures
from app.web.interviewer.texts import segments
from app.web.v1.call import Call
from app.web.v1.operation import Body, FilePart, Reply, Resource
from app.web.v1.stored import name_of

TAG = "text-to-video"
"""Of the faces and voices that come by this door."""

_PREFIX = "lec"

_NO_VIDEO = "Video not found"

resource = Resource("interviewer", "Tasks of the CosyVoice and EchoMimic service")


class Form(BaseModel):
    """Fields beside the files."""

    model_config = ConfigDict(frozen=True)

    texts: list[str] = []
    texts_in_brackets: Annotated[list[str], Field(alias="texts[]")] = []
    """As PHP and axios call a list."""
    language: Annotated[str, Field(pattern=r"^(auto|[a-z]{2})$")] | None = None
    """Not the original's: ISO 639-1, for texts of which it cannot be told."""


class Begun(BaseModel):
    """A task that was taken on."""

    task_id: str
    status: str
    total_segments: int


class Task(BaseModel):
    """How far a task is."""

    task_id: str
    status: str
    duration: float
    """Seconds of the finished videos together; 0 until then."""
    video_urls: list[str]
    """Of those that are there."""
    total_segments: int
    progress: float
    """Percent."""
    error: str | None = None
    """Why it failed; told then only."""


class Video(BaseModel):
    """The video of a segment."""

    segment: int
    video_url: str
    download_url: str


class Videos(BaseModel):
    """All videos of a task that are there."""

    task_id: str
    total_segments: int
    videos: list[Video]


@resource.post(
    "/text-to-video/",
    scope=Scope.RENDER,
    body=Body(
        form=Form,
        files={
            "prompt_audio": FilePart(
                "Somebody who speaks.",
                required=True,
                most=lambda settings: settings.lecture.max_voice_bytes,
            ),
            "reference_image": FilePart(
                "A face.",
                required=True,
                most=lambda settings: settings.lecture.max_image_bytes,
            ),
        },
        field_bytes=lambda settings: settings.server.max_json_bytes,
        repeated=frozenset({"texts", "texts[]"}),
        passes_over=True,
    ),
    answers={},
)
def text_to_video(call: Call) -> Reply:
    """Have a video made of each text."""
    form: Form = call.body
    texts = segments([*form.texts, *form.texts_in_brackets])
    face, voice = call.files["reference_image"], call.files["prompt_audio"]
    files = {
        Kind.AVATAR: Brought(face.content, _wish(call, name_of(None, face.name, "Face"))),
        Kind.VOICE: Brought(voice.content, _wish(call, name_of(None, voice.name, "Voice"))),
    }
    with brought.kept(call.services, files) as items:
        asked = Asked(
            slides=tuple(map(AskedSlide, texts)),
            avatar=items[Kind.AVATAR].id,
            voice=items[Kind.VOICE].id,
            language=form.language,
        )
        brought.create(call.services, (call.tenant, call.number), asked, until=call.until)
    task_id = ids.told(_PREFIX, call.number)
    return Reply(Begun(task_id=task_id, status="processing", total_segments=len(texts)))


@resource.get("/tasks/<task_id>", answers={})
def get_task(call: Call, task_id: str) -> Reply:
    """Tell how far a task is."""
    report, lecture = _found(call, task_id)
    error = report.job.error_message if report.job.error_code else None
    told: dict[str, Any] = {} if error is None else {"error": error}
    return Reply(
        Task(
            task_id=task_id,
            status=_status(report),
            duration=_seconds(report, lecture),
            video_urls=[_url(task_id, number) for number in _there(lecture)],
            total_segments=len(lecture.slides),
            progress=round(100 * report.job.progress, 1),
            **told,
        )
    )


@resource.get("/videos/<task_id>", answers={})
def get_videos(call: Call, task_id: str) -> Reply:
    """Tell where the videos of a task are."""
    _, lecture = _found(call, task_id)
    videos = [
        Video(
            segment=number,
            video_url=_url(task_id, number),
            download_url=f"{request.script_root}/video/{task_id}/{number}",
        )
        for number in _there(lecture)
    ]
    return Reply(Videos(task_id=task_id, total_segments=len(lecture.slides), videos=videos))


@resource.get("/video/<task_id>/<segment>", answers={})
def get_video(call: Call, task_id: str, segment: str) -> Response:
    """Fetch the video of a segment, to keep it."""
    return _file(call, task_id, segment, download=True)


@resource.get("/static/outputs/<task_id>/<file_name>", answers={})
def get_static_video(call: Call, task_id: str, file_name: str) -> Response:
    """Fetch the video of a segment, to play it."""
    found = re.fullmatch(rf"video_{re.escape(task_id)}_(\d+)\.mp4", file_name, re.ASCII)
    if found is None:
        raise NotFound(_NO_VIDEO)
    return _file(call, task_id, found[1], download=False)


def _wish(call: Call, name: str) -> Wish:
    return Wish(tenant=call.tenant, name=name, tags=(TAG,), until=call.until)


def _found(call: Call, task_id: str) -> tuple[Report, Lecture]:
    """A lecture of the API, which every task is.

    Raises:
        JobNotFound: The caller's tenant has no such lecture.
    """
    number = ids.number_of(_PREFIX, task_id)
    if number is None or call.services.requests.find(JobKey(call.tenant, number)) is None:
        raise JobNotFound
    report = call.services.store.report(call.tenant, number)
    if report is None:
        raise JobNotFound
    return report, lecture_of(report.job.content)


def _status(report: Report) -> str:
    match report.job.state:
        case JobState.DONE:
            return "completed"
        case JobState.FAILED | JobState.CANCELLING | JobState.CANCELLED:
            return "failed"
    return _of_stage(report.job.stage, report.mapping)


def _of_stage(stage: Stage | None, mapping: list[list[int]]) -> str:
    """What is being done, told by the segment that it is done for.

    >>> _of_stage(Stage("speech", 3), [[1, 2], [3]]), _of_stage(Stage("slide", 1), [[1, 2], [3]])
    ('generating_audio_2', 'generating_video_1')
    """
    if stage is None or stage.kind == finish.KIND.name:
        return "processing"
    segment = stage.number
    if stage.kind != join.KIND.name:
        numbers = enumerate(mapping, start=1)
        segment = next(slide for slide, fragments in numbers if stage.number in fragments)
    return f"generating_{'audio' if stage.kind == speak.KIND.name else 'video'}_{segment}"


def _seconds(report: Report, lecture: Lecture) -> float:
    if report.job.state is not JobState.DONE:
        return 0.0
    try:
        manifest = json.loads(lecture.manifest_path().read_bytes())
    except FileNotFoundError:  # the lecture is removed just now
        raise JobNotFound from None
    return float(manifest["duration"])


def _there(lecture: Lecture) -> list[int]:
    """The segments whose videos are there; one that says nothing never has any."""
    numbers = range(1, len(lecture.slides) + 1)
    return [number for number in numbers if lecture.slide_path(number).is_file()]


def _url(task_id: str, number: int) -> str:
    return f"{request.script_root}/static/outputs/{task_id}/{_name(task_id, number)}"


def _name(task_id: str, number: int) -> str:
    return f"video_{task_id}_{number}.mp4"


def _file(call: Call, task_id: str, segment: str, *, download: bool) -> Response:
    _, lecture = _found(call, task_id)
    number = int(segment) if re.fullmatch(r"[1-9]\d{0,8}", segment, re.ASCII) else 0
    if not 0 < number <= len(lecture.slides):
        raise NotFound(_NO_VIDEO)
    try:
        return send_file(
            lecture.slide_path(number),
            "video/mp4",
            as_attachment=download,
            download_name=_name(task_id, number),
            conditional=True,
        )
    except FileNotFoundError as error:
        raise NotFound(_NO_VIDEO) from error


blueprint = room_of(INTERVIEWER, resource)
failures.register(blueprint)
