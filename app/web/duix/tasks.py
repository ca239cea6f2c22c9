"""Tasks: lectures of one recording, told by a code that their caller chooses."""

from __future__ import annotations

import hashlib
import time
from contextlib import ExitStack, suppress
from typing import Annotated, Any

from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field

from app.access.keys import Scope
from app.errors import InputError, JobNotFound, MediaError
from app.intake import brought
from app.intake.brought import Brought
from app.intake.stored import Wish
from app.jobs.store.job import Job, JobKey, JobState
from app.lecture import Lecture
from app.library.items import Item, Kind
from app.media.mp4 import read_index
from app.requests.asked import Asked, AskedSlide
from app.steps import lecture_of
from app.web.doors import DUIX
from app.web.doorway import room_of
from app.web.duix import envelope
from app.web.duix.files import file_at, item_at
from app.web.v1.call import Call
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.operation import Body, Resource

TAG = "duix"
"""Of the faces that come by this door."""

RUNNING, DONE, FAILED = 1, 2, 3

_LONGEST_CODE = 200

_ON = ("1", "True")
"""What turns on a switch, however it is written; anything else leaves it off."""


class _Known(Exception):
    """The very same task was taken on before, and what came with it is of no more use."""


resource = Resource("duix", "Tasks of the Duix-Avatar service")


class Submitted(BaseModel):
    """A task that is wanted."""

    model_config = ConfigDict(frozen=True)

    audio_url: Annotated[str, Field(min_length=1, max_length=4096)]
    """A stored recording, an upload, or a file below ``paths.roots``."""
    video_url: Annotated[str, Field(min_length=1, max_length=4096)]
    """A stored face, an upload, or a file below ``paths.roots``; a picture."""
    code: Annotated[str, Field(min_length=1, max_length=_LONGEST_CODE)]
    """Other for each task."""
    chaofen: Any = 0  # whatever comes
    """Whether the video is made sharper, which it is not here."""
    watermark_switch: Any = 0  # the same
    """Whether it gets a watermark, the same."""


@resource.post("/easy/submit", scope=Scope.RENDER, body=Body(json=Submitted), answers={})
def easy_submit(call: Call) -> Response:
    """Have a face say a recording."""
    asked: Submitted = call.body
    _check_switches(asked)
    key = _key(call.tenant, asked.code)
    with ExitStack() as held:
        files = {
            Kind.AVATAR: _named(call, held, Kind.AVATAR, asked.video_url),
            Kind.RECORDING: _named(call, held, Kind.RECORDING, asked.audio_url),
        }
        with suppress(_Known), brought.kept(call.services, files) as items:
            slide = AskedSlide(audio=items[Kind.RECORDING].id)
            wanted = Asked(slides=(slide,), avatar=items[Kind.AVATAR].id, voice=None)
            if not brought.create(call.services, key, wanted, until=call.patiently):
                raise _Known
    return envelope.told(envelope.SUCCESS, "the task was taken on")


@resource.get("/easy/query", answers={})
def easy_query(call: Call) -> Response:
    """Tell how far a task is."""
    code = request.args.get("code", "")
    if not code:
        raise InputError("missing", field="code")
    job, lecture = _found(call, _key(call.tenant, code))
    return envelope.told(envelope.SUCCESS, data={"code": code, **_standing(call, job, lecture)})


def _named(call: Call, held: ExitStack, kind: Kind, named: str) -> Brought | Item:
    """What is named: a thing of the library, or a file that may become one.

    Args:
        held: Until it closes, the file is there.
    """
    settings = call.services.settings
    field, most = {
        Kind.AVATAR: ("video_url", settings.lecture.max_image_bytes),
        Kind.RECORDING: ("audio_url", settings.server.max_upload_bytes),
    }[kind]
    item = item_at(call, kind, field, named)
    if item is not None:
        return item
    content = held.enter_context(file_at(call, field, named, most=most))
    name = kind.value.capitalize()
    return Brought(content, Wish(call.tenant, name, tags=(TAG,), until=call.patiently))


def _check_switches(asked: Submitted) -> None:
    for name in ("chaofen", "watermark_switch"):
        if str(getattr(asked, name)) in _ON:
            raise InputError("it cannot be turned on here", field=name)


def _key(tenant: str, code: str) -> JobKey:
    """The job of a task: its id is made from the code, so that nothing else keeps the two together.

    63 bits of a hash: a tenant would need a billion tasks for two codes to meet by chance.
    """
    digest = hashlib.sha256(b"duix " + code.encode("utf-8", "surrogatepass")).digest()
    return JobKey(tenant, int.from_bytes(digest[:8], "big") >> 1)


def _found(call: Call, key: JobKey) -> tuple[Job, Lecture]:
    """A lecture of the API, which every task is.

    Raises:
        JobNotFound: There is no such task.
    """
    job = None
    if call.services.requests.find(key) is not None:
        job = call.services.store.find(*key)
    if job is None:
        raise JobNotFound("there is no such task")
    return job, lecture_of(job.content)


def _standing(call: Call, job: Job, lecture: Lecture) -> dict[str, Any]:
    told: dict[str, Any] = {"progress": int(100 * job.progress), "result": ""}
    match job.state:
        case JobState.DONE:
            return {**told, "status": DONE, "msg": "done", **_result(call, job, lecture)}
        case JobState.FAILED:
            return {**told, "status": FAILED, "msg": job.error_message or job.error_code}
        case JobState.CANCELLING | JobState.CANCELLED:
            return {**told, "status": FAILED, "msg": "it was cancelled"}
    return {**told, "status": RUNNING, "msg": job.state.value}


def _result(call: Call, job: Job, lecture: Lecture) -> dict[str, Any]:
    try:
        index = read_index(lecture.final_path())
    except MediaError as error:
        raise JobNotFound("the video is not there any more") from error
    picture = index.picture
    return {
        "result": call.link(f"/lectures/{LectureRef(job.id)}/files/lecture.mp4"),
        "cost": round((job.finished or time.time()) - job.created, 3),
        "video_duration": round(index.duration, 3),
        "width": picture.width if picture else 0,
        "height": picture.height if picture else 0,
    }


blueprint = room_of(DUIX, resource)
envelope.register(blueprint)
